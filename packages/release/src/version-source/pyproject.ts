// pyproject.toml: [project] (PyPA specification "pyproject.toml"), static or dynamic, and [tool.poetry].
import { parse, TomlError } from 'smol-toml';
import { quote } from '../path.ts';
import { versionFromAttribute, versionFromFiles, versionFromModule } from './python-attr.ts';
import { readSetupCfg } from './setup-cfg.ts';
import { readSetupPy } from './setup-py.ts';
import { none, plainText, refused, withProject } from './source.ts';
import type { Finding, Reader, SourceFile } from './source.ts';
import { keyPlace, stringsOf, tableOf } from './toml.ts';
import type { Table } from './toml.ts';

export const readPyproject: Reader = (file) => {
  let root: Table;
  try {
    root = parse(file.text, { integersAsBigInt: 'asNeeded', maxDepth: 100 });
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n');
    return refused(
      file,
      `It is not TOML: ${reason}.`,
      { line: error.line, column: error.column },
      'Correct the file.',
    );
  }
  const project = tableOf(root, 'project');
  const poetry = tableOf(root, 'tool', 'poetry');
  const name = project?.['name'] ?? poetry?.['name'];
  return withProject(versionOf(file, root, project, poetry), typeof name === 'string' ? name : undefined);
};

function versionOf(file: SourceFile, root: Table, project: Table | null, poetry: Table | null): Finding {
  const dynamic = stringsOf(project?.['dynamic']).includes('version');
  if (project && Object.hasOwn(project, 'version')) {
    const place = keyPlace(file.text, 'project', 'version');
    if (dynamic)
      return refused(file, 'The version is both given and named in "dynamic" under [project].', place);
    return stated(file, project['version'], '[project]', place);
  }
  if (poetry && Object.hasOwn(poetry, 'version')) {
    const plugin = tableOf(root, 'tool', 'poetry-dynamic-versioning');
    if (plugin && plugin['enable'] === true) return fromGit(file, 'poetry-dynamic-versioning');
    return stated(file, poetry['version'], '[tool.poetry]', keyPlace(file.text, 'tool.poetry', 'version'));
  }
  if (dynamic) return dynamicVersion(file, root);
  return none('it has neither a version under [project] or [tool.poetry] nor one named in "dynamic"');
}

function stated(file: SourceFile, value: unknown, table: string, place: { line?: number }): Finding {
  if (typeof value !== 'string') {
    return refused(
      file,
      `The version under ${table} is not a string.`,
      place,
      'Write it as in version = "1.0.15".',
    );
  }
  return { kind: 'stated', text: value, flavour: 'pep440', place: { file: file.path, ...place } };
}

/** The version is said by the build backend: setuptools, hatch, pdm, flit; or it comes from git and cannot be read here. */
function dynamicVersion(file: SourceFile, root: Table): Finding {
  const setuptools = tableOf(root, 'tool', 'setuptools', 'dynamic')?.['version'];
  if (isTable(setuptools)) return fromSetuptools(file, root, setuptools);
  const pattern = tableOf(root, 'tool', 'hatch', 'version');
  if (pattern) {
    const { path, source } = pattern;
    if (typeof source === 'string' && source !== 'regex')
      return fromGit(file, `hatch's source ${quote(source)}`);
    if (typeof path === 'string' && !Object.hasOwn(pattern, 'pattern')) return fromPath(file, path);
    return refused(
      file,
      'How [tool.hatch.version] finds the version is not supported: only "path" alone is.',
    );
  }
  const pdm = tableOf(root, 'tool', 'pdm', 'version');
  if (pdm) {
    if (pdm['source'] === 'file' && typeof pdm['path'] === 'string') return fromPath(file, pdm['path']);
    return fromGit(file, '[tool.pdm.version]');
  }
  if (tableOf(root, 'tool', 'setuptools_scm')) return fromGit(file, 'setuptools_scm');
  const backend = tableOf(root, 'build-system')?.['build-backend'];
  const name = tableOf(root, 'project')?.['name'];
  if (typeof backend === 'string' && backend.startsWith('flit') && typeof name === 'string') {
    return versionFromAttribute(file, `${name.replaceAll('-', '_')}.__version__`, { file: file.path }, []);
  }
  for (const [path, read] of [
    ['setup.cfg', readSetupCfg],
    ['setup.py', readSetupPy],
  ] as const) {
    const text = file.read(path);
    const finding =
      text === null
        ? null
        : read({ path: siblingOf(file.path, path), text: plainText(text), read: file.read });
    if (finding && finding.kind !== 'none') return finding;
  }
  return refused(
    file,
    'The version is "dynamic", and nothing in this file says where it comes from.',
    keyPlace(file.text, 'project', 'dynamic'),
  );
}

function fromSetuptools(file: SourceFile, root: Table, source: Table): Finding {
  const place = { file: file.path, ...keyPlace(file.text, 'tool.setuptools.dynamic', 'version') };
  const { attr } = source;
  if (typeof attr === 'string') {
    const directory = tableOf(root, 'tool', 'setuptools', 'package-dir')?.[''];
    return versionFromAttribute(file, attr, place, typeof directory === 'string' ? [directory] : []);
  }
  const files = typeof source['file'] === 'string' ? [source['file']] : stringsOf(source['file']);
  if (files.length > 0) return versionFromFiles(file, files, place);
  return refused(file, 'The dynamic version of setuptools names neither "attr" nor "file".', place);
}

/** The attribute that hatch and pdm look for in a file: `__version__`, else `VERSION`. */
function fromPath(file: SourceFile, path: string): Finding {
  const text = file.read(path);
  if (text === null)
    return refused(file, `The version stands in ${quote(path)}, which is not there or not in the project.`);
  const [first, second] = ['__version__', 'VERSION'].map((name) => versionFromModule(file, path, text, name));
  if (first?.kind === 'stated' || second?.kind !== 'stated') return first ?? none('');
  return second;
}

function fromGit(file: SourceFile, what: string): Finding {
  return refused(
    file,
    `The version does not stand in a file: ${what} takes it from elsewhere, such as git tags.`,
  );
}

function siblingOf(path: string, name: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1) + name;
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
