// Version from branch and project: `1.0.15` and `master` make `1.0.15.RELEASE`; a branch outside the map is ignored.
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import { formatVersion, type Tag, type Version } from '@bamboo-ecs/release';
import { findTag } from './find-tag.ts';
import { projectName } from './project-name.ts';
import { statedVersion } from './stated-version.ts';
import { versionFromFile } from './version-file.ts';

export interface KnownVersion {
  readonly kind: 'version';
  readonly project: string;
  readonly version: string;
  readonly parsed: Version;
  readonly tag: Tag;
  readonly branch: string;
}

export type FoundVersion =
  | KnownVersion
  | { readonly kind: 'ignored'; readonly branch: string; readonly reason: string };

/** Everything that is wrong with branch, version and project is reported at once; an ignored branch needs neither. */
export async function findVersion(context: RunContext): Promise<FoundVersion> {
  const found = findTag(context);
  if (found.kind === 'ignored') return found;
  const tag = found.kind === 'tag' ? found.tag : null;
  const stated = context.settings.text('version');
  const numbers = stated === undefined ? await versionFromFile(context, tag) : statedVersion(stated, tag);
  const project = await projectName(context);
  if (found.kind === 'tag' && numbers.ok && project.ok) {
    context.warn(numbers.warnings ?? []);
    const parsed = { ...numbers.value, tag: found.tag };
    const version = formatVersion(parsed);
    return { kind: 'version', project: project.value, version, parsed, tag: found.tag, branch: found.branch };
  }
  throw misconfigured('version', [
    ...(found.kind === 'problems' ? found.problems : []),
    ...(numbers.ok ? (numbers.warnings ?? []) : numbers.problems),
    ...(project.ok ? [] : project.problems),
  ]);
}
