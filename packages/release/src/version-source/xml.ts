// XML as elements with their places.
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Place } from '../problem.ts';

export interface XmlElement {
  readonly name: string;
  /** Of the start tag in the text. */
  readonly offset: number;
  readonly children: readonly (XmlElement | string)[];
}

type Parsed =
  | { readonly ok: true; readonly root: XmlElement }
  | { readonly ok: false; readonly reason: string; readonly place?: Place };

// Entities are not resolved: a version needs none, and a document type can define endless ones.
const parser = new XMLParser({
  preserveOrder: true,
  parseTagValue: false,
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  processEntities: false,
  removeNSPrefix: true,
  captureMetaData: true,
  // The parser refuses elements called `constructor` and the like, which are lawful properties of Maven. It transforms
  // the names of empty elements twice. No name begins with a dot.
  transformTagName: (name) => (name.startsWith('.') ? name : `.${name}`),
});
// Declared as the object `Symbol`; it is a primitive one.
const metaData = XMLParser.getMetaDataSymbol() as symbol;

/** `root` is a nameless element around the document's. */
export function parseXml(text: string): Parsed {
  const valid = XMLValidator.validate(text);
  if (valid !== true) {
    const { msg, line, col } = valid.err;
    return { ok: false, reason: msg, place: { line, ...(Number.isInteger(col) ? { column: col } : {}) } };
  }
  try {
    return { ok: true, root: { name: '', offset: 0, children: childrenOf(parser.parse(text)) } };
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

export function childOf(element: XmlElement, name: string): XmlElement | null {
  for (const child of element.children) if (typeof child !== 'string' && child.name === name) return child;
  return null;
}

export function textOf(element: XmlElement): string {
  return element.children
    .filter((child) => typeof child === 'string')
    .join('')
    .trim();
}

// With `preserveOrder`, a node is { [name]: children } or { '#text': text }, and its place stands under a symbol.
function childrenOf(nodes: unknown): (XmlElement | string)[] {
  if (!Array.isArray(nodes)) return [];
  return nodes.flatMap((node: Record<string | symbol, unknown>): (XmlElement | string)[] => {
    const [name] = Object.keys(node);
    if (name === undefined) return [];
    const content = node[name];
    if (name === '#text') return [typeof content === 'string' ? content : ''];
    const place = node[metaData] as { startIndex?: number } | undefined;
    return [{ name: name.slice(1), offset: place?.startIndex ?? 0, children: childrenOf(content) }];
  });
}
