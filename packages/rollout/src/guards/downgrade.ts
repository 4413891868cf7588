// Is what is wanted older than what runs?
import { compareVersions, formatVersion, parseVersion } from '@bamboo-ecs/release';
import type { Version } from '@bamboo-ecs/release';
import { tagKeys } from '../plan.ts';

export interface Downgrade {
  /** By version, or by build number where both are the same MILESTONE. */
  readonly by: 'version' | 'build';
  /** What runs: `1.0.16.RELEASE`, or the build number. */
  readonly installed: string;
  readonly wanted: string;
}

export interface DowngradeInput {
  /** The tags of the revision that runs. */
  readonly installed: Readonly<Record<string, string>>;
  readonly version: Version;
  readonly buildNumber: string | null;
  /** Result key of the wanted build, `PROJ-PLAN-JOB1-229`; build numbers of different plans are not compared. */
  readonly buildKey?: string | null;
}

/** Null when it is not older, or when what runs does not say what it is. */
export function downgradeOf({ installed, version, buildNumber, buildKey }: DowngradeInput): Downgrade | null {
  const running = parseInstalled(own(installed, tagKeys.version));
  if (!running) return null;
  const order = compareVersions(version, running);
  if (order < 0) return { by: 'version', installed: formatVersion(running), wanted: formatVersion(version) };
  if (order > 0 || version.tag !== 'MILESTONE') return null;
  const before = own(installed, tagKeys.buildNumber);
  if (!before || !buildNumber || differentPlans(own(installed, tagKeys.buildKey), buildKey)) return null;
  if (!isNumber(before) || !isNumber(buildNumber) || BigInt(buildNumber) >= BigInt(before)) return null;
  return { by: 'build', installed: before, wanted: buildNumber };
}

function own(tags: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(tags, key) ? tags[key] : undefined;
}

function parseInstalled(text: string | undefined): Version | null {
  if (text === undefined) return null;
  const parsed = parseVersion(text);
  return parsed.ok ? parsed.value : null;
}

/** Build numbers are counted per plan: `PROJ-PLAN-JOB1-229` and `PROJ-PLAN-230` are of one plan, `PROJ-PLAN0-3` is not. */
function differentPlans(left: string | undefined, right: string | null | undefined): boolean {
  if (!left || !right) return false;
  const plan = (key: string): string => key.split('-').slice(0, 2).join('-');
  return plan(left) !== plan(right);
}

function isNumber(text: string): boolean {
  return /^\d{1,30}$/u.test(text);
}
