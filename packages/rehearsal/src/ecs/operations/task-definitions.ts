import { EcsSimulationError, lookUpDefinition, textOf, textsOf } from '@bamboo-ecs/rollout/simulation';
import type { TaskDefinitionState, World } from '@bamboo-ecs/rollout/simulation';
import { pageOf } from '../paging.ts';
import { missingFailure, tagList } from '../render/common.ts';
import { renderTaskDefinition } from '../render/task-definition.ts';
import { atMost } from './operation.ts';
import type { Operations } from './operation.ts';

export const taskDefinitionOperations: Operations = {
  RegisterTaskDefinition(simulation, request) {
    const state = simulation.registerTaskDefinition(request);
    return { taskDefinition: renderTaskDefinition(simulation.world, state), tags: tagList(state.tags) };
  },

  DeregisterTaskDefinition(simulation, request) {
    const state = simulation.deregisterTaskDefinition(textOf(request, 'taskDefinition') ?? '');
    return { taskDefinition: renderTaskDefinition(simulation.world, state) };
  },

  DescribeTaskDefinition({ world }, request) {
    const state = lookUpDefinition(world, textOf(request, 'taskDefinition') ?? '');
    if (state === undefined)
      throw new EcsSimulationError('ClientException', 'Unable to describe task definition.');
    const tags = textsOf(request, 'include').includes('TAGS') ? { tags: tagList(state.tags) } : {};
    return { taskDefinition: renderTaskDefinition(world, state), ...tags };
  },

  ListTaskDefinitions({ world }, request) {
    const prefix = textOf(request, 'familyPrefix');
    const status = textOf(request, 'status') ?? 'ACTIVE';
    const all = [...world.state.taskDefinitions]
      .filter(([family]) => prefix === undefined || family === prefix)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .flatMap(([, revisions]) => revisions)
      .filter((revision) => revision.status === status);
    const sorted = textOf(request, 'sort') === 'DESC' ? all.toReversed() : all;
    const { page, more } = pageOf(sorted, request, 100);
    return { taskDefinitionArns: page.map(({ arn }) => arn), ...more };
  },

  ListTaskDefinitionFamilies({ world }, request) {
    const prefix = textOf(request, 'familyPrefix') ?? '';
    const status = textOf(request, 'status') ?? 'ALL';
    const { page, more } = pageOf(families(world, prefix, status), request, 100);
    return { families: page, ...more };
  },

  DeleteTaskDefinitions(simulation, request) {
    const deleted: TaskDefinitionState[] = [];
    const failures = [];
    for (const reference of atMost(textsOf(request, 'taskDefinitions'), 10, 'TaskDefinitions')) {
      const state = simulation.deleteTaskDefinition(reference);
      if (state !== null) deleted.push(state);
      else if (lookUpDefinition(simulation.world, reference) === undefined)
        failures.push(missingFailure(reference));
      else {
        const detail = 'The specified task definition is still in ACTIVE status. Please deregister it first.';
        failures.push({ arn: reference, reason: 'ACTIVE', detail });
      }
    }
    return {
      taskDefinitions: deleted.map((state) => renderTaskDefinition(simulation.world, state)),
      failures,
    };
  },
};

/** A family is ACTIVE while one of its revisions is. */
function families(world: World, prefix: string, status: string): string[] {
  return [...world.state.taskDefinitions]
    .filter(([family, revisions]) => {
      const active = revisions.some((revision) => revision.status === 'ACTIVE');
      const wanted = status === 'ALL' || (status === 'ACTIVE' ? active : !active && revisions.length > 0);
      return family.startsWith(prefix) && wanted;
    })
    .map(([family]) => family)
    .sort();
}
