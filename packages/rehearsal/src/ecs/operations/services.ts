import {
  findCluster,
  isSeen,
  lastPart,
  lookUpService,
  textOf,
  textsOf,
} from '@bamboo-ecs/rollout/simulation';
import { pageOf } from '../paging.ts';
import { missingFailure } from '../render/common.ts';
import { renderService } from '../render/service.ts';
import { atMost } from './operation.ts';
import type { Operations } from './operation.ts';

export const serviceOperations: Operations = {
  CreateService(simulation, request) {
    return { service: renderService(simulation.world, simulation.createService(request), ['TAGS']) };
  },

  UpdateService(simulation, request) {
    return { service: renderService(simulation.world, simulation.updateService(request)) };
  },

  DeleteService(simulation, request) {
    return { service: renderService(simulation.world, simulation.deleteService(request)) };
  },

  DescribeServices({ world }, request) {
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const found = [];
    const failures = [];
    for (const reference of atMost(textsOf(request, 'services'), 10, 'Services')) {
      const service = lookUpService(world, cluster, reference);
      if (service !== undefined && isSeen(world, service)) {
        found.push(renderService(world, service, textsOf(request, 'include')));
        continue;
      }
      const { region, account } = world.settings;
      const arn = `arn:aws:ecs:${region}:${account}:service/${cluster.name}/${lastPart(reference)}`;
      failures.push(missingFailure(reference.startsWith('arn:') ? reference : arn));
    }
    return { services: found, failures };
  },

  ListServices({ world }, request) {
    const cluster = findCluster(world, textOf(request, 'cluster'));
    const launchType = textOf(request, 'launchType');
    const strategy = textOf(request, 'schedulingStrategy');
    const listed = [...world.state.services.values()].filter(
      (service) =>
        service.cluster === cluster.name &&
        service.status !== 'INACTIVE' &&
        isSeen(world, service) &&
        (launchType === undefined || service.launchType === launchType) &&
        (strategy === undefined || service.schedulingStrategy === strategy),
    );
    const { page, more } = pageOf(listed, request, 10);
    return { serviceArns: page.map(({ arn }) => arn), ...more };
  },
};
