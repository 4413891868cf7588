// DescribeClusters and DescribeCapacityProviders: does ECS add instances when tasks do not fit?
import {
  type CapacityProvider,
  DescribeCapacityProvidersCommand,
  DescribeClustersCommand,
  type ECSClient,
} from './clients/ecs.ts';
import type { CapacityProviderRoom } from '@bamboo-ecs/rollout';

type Options = { readonly abortSignal: AbortSignal };

export interface ClusterProviders {
  readonly names: readonly string[];
  readonly defaults: readonly string[];
  /** Services on instances that are being deleted. */
  readonly draining: number;
}

/** Null when the cluster is not known. */
export async function clusterProviders(
  client: ECSClient,
  cluster: string,
  options: Options,
): Promise<ClusterProviders | null> {
  const answer = await client.send(
    new DescribeClustersCommand({ clusters: [cluster], include: ['STATISTICS'] }),
    options,
  );
  const [found] = answer.clusters ?? [];
  if (found === undefined) return null;
  return {
    names: found.capacityProviders ?? [],
    defaults: (found.defaultCapacityProviderStrategy ?? []).map(
      ({ capacityProvider }) => capacityProvider ?? '',
    ),
    draining: Number(found.statistics?.find(({ name }) => name === 'drainingEC2ServiceCount')?.value ?? 0),
  };
}

/** The two of Fargate are ECS's own and scale by themselves; nobody is asked for them. */
export function isFargate(name: string): boolean {
  return name === 'FARGATE' || name === 'FARGATE_SPOT';
}

export const fargateProvider = (name: string): CapacityProviderRoom => ({
  name,
  kind: 'fargate',
  scales: true,
});

/** Those that could not be read: whether they scale is not known. */
export const unknownProvider = (name: string): CapacityProviderRoom => ({
  name,
  kind: 'unknown',
  scales: null,
});

export async function describeProviders(
  client: ECSClient,
  names: readonly string[],
  options: Options,
): Promise<readonly CapacityProviderRoom[]> {
  const answer = await client.send(
    new DescribeCapacityProvidersCommand({ capacityProviders: [...names] }),
    options,
  );
  const found = new Map((answer.capacityProviders ?? []).map((provider) => [provider.name, provider]));
  return names.map((name) => toRoom(name, found.get(name)));
}

function toRoom(name: string, provider: CapacityProvider | undefined): CapacityProviderRoom {
  if (provider?.managedInstancesProvider) return { name, kind: 'managed-instances', scales: true };
  const group = provider?.autoScalingGroupProvider;
  if (group === undefined) return unknownProvider(name);
  return { name, kind: 'auto-scaling-group', scales: group.managedScaling?.status === 'ENABLED' };
}
