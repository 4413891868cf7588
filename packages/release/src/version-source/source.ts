// What the readers of project files share: what they are given, and what they can find.
import type { Place, Problem } from '../problem.ts';
import { problem } from '../refuse.ts';
import type { VersionNumbers } from '../version.ts';

/** Text of a file, by its path relative to the project's root with `/` between; null when there is none. */
export type ReadFile = (relativePath: string) => string | null;

/** What a project file says. */
export interface VersionSource {
  /** The project's name, where the file has one. Not checked yet. */
  readonly project?: string;
  readonly numbers: VersionNumbers;
  /** The version as it stands in the file. */
  readonly stated: string;
  /** How `stated` became `numbers`, when that is not plain. */
  readonly note?: string;
  /** `stated` is a development or pre-release form (`-SNAPSHOT`, `.dev3`, `rc1`, `-beta.1`): not meant to be released. */
  readonly preRelease?: true;
}

export interface SourceFile {
  /** For places in problems. */
  readonly path: string;
  /** Without byte order mark; line ends are `\n`. */
  readonly text: string;
  /** Reads a file by its path relative to the folder of this one; null when there is none or it lies outside the project. */
  readonly read: ReadFile;
}

/** How the version text is to be understood. */
export type Flavour = 'template' | 'pep440';

/** What a reader found: a version, none at all, or one that cannot be known from the text. */
export type Finding =
  | {
      readonly kind: 'stated';
      readonly text: string;
      readonly flavour: Flavour;
      readonly place: Place;
      readonly project?: string;
    }
  | { readonly kind: 'none'; readonly reason: string; readonly project?: string }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[]; readonly project?: string };

export type Reader = (file: SourceFile) => Finding;

export const sayVersion =
  'Say the version with the setting "version", or name another file with "version-file".';

export function refused(file: SourceFile, message: string, place?: Place, hint = sayVersion): Finding {
  return {
    kind: 'refused',
    problems: [problem('version-source', message, hint, { file: file.path, ...place })],
  };
}

export function none(reason: string): Finding {
  return { kind: 'none', reason };
}

export function withProject(finding: Finding, project: string | undefined): Finding {
  return project === undefined || project.trim() === '' ? finding : { ...finding, project: project.trim() };
}

export function plainText(text: string): string {
  return text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
}
