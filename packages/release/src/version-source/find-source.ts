// The version out of whichever project file there is.
import type { Result } from '../problem.ts';
import { refuse } from '../refuse.ts';
import { compareNumbers } from '../version-order.ts';
import { formatNumbers } from '../version-parse.ts';
import { findIn, mapFinding } from './read-source.ts';
import { versionSourceNames } from './readers.ts';
import type { Finding, ReadFile, VersionSource } from './source.ts';

export interface FoundVersionSource extends VersionSource {
  /** The file that says it. */
  readonly file: string;
}

/**
 * Files of one build tool, the one that decides first: Gradle's script overrides its properties, and setuptools prefers
 * pyproject.toml to setup.cfg to setup.py. VERSION counts only where no tool's file says anything, because the others refer
 * to it.
 */
const tools: readonly (readonly string[])[] = [
  ['package.json'],
  ['pom.xml'],
  ['build.gradle', 'build.gradle.kts', 'gradle.properties'],
  ['pyproject.toml', 'setup.cfg', 'setup.py'],
];

/**
 * Looks through all of `versionSourceNames` in the project's root. Exactly one tool's files must state a version; several
 * may when they agree.
 */
export function findVersionSource(read: ReadFile): Result<FoundVersionSource> {
  const silent: string[] = [];
  const stating = tools.flatMap((names) => firstStating(names, read, silent));
  if (stating.length === 0) stating.push(...firstStating(['VERSION'], read, silent));
  const sources = stating.map(({ file, finding }) => ({ file, source: mapFinding(file, finding) }));
  const [first] = sources;
  if (!first) {
    const seen = silent.length === 0 ? '' : ` (${silent.join('; ')})`;
    return refuse(
      'version-source',
      `No file of the project states a version${seen}.`,
      `Say it with the setting "version" or "version-file". Looked for: ${versionSourceNames.join(', ')}.`,
    );
  }
  const { source, file } = first;
  const agrees = sources.every(
    ({ source: other }) =>
      source.ok && other.ok && compareNumbers(source.value.numbers, other.value.numbers) === 0,
  );
  if (sources.length > 1 && !agrees) {
    const said = sources.map(
      ({ file, source }) => `${file} (${source.ok ? formatNumbers(source.value.numbers) : 'cannot be read'})`,
    );
    return refuse(
      'version-source',
      `Several files of the project state a version: ${said.join(', ')}.`,
      `Say with the setting "version-file" which one counts.`,
    );
  }
  return source.ok ? { ok: true, value: { ...source.value, file } } : source;
}

/** The project's name in the first file that has one, and that file. */
export function findProjectName(read: ReadFile): { readonly project: string; readonly file: string } | null {
  for (const file of versionSourceNames) {
    const project = findIn(file, read)?.project;
    if (project !== undefined) return { project, file };
  }
  return null;
}

function firstStating(
  names: readonly string[],
  read: ReadFile,
  silent: string[],
): { file: string; finding: Finding }[] {
  for (const file of names) {
    const finding = findIn(file, read);
    if (finding?.kind === 'none') silent.push(`${file}: ${finding.reason}`);
    else if (finding) return [{ file, finding }];
  }
  return [];
}
