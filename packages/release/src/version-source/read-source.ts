// The version out of one named file.
import { nearest } from '../nearest.ts';
import type { Problem, Result } from '../problem.ts';
import { quote } from '../path.ts';
import { refuse } from '../refuse.ts';
import { numbersFromPep440 } from './pep440-numbers.ts';
import { readerOf, versionSourceNames } from './readers.ts';
import { pathBeside } from './source-path.ts';
import { plainText, refused, sayVersion } from './source.ts';
import type { Finding, ReadFile, VersionSource } from './source.ts';
import { numbersFromTemplate } from './template-numbers.ts';

/** No project file is longer; what is, is another file. */
const maxCharacters = 1024 * 1024;

/** What the file says, not yet mapped; null when there is no such file. */
export function findIn(path: string, read: ReadFile): Finding | null {
  const reader = readerOf(path);
  const text = reader ? read(path) : null;
  if (!reader || text === null) return null;
  const readBeside: ReadFile = (relative) => {
    const beside = pathBeside(path, relative);
    const found = beside === null ? null : read(beside);
    return found !== null && found.length > maxCharacters ? null : found;
  };
  const file = { path, text: plainText(text), read: readBeside };
  if (text.length > maxCharacters) return refused(file, 'It is longer than 1 MiB.', undefined, sayVersion);
  return reader(file);
}

/** Maps what a file says to three numbers. */
export function mapFinding(path: string, finding: Finding): Result<VersionSource> {
  if (finding.kind === 'none') {
    return refuse('version-source', `There is no version: ${finding.reason}.`, sayVersion, { file: path });
  }
  if (finding.kind === 'refused') return { ok: false, problems: finding.problems };
  const mapped =
    finding.flavour === 'pep440' ? numbersFromPep440(finding.text) : numbersFromTemplate(finding.text);
  if (!mapped.ok) {
    return {
      ok: false,
      problems: mapped.problems.map((problem): Problem => ({ ...problem, place: finding.place })),
    };
  }
  const { project } = finding;
  return {
    ok: true,
    value: { ...mapped.value, stated: finding.text.trim(), ...(project === undefined ? {} : { project }) },
  };
}

/**
 * Reads the version out of a file, by its path relative to the project's root. The tag is never read: the branch gives it.
 * Files that are programs (setup.py, build.gradle) are read as text and never run.
 */
export function readVersionSource(fileName: string, read: ReadFile): Result<VersionSource> {
  const finding = findIn(fileName, read);
  if (finding) return mapFinding(fileName, finding);
  const place = { file: fileName };
  if (readerOf(fileName)) {
    return refuse(
      'version-source',
      `There is no file ${quote(fileName)} to read the version from.`,
      sayVersion,
      place,
    );
  }
  const meant = nearest(fileName.slice(fileName.lastIndexOf('/') + 1), versionSourceNames);
  return refuse(
    'version-source',
    `How ${quote(fileName)} holds a version is not known.`,
    `${meant ? `Did you mean ${meant}? ` : ''}Known are ${versionSourceNames.join(', ')}, *.properties, *.gradle and *.py.`,
    place,
  );
}

/** The project's name in a file, whatever it says about the version; null when there is none. */
export function readProjectName(fileName: string, read: ReadFile): string | null {
  return findIn(fileName, read)?.project ?? null;
}
