// StopServiceDeployment: lets ECS itself roll back the deployment in flight.
import { type ServiceDeploymentStatus, StopServiceDeploymentCommand } from './clients/ecs.ts';
import type { EcsErrorKind } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import { type Context, serviceSubject } from './context.ts';
import { EcsCallError } from './error.ts';
import type { Call } from './facts.ts';
import { findServiceDeployment } from './find-service-deployment.ts';

const inFlight: readonly ServiceDeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
];
const rollingBack = new Set<string | undefined>(['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS']);

/**
 * True when ECS is rolling back now (also when it did so already). False when it will not: the server has no
 * service deployments, lists none for this id, the deployment is over, or the role may not use them; then the caller
 * goes back by UpdateService.
 */
export async function stopDeployment(
  context: Context,
  cluster: string,
  service: string,
  deploymentId: string,
): Promise<boolean> {
  try {
    const deployment = await findServiceDeployment(context, context.client.reads, {
      cluster,
      service,
      deploymentId,
      status: inFlight,
    });
    const arn = deployment?.serviceDeploymentArn;
    if (deployment === undefined || arn === undefined) return false;
    if (rollingBack.has(deployment.status)) return true;
    const { writes, limits } = context.client;
    await call(what('StopServiceDeployment', cluster, service), limits.call, (options) =>
      writes.send(
        new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }),
        options,
      ),
    );
    return true;
  } catch (error) {
    if (error instanceof EcsCallError && isNotHere(error)) return false;
    throw error;
  }
}

const notHere = new Set<EcsErrorKind>(['unsupported', 'access-denied', 'not-found', 'refused']);

function isNotHere(error: EcsCallError): boolean {
  return notHere.has(error.kind);
}

function what(operation: string, cluster: string, service: string): Call {
  return { operation, subject: serviceSubject(cluster, service), mode: 'optional' };
}
