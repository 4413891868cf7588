// Application Auto Scaling: who owns the desired count of a service.
import type { ScalableTarget as Found } from '@aws-sdk/client-application-auto-scaling';
import type { ECSClientConfig } from '@aws-sdk/client-ecs';
import type { ScalableTarget } from '@bamboo-ecs/rollout';

/** The scalable target for the desired count of this service, `none` where there is none. Rejects when it cannot be asked. */
export type ScalingLookUp = (cluster: string, service: string) => Promise<ScalableTarget | 'none'>;

/**
 * Asks once, without repetitions: the answer is welcome, not necessary. The client is loaded only here, since most
 * runs never need it. Resource id and dimension: DescribeScalableTargets, "Application Auto Scaling API Reference".
 */
export async function lookUpScalableTarget(
  config: Pick<ECSClientConfig, 'region' | 'endpoint' | 'credentials' | 'requestHandler'>,
  cluster: string,
  service: string,
): Promise<ScalableTarget | 'none'> {
  const { ApplicationAutoScalingClient, DescribeScalableTargetsCommand } =
    await import('./clients/application-auto-scaling.ts');
  const client = new ApplicationAutoScalingClient({ ...config, maxAttempts: 1 });
  try {
    const answer = await client.send(
      new DescribeScalableTargetsCommand({
        ServiceNamespace: 'ecs',
        ResourceIds: [`service/${lastSegment(cluster)}/${lastSegment(service)}`],
        ScalableDimension: 'ecs:service:DesiredCount',
      }),
    );
    const [found] = answer.ScalableTargets ?? [];
    return found ? targetOf(found) : 'none';
  } finally {
    client.destroy();
  }
}

/** A server that leaves the bounds out has said nothing that a count could be outside of. */
function targetOf({ MinCapacity, MaxCapacity, SuspendedState = {} }: Partial<Found>): ScalableTarget {
  return {
    minimum: MinCapacity ?? 0,
    maximum: MaxCapacity ?? Number.POSITIVE_INFINITY,
    suspended: [
      ...(SuspendedState.DynamicScalingInSuspended ? (['scale-in'] as const) : []),
      ...(SuspendedState.DynamicScalingOutSuspended ? (['scale-out'] as const) : []),
      ...(SuspendedState.ScheduledScalingSuspended ? (['schedule'] as const) : []),
    ],
  };
}

/** The name at the end of an ARN; a name as it is. */
export function lastSegment(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
