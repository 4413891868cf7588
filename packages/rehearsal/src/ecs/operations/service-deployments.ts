import {
  EcsSimulationError,
  findCluster,
  findServiceDeployment,
  lookUpService,
  numberOf,
  objectOf,
  textOf,
  textsOf,
} from '@bamboo-ecs/rollout/simulation';
import { pageOf } from '../paging.ts';
import { missingFailure } from '../render/common.ts';
import { renderBrief, renderRevision, renderServiceDeployment } from '../render/service-deployment.ts';
import { atMost } from './operation.ts';
import type { Operations } from './operation.ts';

export const serviceDeploymentOperations: Operations = {
  ListServiceDeployments({ world }, request) {
    const reference = textOf(request, 'service') ?? '';
    const inArn = /:service\/([^/]+)\/[^/]+$/u.exec(reference)?.[1];
    const cluster = findCluster(world, textOf(request, 'cluster') ?? inArn);
    const service = lookUpService(world, cluster, reference);
    if (service === undefined) throw new EcsSimulationError('ServiceNotFoundException', 'Service not found.');
    const status = textsOf(request, 'status');
    const created = objectOf(request, 'createdAt');
    const [after, before] = [numberOf(created, 'after') ?? 0, numberOf(created, 'before') ?? Infinity];
    const listed = service.serviceDeployments.filter(
      (record) =>
        (status.length === 0 || status.includes(record.status)) &&
        record.createdAt >= after * 1000 &&
        record.createdAt <= before * 1000,
    );
    const { page, more } = pageOf(listed, request, 20);
    return { serviceDeployments: page.map((record) => renderBrief(world, service, record)), ...more };
  },

  DescribeServiceDeployments({ world }, request) {
    const found = [];
    const failures = [];
    for (const arn of atMost(textsOf(request, 'serviceDeploymentArns'), 20, 'ServiceDeploymentArns')) {
      const match = findServiceDeployment(world, arn);
      if (match === undefined) failures.push(missingFailure(arn));
      else found.push(renderServiceDeployment(world, match.service, match.record));
    }
    return { serviceDeployments: found, failures };
  },

  StopServiceDeployment(simulation, request) {
    const arn = textOf(request, 'serviceDeploymentArn') ?? '';
    return { serviceDeploymentArn: simulation.stopServiceDeployment(arn, textOf(request, 'stopType')).arn };
  },

  ContinueServiceDeployment(simulation, request) {
    const arn = textOf(request, 'serviceDeploymentArn') ?? '';
    const hook = textOf(request, 'hookId') ?? '';
    const record = simulation.continueServiceDeployment(arn, hook, textOf(request, 'action'));
    return { serviceDeploymentArn: record.arn };
  },

  DescribeServiceRevisions({ world }, request) {
    const found = [];
    const failures = [];
    for (const arn of atMost(textsOf(request, 'serviceRevisionArns'), 20, 'ServiceRevisionArns')) {
      const service = [...world.state.services.values()].find(({ revisions }) =>
        revisions.some((revision) => revision.arn === arn),
      );
      const revision = service?.revisions.find((candidate) => candidate.arn === arn);
      if (service === undefined || revision === undefined) failures.push(missingFailure(arn));
      else found.push(renderRevision(world, service, revision));
    }
    return { serviceRevisions: found, failures };
  },
};
