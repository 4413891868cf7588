// StopServiceDeployment: lets ECS itself roll back the deployment in flight.
import {
  ListServiceDeploymentsCommand,
  type ServiceDeploymentBrief,
  type ServiceDeploymentStatus,
  StopServiceDeploymentCommand,
} from '@aws-sdk/client-ecs';
import type { EcsErrorKind } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import { type Context, serviceSubject } from './context.ts';
import { EcsCallError } from './error.ts';
import type { Call } from './facts.ts';

const inFlight: readonly ServiceDeploymentStatus[] = [
  'PENDING',
  'IN_PROGRESS',
  'STOP_REQUESTED',
  'ROLLBACK_REQUESTED',
  'ROLLBACK_IN_PROGRESS',
];
const rollingBack = new Set<string | undefined>(['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS']);
const mostPages = 5;

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
    const deployment = await findDeployment(context, cluster, service, deploymentId);
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

/**
 * The deployment `ecs-svc/<n>` is the service deployment whose target service revision ends in `/<n>`: the two are
 * tied by nothing else, and clocks must not decide.
 */
async function findDeployment(
  context: Context,
  cluster: string,
  service: string,
  deploymentId: string,
): Promise<ServiceDeploymentBrief | undefined> {
  const number = deploymentId.slice(deploymentId.lastIndexOf('/') + 1);
  const { reads, limits } = context.client;
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const input = {
      cluster,
      service,
      status: [...inFlight],
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const answer = await call(what('ListServiceDeployments', cluster, service), limits.call, (options) =>
      reads.send(new ListServiceDeploymentsCommand(input), options),
    );
    const found = answer.serviceDeployments?.find((each) =>
      each.targetServiceRevisionArn?.endsWith(`/${number}`),
    );
    if (found !== undefined || answer.nextToken === undefined || answer.nextToken === '') return found;
    nextToken = answer.nextToken;
  }
  return undefined;
}

function what(operation: string, cluster: string, service: string): Call {
  return { operation, subject: serviceSubject(cluster, service), mode: 'optional' };
}
