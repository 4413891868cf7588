// setuptools' `attr: package.module.NAME` and `file: NAME`, resolved by reading (setuptools user guide, "Configuring
// setuptools using setup.cfg files" and "pyproject.toml files").
import type { Place } from '../problem.ts';
import { quote } from '../path.ts';
import { readPythonModule, valueOfName } from './python-module.ts';
import { pathBeside } from './source-path.ts';
import { plainText, refused } from './source.ts';
import type { Finding, SourceFile } from './source.ts';

/** `roots`: the folders in which packages may lie, in the order in which they are looked through. */
export function versionFromAttribute(
  file: SourceFile,
  attribute: string,
  place: Place,
  roots: readonly string[],
): Finding {
  const parts = attribute.trim().split('.');
  const name = parts.pop() ?? '';
  if (parts.length === 0) parts.push('__init__');
  if (![...parts, name].every((part) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(part))) {
    return refused(
      file,
      `The attribute ${quote(attribute)} that holds the version is not of the form package.NAME.`,
      place,
    );
  }
  const stem = parts.join('/');
  const paths = [...roots, '', 'src']
    .map((root) => root.replace(/^\.\/?$/, '').replace(/\/*$/, ''))
    .filter((root, index, all) => all.indexOf(root) === index)
    .map((root) => (root === '' ? stem : `${root}/${stem}`))
    .flatMap((path) => [`${path}.py`, `${path}/__init__.py`]);
  for (const path of paths) {
    const text = file.read(path);
    if (text !== null) return versionFromModule(file, path, text, name);
  }
  return refused(
    file,
    `The version is the attribute ${quote(attribute)}, but there is none of the files ${paths.join(', ')}.`,
    place,
  );
}

export function versionFromModule(file: SourceFile, path: string, text: string, name: string): Finding {
  const value = valueOfName(readPythonModule(plainText(text)), name, { file: fromRoot(file, path) });
  if (value.ok) return { kind: 'stated', text: value.text, flavour: 'pep440', place: value.place };
  return refused(
    file,
    `The version in ${path} cannot be read: ${value.reason}. Python files are read, never run.`,
    value.place,
  );
}

export function versionFromFiles(file: SourceFile, paths: readonly string[], place: Place): Finding {
  const texts: string[] = [];
  for (const path of paths) {
    const text = file.read(path);
    if (text === null) {
      return refused(
        file,
        `The version stands in the file ${quote(path)}, which is not there or not in the project.`,
        place,
      );
    }
    texts.push(plainText(text));
  }
  const [first = ''] = paths;
  return {
    kind: 'stated',
    text: texts.join('\n').trim(),
    flavour: 'pep440',
    place: { file: fromRoot(file, first), line: 1 },
  };
}

function fromRoot(file: SourceFile, path: string): string {
  return pathBeside(file.path, path) ?? path;
}
