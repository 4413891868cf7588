// What Fargate asks for, once requiresCompatibilities names it. Source: "RegisterTaskDefinition" in the Amazon ECS API Reference
// and "Task definition parameters for Fargate" in the Amazon ECS Developer Guide.
import { quote } from '../path.ts';
import type { Findings } from './findings.ts';
import { at, has, integer, list, text } from './read.ts';
import { cpuUnits, memoryMiB } from './task-size.ts';
import type { ContainerView, TaskView } from './task-view.ts';

/** CPU units → least and most MiB, and the step between. AWS adds rows: a CPU value that is not here is a warning only. */
const sizes: ReadonlyMap<number, readonly [least: number, most: number, step: number]> = new Map([
  [256, [512, 2048, 512]],
  [512, [1024, 4096, 1024]],
  [1024, [2048, 8192, 1024]],
  [2048, [4096, 16_384, 1024]],
  [4096, [8192, 30_720, 1024]],
  [8192, [16_384, 61_440, 4096]],
  [16_384, [32_768, 122_880, 8192]],
]);
const logDrivers = ['awsfirelens', 'awslogs', 'splunk'];
const mostSecondsToStop = 120;

function checkSize(task: TaskView, findings: Findings): void {
  for (const member of ['cpu', 'memory']) {
    if (!has(task.value, member)) {
      findings.error(
        'fargate-size',
        [],
        `Fargate needs '${member}' for the task as a whole`,
        member === 'cpu' ? 'Such as "cpu": "256".' : 'Such as "memory": "512".',
      );
    }
  }
  const cpu = cpuUnits(text(task.value, 'cpu'));
  const memory = memoryMiB(text(task.value, 'memory'));
  if (cpu === undefined) return;
  const size = sizes.get(cpu);
  if (!size) {
    findings.warning(
      'fargate-size',
      ['cpu'],
      `${String(cpu)} CPU units are no size that is known for Fargate`,
      `Known are ${[...sizes.keys()].join(', ')}.`,
    );
    return;
  }
  const [least, most, step] = size;
  // The smallest size has no 1536 MiB, all others go up evenly.
  if (
    memory === undefined ||
    (memory >= least && memory <= most && memory % step === 0 && !(cpu === 256 && memory === 1536))
  )
    return;
  const range =
    cpu === 256 ? '512, 1024 or 2048' : `${String(least)} to ${String(most)} in steps of ${String(step)}`;
  findings.error(
    'fargate-size',
    ['memory'],
    `Fargate has no size with ${String(cpu)} CPU units and ${String(memory)} MiB`,
    `With ${String(cpu)} CPU units memory can be ${range} MiB.`,
  );
}

function checkContainer({ value, segments, name }: ContainerView, findings: Findings): void {
  const label = name === undefined ? 'The container' : `The container ${quote(name)}`;
  if (at(value, 'privileged') === true) {
    findings.error(
      'fargate',
      [...segments, 'privileged'],
      `${label} is privileged, which Fargate does not allow`,
    );
  }
  const driver = text(at(value, 'logConfiguration'), 'logDriver');
  if (driver !== undefined && !logDrivers.includes(driver)) {
    findings.error(
      'fargate',
      [...segments, 'logConfiguration', 'logDriver'],
      `Fargate has no log driver ${quote(driver)}`,
      `It has ${logDrivers.join(', ')}.`,
    );
  }
  for (const member of ['startTimeout', 'stopTimeout']) {
    const seconds = integer(value, member);
    if (seconds !== undefined && (seconds > mostSecondsToStop || seconds < 2)) {
      findings.error(
        'fargate',
        [...segments, member],
        `On Fargate ${member} must lie between 2 and ${String(mostSecondsToStop)} s, but is ${String(seconds)}`,
      );
    }
  }
}

export function checkFargate(task: TaskView, findings: Findings): void {
  if (!task.fargate) return;
  checkSize(task, findings);
  if (task.networkMode !== undefined && task.networkMode !== 'awsvpc') {
    const given = has(task.value, 'networkMode');
    findings.error(
      'fargate',
      given ? ['networkMode'] : [],
      `Fargate needs the network mode awsvpc, the task has ${task.networkMode}${given ? '' : ' (the default)'}`,
      'Write "networkMode": "awsvpc".',
    );
  }
  if (list(task.value, 'placementConstraints').length > 0) {
    findings.error('fargate', ['placementConstraints'], 'Fargate takes no placement constraints');
  }
  for (const [index, volume] of list(task.value, 'volumes').entries()) {
    const segments = ['volumes', index];
    if (has(volume, 'dockerVolumeConfiguration'))
      findings.error('fargate', [...segments, 'dockerVolumeConfiguration'], 'Fargate has no Docker volumes');
    if (has(at(volume, 'host'), 'sourcePath'))
      findings.error(
        'fargate',
        [...segments, 'host', 'sourcePath'],
        'On Fargate a volume cannot lie on the host',
      );
  }
  for (const container of task.containers) checkContainer(container, findings);
}
