import type { JsonObject, TaskDefinitionState, World } from '@bamboo-ecs/rollout/simulation';
import { compatibilitiesOf } from '@bamboo-ecs/rollout/simulation';
import { seconds, timeMember } from './common.ts';

export function renderTaskDefinition(world: World, state: TaskDefinitionState): JsonObject {
  return {
    taskDefinitionArn: state.arn,
    revision: state.revision,
    status: state.status,
    ...state.definition,
    compatibilities: compatibilitiesOf(state.definition),
    registeredAt: seconds(state.registeredAt),
    registeredBy: `arn:aws:iam::${world.settings.account}:root`,
    ...timeMember('deregisteredAt', state.deregisteredAt),
  };
}
