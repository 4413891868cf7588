// What RegisterTaskDefinition requires of the task as a whole. Source unless said otherwise: "RegisterTaskDefinition" and
// "ContainerDefinition" in the Amazon ECS API Reference.
import { quote } from '../path.ts';
import type { Findings } from './findings.ts';
import { at, integer, text } from './read.ts';
import { cpuUnits, memoryMiB } from './task-size.ts';
import type { TaskView } from './task-view.ts';

export const namePattern = /^[\w-]{1,255}$/u;
/** Source: "Amazon ECS service quotas", task definition size limit. */
const largestTaskDefinition = 65_536;

export function checkName(
  findings: Findings,
  segments: readonly (string | number)[],
  name: string | undefined,
): void {
  if (name === undefined || namePattern.test(name)) return;
  findings.error(
    'invalid-name',
    segments,
    `${quote(name)} cannot be a name: 1 to 255 letters, digits, hyphens and underscores are allowed`,
    'Write another name, or mend the value of its variable.',
  );
}

function checkContainers(task: TaskView, findings: Findings): void {
  const { containers } = task;
  if (containers.length === 0) {
    if (Array.isArray(at(task.value, 'containerDefinitions'))) {
      findings.error(
        'no-container',
        ['containerDefinitions'],
        'A task needs at least one container',
        'Add one.',
      );
    }
    return;
  }
  if (containers.every(({ value }) => at(value, 'essential') === false)) {
    findings.error(
      'no-essential-container',
      ['containerDefinitions'],
      'At least one container of a task must be essential',
      'Take "essential": false out of the container that does the work.',
    );
  }
  const seen = new Map<string, number>();
  for (const [index, { name, segments }] of containers.entries()) {
    if (name === undefined) continue;
    const first = seen.get(name);
    if (first === undefined) seen.set(name, index);
    else
      findings.error(
        'duplicate-container',
        [...segments, 'name'],
        `Containers ${String(first)} and ${String(index)} are both called ${quote(name)}`,
        'Rename one of them.',
      );
  }
}

/** The containers' reservations must fit into the task. A container without a memory reservation counts with its limit. */
function checkSums(task: TaskView, findings: Findings): void {
  const memory = memoryMiB(text(task.value, 'memory'));
  const cpu = cpuUnits(text(task.value, 'cpu'));
  const sum = (of: (value: unknown) => number | undefined): number =>
    task.containers.reduce((total, { value }) => total + (of(value) ?? 0), 0);
  const memorySum = sum((value) => integer(value, 'memoryReservation') ?? integer(value, 'memory'));
  if (memory !== undefined && memorySum > memory) {
    findings.error(
      'containers-exceed-task',
      ['memory'],
      `The containers reserve ${String(memorySum)} MiB together, the task has ${String(memory)} MiB`,
      'Raise the memory of the task, or lower that of containers.',
    );
  }
  const cpuSum = sum((value) => integer(value, 'cpu'));
  if (cpu !== undefined && cpuSum > cpu) {
    findings.error(
      'containers-exceed-task',
      ['cpu'],
      `The containers reserve ${String(cpuSum)} CPU units together, the task has ${String(cpu)}`,
      'Raise the cpu of the task, or lower that of containers.',
    );
  }
}

function checkSize(task: TaskView, findings: Findings): void {
  const cpu = text(task.value, 'cpu');
  if (cpu !== undefined && cpuUnits(cpu) === undefined) {
    findings.error(
      'invalid-task-size',
      ['cpu'],
      `${quote(cpu, 40)} is no amount of CPU`,
      'Write CPU units ("256") or vCPUs ("0.25 vCPU").',
    );
  }
  const memory = text(task.value, 'memory');
  if (memory !== undefined && memoryMiB(memory) === undefined) {
    findings.error(
      'invalid-task-size',
      ['memory'],
      `${quote(memory, 40)} is no amount of memory`,
      'Write MiB ("512") or GB ("0.5 GB").',
    );
  }
  const size = Buffer.byteLength(JSON.stringify(task.value) ?? '');
  if (size > largestTaskDefinition) {
    findings.error(
      'too-large',
      [],
      `The task definition has ${String(size)} bytes; ECS takes at most ${String(largestTaskDefinition)}`,
      'Move large values to environmentFiles or secrets.',
    );
  }
}

export function checkTask(task: TaskView, findings: Findings): void {
  checkName(findings, ['family'], text(task.value, 'family'));
  checkContainers(task, findings);
  checkSize(task, findings);
  checkSums(task, findings);
}
