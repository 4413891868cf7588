// setup.cfg: [metadata] version and name.
import { parseIni } from './ini.ts';
import type { Ini } from './ini.ts';
import { versionFromAttribute, versionFromFiles } from './python-attr.ts';
import { none, withProject } from './source.ts';
import type { Finding, Reader, SourceFile } from './source.ts';

export const readSetupCfg: Reader = (file) => {
  const ini = parseIni(file.text);
  const metadata = ini.get('metadata');
  return withProject(versionOf(file, ini), metadata?.get('name')?.value);
};

function versionOf(file: SourceFile, ini: Ini): Finding {
  const version = ini.get('metadata')?.get('version');
  if (!version || version.value === '') return none('it has no version under [metadata]');
  const place = { file: file.path, line: version.line };
  const directive = /^(attr|file)\s*:\s*(.*)$/s.exec(version.value);
  const [, kind, value = ''] = directive ?? [];
  if (kind === 'attr') return versionFromAttribute(file, value, place, packageRoots(ini));
  if (kind === 'file') return versionFromFiles(file, listOf(value), place);
  return { kind: 'stated', text: version.value, flavour: 'pep440', place };
}

function listOf(value: string): string[] {
  return value
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter(Boolean);
}

/** `package_dir = =lib` under [options]: packages lie below lib. */
function packageRoots(ini: Ini): string[] {
  const directories = ini.get('options')?.get('package_dir')?.value ?? '';
  return listOf(directories).flatMap((entry) => {
    const [name = '', folder = ''] = entry.split('=').map((part) => part.trim());
    return name === '' && folder !== '' ? [folder] : [];
  });
}
