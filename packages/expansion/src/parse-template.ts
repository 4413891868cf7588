// mustache reads the template: sections, and which lines of tags alone leave no blank line behind.
import mustache from 'mustache';
import type { Tags } from './tags.ts';

/** What to do, in order. Offsets are into the template. */
export type Node =
  | { readonly type: 'text'; readonly start: number; readonly end: number }
  | { readonly type: 'name'; readonly name: string; readonly start: number }
  | { readonly type: '#' | '^'; readonly name: string; readonly children: readonly Node[] };

type Token = readonly [type: string, value: string, start: number, end: number, children?: readonly Token[]];

/** Only for a template without tag problems; then mustache finds exactly the tags that were found before. */
export function parseTemplate(text: string, tags: Tags): Node[] {
  const writer = new mustache.Writer();
  const tokens = writer.parse(masked(text, tags), ['${', '}']) as readonly Token[];
  const root: Node[] = [];
  const work: { tokens: readonly Token[]; into: Node[] }[] = [{ tokens, into: root }];
  for (let next = work.pop(); next; next = work.pop()) {
    for (const [type, value, start, end, children] of next.tokens) {
      if (type === 'text') next.into.push({ type, start, end });
      else if (type === 'name') next.into.push({ type, name: value, start });
      else if (type === '#' || type === '^') {
        const inside: Node[] = [];
        next.into.push({ type, name: value, children: inside });
        work.push({ tokens: children ?? [], into: inside });
      }
    }
  }
  return root;
}

/** A literal `$${` and the inside of comments are covered, character for character, so that offsets stay. */
function masked(text: string, { literals, comments }: Tags): string {
  if (literals.length === 0 && comments.length === 0) return text;
  const covers = [
    ...literals.map((at) => ({ start: at, cover: 'xxx' })),
    ...comments.map(([start, end]) => ({ start: start + 2, cover: '!'.padEnd(end - start - 3, 'x') })),
  ].sort((a, b) => a.start - b.start);
  const parts: string[] = [];
  let from = 0;
  for (const { start, cover } of covers) {
    parts.push(text.slice(from, start), cover);
    from = start + cover.length;
  }
  parts.push(text.slice(from));
  return parts.join('');
}
