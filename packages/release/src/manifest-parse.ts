// From the bytes that a repository gave to a manifest that can be trusted to be whole, ours and unchanged.
import { descriptorFileName, manifestFileName } from './descriptor.ts';
import { identityOf } from './identity.ts';
import { explainJsonError } from './json-error.ts';
import { maxManifestBytes } from './manifest-limits.ts';
import { readManifestShape } from './manifest-shape.ts';
import { manifestSchema } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { quote } from './path.ts';
import type { Result } from './problem.ts';
import { checkProjectName } from './project-name.ts';
import { refuse } from './refuse.ts';
import { sha256Hex } from './sha256.ts';
import { ShapeReader } from './shape-reader.ts';
import { parseVersion } from './version-parse.ts';

export interface ExpectedManifest {
  readonly project: string;
  /** `1.0.15.RELEASE` */
  readonly version: string;
}

const changed = 'The release was changed after it was published, or broke on its way: publish it again.';

/**
 * Strict: this schema, exactly its members with their types, the project and version that were asked for, each descriptor
 * under its own file name (so none leads out of its folder) with its size and checksum, each kind once, the identity as it
 * is computed anew, counts and sizes within limits. All problems at once.
 */
export function parseManifest(text: string, expected: ExpectedManifest): Result<Manifest> {
  const file = manifestFileName(expected.project, expected.version);
  const name = checkProjectName(expected.project);
  if (!name.ok) return name;
  if (text.length > maxManifestBytes || Buffer.byteLength(text) > maxManifestBytes) {
    return refuse('manifest', `The manifest is larger than ${maxManifestBytes} bytes.`, changed, { file });
  }
  const parsed = parseJson(text, file);
  if (!parsed.ok) return parsed;
  const schema = checkSchema(parsed.value, file);
  if (!schema.ok) return schema;
  const reader = new ShapeReader('manifest', file, changed);
  const manifest = readManifestShape(parsed.value, reader);
  if (manifest) verify(manifest, expected, reader);
  return manifest && reader.problems.length === 0
    ? { ok: true, value: manifest }
    : { ok: false, problems: reader.problems };
}

function parseJson(text: string, file: string): Result<unknown> {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (/^\s*</.test(text)) {
      return refuse(
        'manifest',
        'The manifest is not JSON but looks like a web page.',
        'Check the address of the repository: a login page or a proxy may have answered in its place.',
        { file },
      );
    }
    const { reason, place } = explainJsonError(error, text);
    return refuse('manifest', `The manifest is not JSON: ${reason}.`, changed, { file, ...place });
  }
}

function checkSchema(value: unknown, file: string): Result<true> {
  const isObject = typeof value === 'object' && value !== null;
  const schema: unknown = isObject ? Object.getOwnPropertyDescriptor(value, 'schema')?.value : undefined;
  if (schema === manifestSchema) return { ok: true, value: true };
  const place = { file, path: '$.schema' };
  if (typeof schema === 'number' && schema > manifestSchema) {
    return refuse(
      'manifest-schema',
      `The manifest has schema ${schema}; this program knows ${manifestSchema}.`,
      'A newer expander published it: use the installer of the same version.',
      place,
    );
  }
  return refuse(
    'manifest-schema',
    `This is no manifest of a release: its schema is not ${manifestSchema}.`,
    changed,
    place,
  );
}

function verify(manifest: Manifest, expected: ExpectedManifest, reader: ShapeReader): void {
  const { project, descriptors, images, provenance } = manifest;
  if (project !== expected.project) {
    reader.fail(
      '$.project',
      `The manifest is of project ${quote(project)}, not ${expected.project}.`,
      'manifest-foreign',
    );
  }
  if (manifest.version !== expected.version) {
    reader.fail(
      '$.version',
      `The manifest is of version ${quote(manifest.version)}, not ${expected.version}.`,
      'manifest-foreign',
    );
  }
  const version = parseVersion(manifest.version);
  if (!version.ok) for (const { message } of version.problems) reader.fail('$.version', message);
  if (descriptors.length === 0) reader.fail('$.descriptors', 'The manifest has no descriptors.');
  verifyDescriptors(manifest, expected, reader);
  verifyLateVariables(manifest, reader);
  const references = images.map(({ reference }) => reference);
  for (const twice of duplicates(references))
    reader.fail('$.images', `The image ${quote(twice)} is there twice.`);
  if (!version.ok) return;
  const { tag } = version.value;
  if (identityOf({ descriptors, images, tag, ...provenance }) !== manifest.identity) {
    reader.fail('$.identity', 'The identity is not that of the descriptors and images.', 'manifest-identity');
  }
}

function verifyDescriptors(
  { descriptors }: Manifest,
  { project, version }: ExpectedManifest,
  reader: ShapeReader,
): void {
  const kinds = descriptors.map(({ kind }) => kind);
  for (const twice of duplicates(kinds)) reader.fail('$.descriptors', `The kind ${twice} is there twice.`);
  for (const [index, { kind, name, sha256, size, content, late }] of descriptors.entries()) {
    const path = `$.descriptors[${index}]`;
    const rightName = descriptorFileName(project, version, kind);
    if (name !== rightName) reader.fail(`${path}.name`, `The name must be ${rightName}, not ${quote(name)}.`);
    const bytes = Buffer.byteLength(content);
    if (bytes !== size) reader.fail(`${path}.size`, `The content has ${bytes} bytes, not ${size}.`);
    if (sha256Hex(content) !== sha256) {
      reader.fail(
        `${path}.sha256`,
        `The content of ${rightName} does not have this sha256.`,
        'manifest-checksum',
      );
    }
    for (const twice of duplicates(late))
      reader.fail(`${path}.late`, `The late variable ${quote(twice)} is there twice.`);
  }
}

/** What the descriptors say about late variables and the list of them must be the same. */
function verifyLateVariables({ descriptors, lateVariables }: Manifest, reader: ShapeReader): void {
  const used = new Set(descriptors.flatMap(({ kind, late }) => late.map((name) => `${kind} ${name}`)));
  const listed = lateVariables.flatMap(({ name, descriptors }) =>
    descriptors.map((kind) => `${kind} ${name}`),
  );
  for (const twice of duplicates(lateVariables.map(({ name }) => name))) {
    reader.fail('$.lateVariables', `The late variable ${quote(twice)} is there twice.`);
  }
  const differs = new Set(listed).symmetricDifference(used);
  for (const pair of Array.from(differs).slice(0, 3)) {
    reader.fail(
      '$.lateVariables',
      `The late variables of the descriptors differ from this list: ${quote(pair)}.`,
    );
  }
}

function duplicates<T>(items: readonly T[]): ReadonlySet<T> {
  return new Set(items.filter((item, index) => items.indexOf(item) !== index));
}
