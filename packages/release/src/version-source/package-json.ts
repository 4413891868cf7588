// package.json of npm.
import { none, refused, withProject } from './source.ts';
import type { Finding, Reader, SourceFile } from './source.ts';
import { explainJsonError } from '../json-error.ts';
import { placeAt } from '../text-place.ts';

export const readPackageJson: Reader = (file) => {
  let content: unknown;
  try {
    content = JSON.parse(file.text);
  } catch (error) {
    const { reason, place } = explainJsonError(error, file.text);
    return refused(file, `It is not JSON: ${reason}.`, place, 'Correct the file.');
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    return refused(file, 'It is not a JSON object.', undefined, 'Correct the file.');
  }
  const name: unknown = own(content, 'name');
  // The scope of `@acme/hid-generator` says who, not what; it cannot be part of a file name.
  const project = typeof name === 'string' ? name.replace(/^@[^/]*\//, '') : undefined;
  return withProject(versionOf(file, own(content, 'version')), project);
};

function versionOf(file: SourceFile, version: unknown): Finding {
  if (version === undefined) return none('it has no member "version"');
  const at = /"version"\s*:/.exec(file.text);
  const place = { file: file.path, ...(at ? placeAt(file.text, at.index) : {}), path: '$.version' };
  if (typeof version !== 'string') {
    return refused(file, 'The version is not a string.', place, 'Write it as in "version": "1.0.15".');
  }
  return { kind: 'stated', text: version, flavour: 'template', place };
}

function own(object: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(object, key)?.value;
}
