// What to do about the manifest that is there already. Pure.
import { manifestSchema } from '@bamboo-ecs/release';
import type { Manifest } from '@bamboo-ecs/release';
import { RepositoryError } from '../port.ts';
import type { StoredManifest, UnreadableManifest } from '../stored-manifest.ts';
import { problemText } from '../problem-text.ts';
import { describeConflict } from './conflict.ts';
import { describeBuild } from './describe-build.ts';
import type { PublishOptions } from './publication.ts';
import { withoutContradiction } from './without-contradiction.ts';

export type Decision =
  /** The same release is there; the stored manifest stays. */
  | {
      readonly kind: 'keep';
      readonly manifest: Manifest;
      readonly sha256: string;
      readonly warnings: readonly string[];
    }
  /** `replaces`: something is there that must give way. */
  | { readonly kind: 'write'; readonly replaces: boolean; readonly warnings: readonly string[] }
  | { readonly kind: 'refuse'; readonly error: RepositoryError };

/**
 * RELEASE: only the same identity is accepted, or the same revision where nothing contradicts it (`withoutContradiction`). MILESTONE under `replace: 'milestone'`: whatever lies there gives way, also
 * a manifest that cannot be read, because its name is ours and its content is replaceable by definition. Only a manifest of
 * a newer schema stays: a newer expander is at work in this shop, and an old one must not undo what it did.
 */
export function decide(
  stored: StoredManifest,
  manifest: Manifest,
  policy: PublishOptions['policy'],
  place: string,
): Decision {
  if (stored.kind === 'none') return { kind: 'write', replaces: false, warnings: [] };
  const replaceable = policy.replace === 'milestone' && manifest.version.endsWith('.MILESTONE');
  if (stored.kind === 'unreadable') return decideUnreadable(stored, manifest, replaceable, place);
  if (stored.manifest.identity === manifest.identity) {
    return { kind: 'keep', manifest: stored.manifest, sha256: stored.sha256, warnings: [] };
  }
  if (!replaceable && manifest.version.endsWith('.RELEASE')) {
    const uncertain = withoutContradiction(stored.manifest, manifest);
    if (uncertain !== null) {
      const warnings = [uncertainWarning(manifest, uncertain)];
      return { kind: 'keep', manifest: stored.manifest, sha256: stored.sha256, warnings };
    }
  }
  if (!replaceable) {
    return { kind: 'refuse', error: describeConflict(stored.manifest, manifest, place) };
  }
  return { kind: 'write', replaces: true, warnings: olderBuildWarning(stored.manifest, manifest) };
}

function uncertainWarning({ project, version }: Manifest, images: readonly string[]): string {
  return `${project} ${version} was published from this same revision, and of ${images.join(', ')} only one of the two builds knows the digest. What is published stays as it is.`;
}

function decideUnreadable(
  stored: UnreadableManifest,
  manifest: Manifest,
  replaceable: boolean,
  place: string,
): Decision {
  const reasons = problemText(stored.problems);
  if (replaceable && !stored.newerSchema) {
    const warning = `${place} was there and no manifest of ${manifest.project} ${manifest.version}; it was replaced. ${reasons}`;
    return { kind: 'write', replaces: true, warnings: [warning] };
  }
  const error = new RepositoryError(
    'foreign',
    `${place} is there already and is no manifest that this program can read; it is not replaced. ${reasons}`,
    stored.newerSchema
      ? `It comes from a newer version of bamboo-ecs than this one (schema ${manifestSchema}): use the same expander image everywhere.`
      : 'Look at who put it there. Delete it by hand if it does not belong there, then run this again; or raise the version number.',
  );
  return { kind: 'refuse', error };
}

/** A build that is run again after a newer one puts the older content back: that is wanted rarely. */
function olderBuildWarning(stored: Manifest, ours: Manifest): readonly string[] {
  const there = stored.provenance;
  const here = ours.provenance;
  if (there.buildKey === null || planOf(there.buildKey) !== planOf(here.buildKey)) return [];
  const older = Number(there.buildNumber ?? Number.NaN) > Number(here.buildNumber ?? Number.NaN);
  if (!older) return [];
  return [
    `${ours.project} ${ours.version} of a newer build is replaced by an older one. There was ${describeBuild(there)}; this is ${describeBuild(here)}.`,
  ];
}

/** `HID-GEN-42` and `HID-GEN-JOB1-42` → without the number. */
function planOf(buildKey: string | null): string {
  return (buildKey ?? '').replace(/-\d+$/, '');
}
