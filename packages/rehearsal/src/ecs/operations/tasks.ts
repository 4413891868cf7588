import {
  EcsSimulationError,
  findCluster,
  lastPart,
  lookUpService,
  textOf,
  textsOf,
} from '@bamboo-ecs/rollout/simulation';
import type { JsonObject, TaskState, World } from '@bamboo-ecs/rollout/simulation';
import { pageOf } from '../paging.ts';
import { missingFailure } from '../render/common.ts';
import { renderTask } from '../render/task.ts';
import { atMost } from './operation.ts';
import type { Operations } from './operation.ts';

const filters = ['containerInstance', 'family', 'serviceName', 'launchType'];

export const taskOperations: Operations = {
  ListTasks({ world }, request) {
    const { page, more } = pageOf(listed(world, request), request, 100);
    return { taskArns: page.map(({ arn }) => arn), ...more };
  },

  DescribeTasks({ world }, request) {
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const found = [];
    const failures = [];
    for (const reference of atMost(textsOf(request, 'tasks'), 100, 'Tasks')) {
      const task = world.state.tasks.get(lastPart(reference));
      if (task !== undefined && task.cluster === cluster.name) {
        found.push(renderTask(world, task, textsOf(request, 'include')));
        continue;
      }
      const { region, account } = world.settings;
      const arn = `arn:aws:ecs:${region}:${account}:task/${cluster.name}/${lastPart(reference)}`;
      failures.push(missingFailure(reference.startsWith('arn:') ? reference : arn));
    }
    return { tasks: found, failures };
  },

  StopTask(simulation, request) {
    return { task: renderTask(simulation.world, simulation.stopTask(request)) };
  },

  RunTask(simulation, request) {
    const { tasks, failures } = simulation.runTask(request);
    return {
      tasks: tasks.map((task) => renderTask(simulation.world, task, ['TAGS'])),
      failures: failures,
    };
  },
};

/** ListTasks shows tasks whose desired status is RUNNING unless STOPPED is asked for. */
function listed(world: World, request: JsonObject): TaskState[] {
  const cluster = findCluster(world, textOf(request, 'cluster'));
  const startedBy = textOf(request, 'startedBy');
  if (startedBy !== undefined && filters.some((filter) => textOf(request, filter) !== undefined)) {
    throw new EcsSimulationError(
      'InvalidParameterException',
      'cannot specify both startedBy and another filter.',
    );
  }
  const desiredStatus = textOf(request, 'desiredStatus') ?? 'RUNNING';
  if (!['RUNNING', 'PENDING', 'STOPPED'].includes(desiredStatus)) {
    throw new EcsSimulationError(
      'InvalidParameterException',
      'desiredStatus must be RUNNING, PENDING or STOPPED.',
    );
  }
  const serviceName = textOf(request, 'serviceName');
  const service = serviceName === undefined ? undefined : lookUpService(world, cluster, serviceName);
  if (serviceName !== undefined && service === undefined) {
    throw new EcsSimulationError('ServiceNotFoundException', 'Service not found.');
  }
  const instance = textOf(request, 'containerInstance');
  const family = textOf(request, 'family');
  const launchType = textOf(request, 'launchType');
  return [...world.state.tasks.values()].filter(
    (task) =>
      task.cluster === cluster.name &&
      task.desiredStatus === desiredStatus &&
      (startedBy === undefined || task.startedBy === startedBy) &&
      (service === undefined || task.service === service.key) &&
      (instance === undefined || lastPart(task.instance ?? '') === lastPart(instance)) &&
      (family === undefined || lastPart(task.taskDefinition).split(':')[0] === family) &&
      (launchType === undefined || task.launchType === launchType),
  );
}
