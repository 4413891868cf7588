// What forbids going back: another account, region or cluster than set, a tag that may not run here. That it is older is what is asked for.
import { refused, type RunContext } from '@bamboo-ecs/program';
import { parseVersion } from '@bamboo-ecs/release';
import { checkGuards, revisionName, tagKeys, type TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';
import { refusal, type PlaceNow } from './one-place.ts';

export function guardGoingBack(
  context: RunContext,
  { place, service }: PlaceNow,
  target: TaskDefinitionSnapshot,
): void {
  const { settings } = context;
  const environments = settings.text('environments') ?? null;
  const version = parseVersion(target.tags[tagKeys.version] ?? '');
  if (!version.ok && environments !== null)
    throw refusal(
      'tag-not-known',
      `${revisionName(target.arn)} does not say which version it is, so the setting environments cannot allow it.`,
      'Name a version with --to.',
    );
  const problems = checkGuards({
    version: version.ok ? version.value : { major: 0, minor: 0, patch: 0, tag: 'RELEASE' },
    environment: place.environment,
    environments,
    expected: {
      account: settings.text('account') ?? null,
      region: settings.text('region') ?? null,
      cluster: settings.text('cluster') ?? null,
    },
    cluster: place.cluster,
    serviceArn: service.arn || null,
    installedVersion: null,
    installedBuildNumber: null,
    buildNumber: null,
    rollback: true,
    allowDowngrade: true,
  });
  if (problems.some(({ severity }) => severity === 'error')) throw refused('the guards', problems);
}
