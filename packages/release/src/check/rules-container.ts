// What RegisterTaskDefinition requires of each container. Source unless said otherwise: "ContainerDefinition" in the Amazon ECS
// API Reference; ECS's own words, where quoted, are those of its ClientException.
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { at, has, integer, isObject, list, text } from './read.ts';
import { checkName } from './rules-task.ts';
import type { ContainerView, TaskView } from './task-view.ts';

/** Docker refuses less: "The Docker 20.10.0 or later daemon reserves a minimum of 6 MiB". */
const leastMemory = 6;

function checkNameAndImage({ value, segments, name }: ContainerView, findings: Findings): void {
  if (!has(value, 'name'))
    findings.error('container-name', segments, 'A container needs a name', 'Add "name".');
  checkName(findings, [...segments, 'name'], name);
  if (!has(value, 'image'))
    findings.error(
      'container-image',
      segments,
      'A container needs an image',
      'Add "image", as in registry.example.com/hid-generator:${imageTag}.',
    );
  const image = text(value, 'image');
  if (image !== undefined && (image === '' || /\s/u.test(image))) {
    findings.error(
      'container-image',
      [...segments, 'image'],
      `${quote(image)} is no image reference: it is empty or has blanks in it`,
      'Write it as in registry.example.com/hid-generator:${imageTag}.',
    );
  }
}

/** Fargate asks for the task's memory instead. "Invalid setting for container. At least one of 'memory' or 'memoryReservation' must be specified." */
function checkMemory(task: TaskView, { value, segments }: ContainerView, findings: Findings): void {
  const isSet = (member: string): boolean => has(value, member) && integer(value, member) !== 0;
  if (!isSet('memory') && !isSet('memoryReservation') && !has(task.value, 'memory') && !task.fargate) {
    findings.error(
      'container-memory',
      segments,
      "A container needs 'memory' or 'memoryReservation' (MiB), unless the task has 'memory'",
      'Add "memory": 256, or how much it may use at most.',
    );
  }
  const memory = integer(value, 'memory');
  const reservation = integer(value, 'memoryReservation');
  if (memory !== undefined && reservation !== undefined && reservation > memory && memory > 0) {
    findings.error(
      'container-memory',
      [...segments, 'memoryReservation'],
      `memoryReservation (${String(reservation)} MiB) is above memory (${String(memory)} MiB)`,
      'Lower it, or raise memory.',
    );
  }
  for (const member of ['memory', 'memoryReservation']) {
    const mib = integer(value, member);
    if (mib === undefined || mib <= 0 || mib >= leastMemory) continue;
    findings.warning(
      'container-memory',
      [...segments, member],
      `${String(mib)} MiB is less than Docker gives to any container (${String(leastMemory)} MiB)`,
      'The unit is MiB.',
    );
  }
}

interface Named {
  readonly name: string;
  readonly segments: Segments;
}

function names({ value, segments }: ContainerView, member: string): Named[] {
  return list(value, member).flatMap((entry, index) => {
    const name = text(entry, 'name');
    return name === undefined ? [] : [{ name, segments: [...segments, member, index, 'name'] }];
  });
}

/**
 * "Duplicate secret names found. Each secret name must be unique." and "The secret name must be unique and not shared with any
 * new or existing environment variables set on the container". Doubled environment entries are accepted, which one wins is not
 * documented: a warning.
 */
function checkEnvironment(container: ContainerView, findings: Findings): void {
  const variables = new Set<string>();
  for (const { name, segments } of names(container, 'environment')) {
    if (name.trim() === '')
      findings.error(
        'environment-name',
        segments,
        'The name of an environment variable cannot be blank',
        'Give it a name, or take the entry out.',
      );
    if (variables.has(name))
      findings.warning('duplicate-environment', segments, `${quote(name)} is set twice in environment`);
    variables.add(name);
  }
  for (const [index, entry] of list(container.value, 'environment').entries()) {
    if (isObject(entry) && !has(entry, 'name')) {
      findings.error(
        'environment-name',
        [...container.segments, 'environment', index],
        'An environment entry needs a name',
        'Write {"name": "GREETING", "value": "hello"}.',
      );
    }
  }
  const secrets = new Set<string>();
  for (const { name, segments } of names(container, 'secrets')) {
    if (secrets.has(name))
      findings.error('duplicate-secret', segments, `${quote(name)} is set twice in secrets`);
    if (variables.has(name))
      findings.error(
        'duplicate-secret',
        segments,
        `${quote(name)} is set in secrets and in environment; ECS takes it in one of them only`,
      );
    secrets.add(name);
  }
}

/** "When you are specifying container secrets, you must also specify a value for 'executionRoleArn'", for every launch type. */
function checkExecutionRole(task: TaskView, { value, segments }: ContainerView, findings: Findings): void {
  if (has(task.value, 'executionRoleArn')) return;
  const needs = (path: Segments, what: string): void => {
    findings.error(
      'execution-role',
      [...segments, ...path],
      `${what} need the task's executionRoleArn, and there is none`,
      'Add executionRoleArn to the task definition.',
    );
  };
  if (list(value, 'secrets').length > 0) needs(['secrets'], 'Secrets');
  if (list(at(value, 'logConfiguration'), 'secretOptions').length > 0)
    needs(['logConfiguration', 'secretOptions'], 'Secret log options');
  if (has(value, 'repositoryCredentials'))
    needs(['repositoryCredentials'], 'Credentials of a private registry');
}

/** Source: "HealthCheck" in the Amazon ECS API Reference. NONE switches off what the image brings (Docker API). */
function checkHealthCheck({ value, segments }: ContainerView, findings: Findings): void {
  const check = at(value, 'healthCheck');
  if (!has(check, 'command')) return;
  const command = list(check, 'command');
  const [first] = command;
  const where = [...segments, 'healthCheck', 'command'];
  if (Array.isArray(at(check, 'command')) && command.length === 0) {
    findings.error('health-check', where, 'The health check has no command');
  } else if (typeof first === 'string' && !['CMD', 'CMD-SHELL', 'NONE'].includes(first)) {
    findings.error(
      'health-check',
      where,
      `The command of a health check begins with CMD or CMD-SHELL (or is NONE), not with ${quote(first)}`,
      'Write ["CMD-SHELL", "curl -f http://localhost/ || exit 1"].',
    );
  } else if (typeof first === 'string' && first !== 'NONE' && command.length === 1) {
    findings.error('health-check', where, `Nothing follows ${first} in the health check's command`);
  }
}

/** "Log driver awslogs requires options: awslogs-group", "option 'awslogs-create-group' should only be set to 'true', else omit". */
function checkLogs(task: TaskView, { value, segments }: ContainerView, findings: Findings): void {
  const log = at(value, 'logConfiguration');
  if (text(log, 'logDriver') !== 'awslogs') return;
  const options = at(log, 'options');
  const required = ['awslogs-group', 'awslogs-region', ...(task.fargate ? ['awslogs-stream-prefix'] : [])];
  const missing = required.filter((option) => !has(options, option) || text(options, option) === '');
  if (missing.length > 0) {
    findings.error(
      'log-options',
      [...segments, 'logConfiguration'],
      `The log driver awslogs needs the options ${missing.join(', ')}`,
      'Add them to logConfiguration.options.',
    );
  }
  const create = text(options, 'awslogs-create-group');
  if (create !== undefined && create !== 'true') {
    findings.error(
      'log-options',
      [...segments, 'logConfiguration', 'options', 'awslogs-create-group'],
      "awslogs-create-group can only be 'true'",
      'Take it out: then no group is created.',
    );
  }
}

function checkMounts(task: TaskView, { value, segments }: ContainerView, findings: Findings): void {
  const volumes = list(task.value, 'volumes');
  if (volumes.some((volume) => has(volume, 'name') && text(volume, 'name') === undefined)) return;
  const known = new Set(volumes.map((volume) => text(volume, 'name')));
  for (const [index, mount] of list(value, 'mountPoints').entries()) {
    const source = text(mount, 'sourceVolume');
    if (source === undefined || known.has(source)) continue;
    findings.error(
      'unknown-volume',
      [...segments, 'mountPoints', index, 'sourceVolume'],
      `The task has no volume ${quote(source)}`,
      'Add it to "volumes" of the task definition, or take the mount point out.',
    );
  }
}

export function checkContainer(task: TaskView, container: ContainerView, findings: Findings): void {
  if (!isObject(container.value)) return;
  checkNameAndImage(container, findings);
  checkMemory(task, container, findings);
  checkEnvironment(container, findings);
  checkExecutionRole(task, container, findings);
  checkHealthCheck(container, findings);
  checkLogs(task, container, findings);
  checkMounts(task, container, findings);
}
