// Application Auto Scaling: who owns the desired count of a service.
import type { ECSClientConfig } from '@aws-sdk/client-ecs';

/** Is there a scalable target for the desired count of this service? Rejects when it cannot be asked. */
export type ScalingLookUp = (cluster: string, service: string) => Promise<boolean>;

/**
 * Asks once, without repetitions: the answer is welcome, not necessary. The client is loaded only here, since most
 * runs never need it. Resource id and dimension: DescribeScalableTargets, "Application Auto Scaling API Reference".
 */
export async function lookUpScalableTarget(
  config: Pick<ECSClientConfig, 'region' | 'endpoint' | 'credentials' | 'requestHandler'>,
  cluster: string,
  service: string,
): Promise<boolean> {
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
    return (answer.ScalableTargets ?? []).length > 0;
  } finally {
    client.destroy();
  }
}

/** The name at the end of an ARN; a name as it is. */
export function lastSegment(reference: string): string {
  return reference.slice(reference.lastIndexOf('/') + 1);
}
