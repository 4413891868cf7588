// How a deployment of this task would go in this service, and where service-definition and service-update say different things.
import type { DescriptorKind } from '../descriptor.ts';
import type { Descriptors, FindingsOf } from './cross-names.ts';
import type { Findings } from './findings.ts';
import { at, has, text } from './read.ts';
import { deploymentNumbers, mustStay } from './rules-deployment.ts';
import { checkDaemon } from './rules-service.ts';
import { fixedHostPort, type TaskView } from './task-view.ts';

/**
 * A fixed host port while no task may be stopped first: each new task needs an instance on which the old one does not run. ECS says
 * "unable to place a task … is already using a port required by your task", and the deployment hangs.
 * Source: "Service event messages" in the Amazon ECS Developer Guide. Returns whether it warned.
 */
function warnOfFixedPort(
  kind: DescriptorKind,
  task: TaskView,
  service: unknown,
  findings: Findings,
): boolean {
  if (task.networkMode !== 'bridge' && task.networkMode !== 'host') return false;
  const fixed = task.containers
    .flatMap(({ ports }) => ports.map((port) => fixedHostPort(task, port)))
    .find((port) => port !== undefined);
  const numbers = deploymentNumbers(kind, service);
  if (fixed === undefined || numbers?.least === undefined) return false;
  const { desired, least } = numbers;
  if (desired === undefined ? least < 100 : desired < 1 || mustStay(desired, least) < desired) return false;
  const percent = `minimumHealthyPercent ${String(least)}${desired === undefined ? '' : ` of desiredCount ${String(desired)}`}`;
  findings.warning(
    'fixed-host-port',
    has(service, 'deploymentConfiguration') ? ['deploymentConfiguration'] : [],
    `Host port ${String(fixed)} is fixed and ${percent} lets no old task stop first: each new task needs a container instance on which the old one does not run`,
    'Have more instances than tasks, use hostPort 0 with a target group, or lower minimumHealthyPercent (0 means a short gap).',
  );
  return true;
}

function sameJson(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** Not wrong, since both may be meant; but a service then changes with its second installation. */
function warnOfDifferences({ create, update }: Descriptors, findings: Findings): void {
  const createdDaemon = text(create, 'schedulingStrategy') === 'DAEMON';
  for (const member of ['desiredCount', 'maximumPercent', 'minimumHealthyPercent']) {
    const path = member === 'desiredCount' ? [member] : ['deploymentConfiguration', member];
    const [owner, other] =
      path.length === 1
        ? [update, create]
        : [at(update, 'deploymentConfiguration'), at(create, 'deploymentConfiguration')];
    const here = at(owner, member);
    const there = at(other, member);
    if (typeof here !== 'number' || typeof there !== 'number' || sameJson(here, there) || createdDaemon)
      continue;
    findings.warning(
      'values-differ',
      path,
      `${member} is ${String(here)} here and ${String(there)} in the service-definition: the first installation and the next ones differ`,
    );
  }
}

export function checkDeployments(
  descriptors: Descriptors,
  task: TaskView | undefined,
  findings: FindingsOf,
): void {
  const { create, update } = descriptors;
  const daemon = text(create, 'schedulingStrategy') === 'DAEMON';
  if (task && !daemon) {
    const warned =
      create !== undefined &&
      warnOfFixedPort('service-definition', task, create, findings['service-definition']);
    if (!warned && update !== undefined)
      warnOfFixedPort('service-update', task, update, findings['service-update']);
  }
  if (daemon && update !== undefined) checkDaemon(update, findings['service-update']);
  if (create !== undefined && update !== undefined)
    warnOfDifferences(descriptors, findings['service-update']);
}
