// The ECS API over AWS JSON 1.1: one request in, one answer out.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation } from '@bamboo-ecs/rollout/simulation';
import { readRequest } from './check-request.ts';
import { clusterOperations } from './operations/clusters.ts';
import type { Operations } from './operations/operation.ts';
import { serviceDeploymentOperations } from './operations/service-deployments.ts';
import { serviceOperations } from './operations/services.ts';
import { tagOperations } from './operations/tags.ts';
import { taskDefinitionOperations } from './operations/task-definitions.ts';
import { taskOperations } from './operations/tasks.ts';
import { jsonAnswer, jsonError } from './wire.ts';
import type { WireAnswer } from './wire.ts';

export const ecsTarget = 'AmazonEC2ContainerServiceV20141113';

const operations: Operations = {
  ...clusterOperations,
  ...taskDefinitionOperations,
  ...serviceOperations,
  ...taskOperations,
  ...serviceDeploymentOperations,
  ...tagOperations,
};

/**
 * `target` is the header X-Amz-Target, `AmazonEC2ContainerServiceV20141113.DescribeServices`. Errors have AWS's codes and texts; an
 * operation that the stand-in does not have is UnknownOperationException.
 */
export function handleEcsRequest(simulation: EcsSimulation, target: string, body: string): WireAnswer {
  const [service = '', operation = ''] = target.split('.', 2);
  const act = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (service !== ecsTarget || act === undefined) {
    return jsonError(
      'UnknownOperationException',
      `The stand-in for ECS does not know ${target || 'this operation'}.`,
    );
  }
  try {
    return jsonAnswer(act(simulation, readRequest(operation, body)));
  } catch (error) {
    if (error instanceof EcsSimulationError) return jsonError(error.code, error.message, 400, error.details);
    throw error;
  }
}
