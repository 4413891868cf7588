// Application Auto Scaling: DescribeScalableTargets, scripted.
import { EcsSimulationError, textOf, textsOf } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation, JsonObject } from '@bamboo-ecs/rollout/simulation';
import { jsonAnswer, jsonError, jsonBody } from './wire.ts';
import type { WireAnswer } from './wire.ts';

export const scalingTarget = 'AnyScaleFrontendService';

/** Answers with the scalable targets that were set and fit the request's filters. */
export function handleScalingRequest(simulation: EcsSimulation, target: string, body: string): WireAnswer {
  if (target !== `${scalingTarget}.DescribeScalableTargets`) {
    return jsonError('UnknownOperationException', `The stand-in does not know ${target}.`);
  }
  const request = jsonBody(body);
  if (request === null) return jsonError('SerializationException', 'The request is not valid JSON.');
  if (textOf(request, 'ServiceNamespace') === undefined) {
    return jsonError('ValidationException', 'ServiceNamespace must not be null.');
  }
  const ids = textsOf(request, 'ResourceIds');
  const found = simulation.state.scalableTargets.filter((scalable) => {
    const same = textOf(scalable, 'ServiceNamespace') === textOf(request, 'ServiceNamespace');
    const dimension = textOf(request, 'ScalableDimension');
    return (
      same &&
      (ids.length === 0 || ids.includes(textOf(scalable, 'ResourceId') ?? '')) &&
      (dimension === undefined || textOf(scalable, 'ScalableDimension') === dimension)
    );
  });
  return jsonAnswer({ ScalableTargets: found });
}

/** `service/qa/hid-generator` with its bounds, as the API gives it; all of it suspended or nothing. Throws for a name without cluster and service. */
export function scalableTarget(
  resourceId: string,
  least: number,
  most: number,
  suspended: boolean,
): JsonObject {
  if (!/^service\/[^/]+\/[^/]+$/u.test(resourceId)) {
    throw new EcsSimulationError('ValidationException', `Invalid resource id: ${resourceId}`);
  }
  return {
    ServiceNamespace: 'ecs',
    ResourceId: resourceId,
    ScalableDimension: 'ecs:service:DesiredCount',
    MinCapacity: least,
    MaxCapacity: most,
    SuspendedState: {
      DynamicScalingInSuspended: suspended,
      DynamicScalingOutSuspended: suspended,
      ScheduledScalingSuspended: suspended,
    },
  };
}
