// What forbids an installation here, before anything else is looked at.
import { formatVersion } from '@bamboo-ecs/release';
import type { Problem, Version } from '@bamboo-ecs/release';
import { tagKeys } from '../plan.ts';
import { downgradeOf } from './downgrade.ts';
import { checkTag } from './check-tag.ts';
import type { EnvironmentMap } from './environments.ts';
import { targetProblems } from './target.ts';
import type { TargetInput } from './target.ts';

export interface GuardsInput extends TargetInput {
  readonly version: Version;
  readonly environment: string | null;
  /** The setting as written, `QA=MILESTONE|RELEASE,Production=RELEASE`, or parsed; null: every tag may go everywhere. */
  readonly environments: string | EnvironmentMap | null;
  /** What runs, from the tags of its revision; null: nothing, or nothing of ours. */
  readonly installedVersion: string | null;
  readonly installedBuildNumber: string | null;
  readonly installedBuildKey?: string | null;
  readonly buildNumber: string | null;
  readonly buildKey?: string | null;
  /** Bamboo says that this deployment is a rollback (`bamboo_deploy_rollback`). */
  readonly rollback: boolean;
  readonly allowDowngrade: boolean;
}

/** All that is wrong at once; empty when nothing forbids the installation. */
export function checkGuards(input: GuardsInput): readonly Problem[] {
  return [
    ...checkTag(input.version.tag, input.environment, input.environments),
    ...targetProblems(input),
    ...downgradeProblems(input),
  ];
}

function downgradeProblems(input: GuardsInput): Problem[] {
  if (input.rollback || input.allowDowngrade) return [];
  const installed = {
    ...(input.installedVersion !== null && { [tagKeys.version]: input.installedVersion }),
    ...(input.installedBuildNumber !== null && { [tagKeys.buildNumber]: input.installedBuildNumber }),
    ...(input.installedBuildKey && { [tagKeys.buildKey]: input.installedBuildKey }),
  };
  const { version, buildNumber, buildKey = null } = input;
  const downgrade = downgradeOf({ installed, version, buildNumber, buildKey });
  if (!downgrade) return [];
  const message =
    downgrade.by === 'version'
      ? `${downgrade.wanted} is older than ${downgrade.installed}, which runs.`
      : `Build ${downgrade.wanted} of ${formatVersion(version)} is older than build ${downgrade.installed}, which runs.`;
  return [
    {
      severity: 'error',
      code: 'downgrade',
      message,
      place: { variable: 'bamboo_ecs_allow_downgrade' },
      hint: "To go back on purpose, use Bamboo's rollback (it sets bamboo_deploy_rollback=true) or set allow-downgrade.",
    },
  ];
}
