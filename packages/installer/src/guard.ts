// Everything that forbids this installation here, at once: exit 4, nothing changed.
import { deploymentContext } from '@bamboo-ecs/bamboo';
import { refused, type RunContext } from '@bamboo-ecs/program';
import { parseVersion, type Problem, type Version } from '@bamboo-ecs/release';
import { checkGuards, isEcsError, tagKeys, type EcsPort, type WantedService } from '@bamboo-ecs/rollout';
import type { View } from './planned-service.ts';

/** Whether the descriptors name the right cluster needs no AWS, and is better told than that AWS does not know it. */
export function guardCluster(context: RunContext, wanted: WantedService): void {
  check(context, wanted, { account: null, region: null }, null, null, {});
}

export async function guard(
  context: RunContext,
  ecs: EcsPort,
  wanted: WantedService,
  view: View,
): Promise<void> {
  const { settings } = context;
  const expected = {
    account: settings.text('account') ?? null,
    region: settings.text('region') ?? null,
  };
  const creates = view.service.status === 'MISSING' || view.service.status === 'INACTIVE';
  const clusterArn = creates ? await clusterArnOf(context, ecs, wanted, expected) : null;
  check(context, wanted, expected, view.service.arn || null, clusterArn, view.current?.tags ?? {});
}

interface Expected {
  readonly account: string | null;
  readonly region: string | null;
}

/**
 * A service that is to be created has no ARN that says where this is; its cluster has. It must be there, too, before a revision is
 * registered. Null where the role may not ask and nothing depends on it.
 */
async function clusterArnOf(
  context: RunContext,
  ecs: EcsPort,
  wanted: WantedService,
  { account, region }: Expected,
): Promise<string | null> {
  try {
    const cluster = await ecs.describeCluster(wanted.cluster);
    if (cluster?.status === 'ACTIVE') return cluster.arn || null;
    throw refused('the guards', [clusterMissing(wanted.cluster, cluster?.status ?? null)]);
  } catch (error) {
    const needed = account !== null || region !== null;
    const mayNotAsk = isEcsError(error) && (error.kind === 'access-denied' || error.kind === 'unsupported');
    if (needed || !mayNotAsk) throw error;
    context.say(`Whether the cluster ${wanted.cluster} is ACTIVE could not be asked: ${error.message}`);
    return null;
  }
}

function clusterMissing(cluster: string, status: string | null): Problem {
  return {
    severity: 'error',
    code: 'no-cluster',
    message:
      status === null
        ? `The cluster ${cluster} does not exist in this account and region.`
        : `The cluster ${cluster} is ${status}: no service can be created in it.`,
    hint: 'Check the cluster that the descriptors name, the region and the account; or create the cluster.',
  };
}

function check(
  context: RunContext,
  wanted: WantedService,
  expected: Expected,
  serviceArn: string | null,
  clusterArn: string | null,
  installed: Readonly<Record<string, string>>,
): void {
  const { settings } = context;
  const problems = checkGuards({
    version: versionOf(wanted.version),
    environment: wanted.environment,
    environments: settings.text('environments') ?? null,
    expected: { ...expected, cluster: settings.text('cluster') ?? null },
    cluster: wanted.cluster,
    serviceArn,
    clusterArn,
    installedVersion: installed[tagKeys.version] ?? null,
    installedBuildNumber: installed[tagKeys.buildNumber] ?? null,
    installedBuildKey: installed[tagKeys.buildKey] ?? null,
    buildNumber: wanted.buildNumber,
    buildKey: wanted.buildKey,
    rollback: deploymentContext(context.variables).rollback,
    // Of a roll-back by hand an older version is what is asked for.
    allowDowngrade: settings.flag('allow-downgrade') || context.command === 'rollback',
  });
  if (problems.some(({ severity }) => severity === 'error')) throw refused('the guards', problems);
  context.warn(problems);
}

function versionOf(text: string): Version {
  const parsed = parseVersion(text);
  if (!parsed.ok) throw new Error(`not a version: ${text}`);
  return parsed.value;
}
