// The version out of the project's files: the one that is set, or the one that is found.
import type { RunContext } from '@bamboo-ecs/program';
import {
  findVersionSource,
  readVersionSource,
  type Problem,
  type ReadFile,
  type Result,
  type Tag,
  type VersionNumbers,
  type VersionSource,
} from '@bamboo-ecs/release';
import { withFiles } from './with-files.ts';

interface Found extends VersionSource {
  readonly file: string;
}

/** Also says where the version comes from. A pre-release that a branch makes a RELEASE is a warning. */
export async function versionFromFile(context: RunContext, tag: Tag | null): Promise<Result<VersionNumbers>> {
  const asked = context.settings.text('version-file');
  const { value, unusable } = await withFiles(context.files, (read) =>
    asked === undefined ? findVersionSource(read) : named(asked, read),
  );
  // A folder that is called VERSION is no version file; everything else that could not be read may say another version.
  const doubtful = [...unusable].filter(
    ([name, reason]) => name === asked || !reason.startsWith('is a folder'),
  );
  if (asked !== undefined && unusable.has(asked)) return { ok: false, problems: doubtful.map(unreadable) };
  if (!value.ok || doubtful.length > 0) {
    const problems = value.ok ? [] : value.problems;
    // That no file states a version is no news when one could not be read.
    const news = doubtful.length > 0 ? problems.filter(({ place }) => place !== undefined) : problems;
    return { ok: false, problems: [...news, ...doubtful.map(unreadable)] };
  }
  const { stated, file, note, numbers } = value.value;
  context.say(`Version ${stated} from ${file}${note === undefined ? '' : `. ${note}`}`, 'detail');
  return { ok: true, value: numbers, warnings: warningsOf(value.value, tag) };
}

function named(file: string, read: ReadFile): Result<Found> {
  const source = readVersionSource(file, read);
  return source.ok ? { ...source, value: { ...source.value, file } } : source;
}

function warningsOf({ preRelease, stated, file }: Found, tag: Tag | null): readonly Problem[] {
  if (!preRelease || tag !== 'RELEASE') return [];
  return [
    {
      severity: 'warning',
      code: 'pre-release',
      message: `${stated} is a development version or a pre-release, and this branch makes a RELEASE of it`,
      place: { file },
      hint: 'Set the final version before it is built on this branch; a RELEASE is never replaced.',
    },
  ];
}

function unreadable([file, reason]: readonly [string, string]): Problem {
  return {
    severity: 'error',
    code: 'version-file-unreadable',
    message: `the file may hold the version, but it ${reason}`,
    place: { file },
    hint: 'Mend the file, or say where the version stands with the setting version-file (or version).',
  };
}
