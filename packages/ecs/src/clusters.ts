// DescribeClusters.
import { type Cluster, DescribeClustersCommand } from './clients/ecs.ts';
import type { ClusterSnapshot } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import type { Context } from './context.ts';
import { EcsCallError } from './error.ts';
import type { Call } from './facts.ts';
import { lastSegment } from './scaling.ts';

/** Null when the account and region know no such cluster; an INACTIVE one is told as it is. */
export async function describeCluster(context: Context, cluster: string): Promise<ClusterSnapshot | null> {
  const what: Call = { operation: 'DescribeClusters', subject: `cluster ${cluster}`, mode: 'read' };
  const { reads, limits } = context.client;
  try {
    const answer = await call(what, limits.call, (options) =>
      reads.send(new DescribeClustersCommand({ clusters: [cluster] }), options),
    );
    const failure = answer.failures?.find((each) => each.reason !== 'MISSING');
    if (failure !== undefined) {
      throw new EcsCallError(
        'refused',
        what.operation,
        `${what.operation} (${what.subject}): ${failureWords(failure)}`,
      );
    }
    const found = answer.clusters?.find(
      (each) => each.clusterArn === cluster || each.clusterName === lastSegment(cluster),
    );
    return found === undefined ? null : snapshotOf(found);
  } catch (error) {
    if (error instanceof EcsCallError && error.kind === 'cluster-not-found') return null;
    throw error;
  }
}

function snapshotOf(found: Cluster): ClusterSnapshot {
  const { clusterArn = '', status = '', capacityProviders, activeServicesCount } = found;
  return {
    arn: clusterArn,
    status,
    ...(capacityProviders === undefined ? {} : { capacityProviders }),
    ...(activeServicesCount === undefined ? {} : { activeServices: activeServicesCount }),
  };
}

/** `MISSING: detail`, of an entry in `failures`. */
export function failureWords(failure: { reason?: string | undefined; detail?: string | undefined }): string {
  return [failure.reason ?? 'failed without a reason', failure.detail].filter(Boolean).join(': ');
}
