// Which reader reads which file.
import { readBuildGradle, readGradleProperties } from './gradle.ts';
import { readPackageJson } from './package-json.ts';
import { readPom } from './pom-xml.ts';
import { versionFromModule } from './python-attr.ts';
import { readPyproject } from './pyproject.ts';
import { readSetupCfg } from './setup-cfg.ts';
import { readSetupPy } from './setup-py.ts';
import { none } from './source.ts';
import type { Reader } from './source.ts';
import { readVersionFile } from './version-file.ts';

const readers = new Map<string, Reader>([
  ['package.json', readPackageJson],
  ['pom.xml', readPom],
  ['gradle.properties', readGradleProperties],
  ['build.gradle', readBuildGradle],
  ['build.gradle.kts', readBuildGradle],
  ['pyproject.toml', readPyproject],
  ['setup.cfg', readSetupCfg],
  ['setup.py', readSetupPy],
  ['VERSION', readVersionFile],
]);

/** The files in which a version is looked for, in this order. */
export const versionSourceNames: readonly string[] = [...readers.keys()];

/**
 * The reader for a file that was named: by its name, else by its ending (`module.gradle`, `version.properties`,
 * `hid/__init__.py`, `version.txt`); null when nothing is known about it.
 */
export function readerOf(path: string): Reader | null {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const known = readers.get(name);
  if (known) return known;
  if (/\.gradle(?:\.kts)?$/.test(name)) return readBuildGradle;
  if (name.endsWith('.properties')) return readGradleProperties;
  if (name.endsWith('.py')) return readModule;
  if (/^\.?version(?:\.txt)?$/i.test(name)) return readVersionFile;
  return null;
}

const readModule: Reader = (file) => {
  const name = file.path.slice(file.path.lastIndexOf('/') + 1);
  for (const attribute of ['__version__', 'VERSION', 'version']) {
    const finding = versionFromModule(file, name, file.text, attribute);
    if (finding.kind === 'stated') return finding;
  }
  return none('it assigns neither __version__ nor VERSION');
};
