// Port mappings and the network mode. Source: "PortMapping" and "RegisterTaskDefinition" in the Amazon ECS API Reference.
import { quote } from '../path.ts';
import type { Findings } from './findings.ts';
import { has, list, text } from './read.ts';
import {
  fixedHostPort,
  parsePortRange,
  type ContainerView,
  type PortView,
  type TaskView,
} from './task-view.ts';

/** Taken on each container instance: SSH, Docker, the ECS agent. */
const reservedPorts = new Set([22, 2375, 2376, 51_678, 51_679, 51_680]);
const ephemeralPorts = 32_768;

function checkRange(port: PortView, findings: Findings): void {
  const given = text(port.value, 'containerPortRange');
  if (given === undefined) return;
  const where = [...port.segments, 'containerPortRange'];
  const range = parsePortRange(given);
  if (!range || range[0] < 1 || range[1] > 65_535 || range[0] >= range[1]) {
    findings.error(
      'port-range',
      where,
      `${quote(given)} is no range of ports`,
      'Write "first-last", first below last, within 1 to 65535.',
    );
  }
  if (has(port.value, 'hostPort'))
    findings.error(
      'port-range',
      [...port.segments, 'hostPort'],
      'With containerPortRange there can be no hostPort',
      'Take hostPort out.',
    );
}

function checkHostPort(task: TaskView, port: PortView, findings: Findings): void {
  const { containerPort, hostPort } = port;
  if (hostPort === undefined) return;
  const where = [...port.segments, 'hostPort'];
  if (task.networkMode === 'awsvpc' || task.networkMode === 'host') {
    if (containerPort === undefined || hostPort === containerPort) return;
    findings.error(
      'host-port-differs',
      where,
      `With the network mode ${task.networkMode} hostPort must equal containerPort (${String(containerPort)}), but is ${String(hostPort)}`,
      'Take hostPort out.',
    );
  } else if (task.networkMode === 'bridge' && reservedPorts.has(hostPort)) {
    findings.warning(
      'host-port-reserved',
      where,
      `Host port ${String(hostPort)} is taken on every container instance by SSH, Docker or the ECS agent`,
    );
  } else if (task.networkMode === 'bridge' && hostPort >= ephemeralPorts) {
    findings.warning(
      'host-port-ephemeral',
      where,
      `Host port ${String(hostPort)} lies in the range from which ports are given out automatically: it may be taken`,
      `Use a port below ${String(ephemeralPorts)}, or 0 for a free one.`,
    );
  }
}

function checkNetworkMode(
  task: TaskView,
  { value, segments, ports }: ContainerView,
  findings: Findings,
): void {
  const { networkMode } = task;
  if (networkMode === 'none' && ports.length > 0) {
    findings.error(
      'network-mode',
      [...segments, 'portMappings'],
      'With the network mode none there can be no port mappings',
      'Take them out, or choose another networkMode.',
    );
  }
  if (networkMode !== undefined && networkMode !== 'bridge' && list(value, 'links').length > 0) {
    findings.error(
      'network-mode',
      [...segments, 'links'],
      `Links exist with the network mode bridge only, the task has ${networkMode}`,
      'Containers of one awsvpc task reach each other at localhost.',
    );
  }
  if (networkMode !== 'awsvpc') return;
  for (const member of ['hostname', 'extraHosts']) {
    if (has(value, member) && (member === 'hostname' || list(value, member).length > 0)) {
      findings.error(
        'network-mode',
        [...segments, member],
        `${member} is not supported with the network mode awsvpc`,
      );
    }
  }
}

/** Two containers of a task cannot have one port of the instance (bridge, host) or of the task's interface (awsvpc). */
function checkDuplicates(task: TaskView, findings: Findings): void {
  const seen = new Map<string, string>();
  for (const container of task.containers) {
    for (const port of container.ports) {
      const fixed = fixedHostPort(task, port);
      if (fixed === undefined || port.protocol === undefined) continue;
      const key = `${String(fixed)}/${port.protocol}`;
      const owner =
        container.name === undefined
          ? `container ${String(container.segments[1])}`
          : `container ${quote(container.name)}`;
      const first = seen.get(key);
      if (first === undefined) seen.set(key, owner);
      else
        findings.error(
          'duplicate-host-port',
          port.segments,
          `Port ${key} is taken by ${first} already: the task could never be placed`,
          'Give it another hostPort, or 0 for a free one.',
        );
    }
  }
}

export function checkPorts(task: TaskView, findings: Findings): void {
  for (const container of task.containers) {
    checkNetworkMode(task, container, findings);
    for (const port of container.ports) {
      if (!has(port.value, 'containerPort') && !has(port.value, 'containerPortRange')) {
        findings.error(
          'port-mapping',
          port.segments,
          'A port mapping needs containerPort (or containerPortRange)',
          'Add the port at which the container listens.',
        );
      }
      checkRange(port, findings);
      checkHostPort(task, port, findings);
    }
  }
  checkDuplicates(task, findings);
}
