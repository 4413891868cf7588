// Maven's pom.xml: the project's own version or its parent's, with ${properties} of this file.
import { quote } from '../path.ts';
import { placeAt } from '../text-place.ts';
import { none, refused, withProject } from './source.ts';
import type { Finding, Reader, SourceFile } from './source.ts';
import { childOf, parseXml, textOf } from './xml.ts';
import type { XmlElement } from './xml.ts';

export const readPom: Reader = (file) => {
  const parsed = parseXml(file.text);
  if (!parsed.ok) return refused(file, `It is not XML: ${parsed.reason}`, parsed.place, 'Correct the file.');
  const project = childOf(parsed.root, 'project');
  if (!project) return refused(file, 'It has no element <project>.', undefined, 'Correct the file.');
  const artifact = childOf(project, 'artifactId');
  const name = artifact ? resolve(textOf(artifact), project, 5) : null;
  return withProject(versionOf(file, project), name?.ok ? name.text : undefined);
};

function versionOf(file: SourceFile, project: XmlElement): Finding {
  const parent = childOf(project, 'parent');
  const element = childOf(project, 'version') ?? (parent && childOf(parent, 'version'));
  if (!element) return none('it has neither <version> nor <parent><version>');
  const place = { file: file.path, ...placeAt(file.text, element.offset) };
  const version = resolve(textOf(element), project, 5);
  if (version.ok) return { kind: 'stated', text: version.text, flavour: 'template', place };
  return refused(
    file,
    `The version ${quote(textOf(element))} uses the property ${quote(version.missing)}, which this file does not set.`,
    place,
  );
}

type Resolved =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly missing: string };

/** `${revision}` from <properties> (Maven, "CI Friendly Versions"); `depth` bounds properties that lead in a circle. */
function resolve(text: string, project: XmlElement, depth: number): Resolved {
  let missing: string | null = null;
  const resolved = text.replace(/\$\{([^}]*)\}/g, (_, property: string) => {
    const value = depth === 0 ? null : propertyOf(project, property.trim());
    const inner = value === null ? null : resolve(value, project, depth - 1);
    if (inner?.ok) return inner.text;
    missing ??= inner ? inner.missing : property;
    return '';
  });
  return missing === null ? { ok: true, text: resolved } : { ok: false, missing };
}

function propertyOf(project: XmlElement, name: string): string | null {
  const properties = childOf(project, 'properties');
  const property = properties && childOf(properties, name);
  if (property) return textOf(property);
  const parent = childOf(project, 'parent');
  const match = /^(?:project\.|pom\.)?(parent\.)?(version|artifactId)$/.exec(name);
  const [, ofParent, member = ''] = match ?? [];
  const owner = ofParent === undefined ? project : parent;
  const element = match && owner ? childOf(owner, member) : null;
  return element ? textOf(element) : null;
}
