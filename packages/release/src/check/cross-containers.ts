// What a service says about the containers of its tasks. Source: "LoadBalancer", "ServiceRegistry", "ServiceConnectService" and
// "CreateService" in the Amazon ECS API Reference.
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { hintFromNames } from './suggest.ts';
import { at, has, integer, list, text } from './read.ts';
import type { ContainerView, TaskView } from './task-view.ts';

function hasPort(container: ContainerView, wanted: number): boolean | undefined {
  if (
    container.ports.some(
      ({ containerPort, range }) =>
        containerPort === wanted || (range && wanted >= range[0] && wanted <= range[1]),
    )
  )
    return true;
  // A port that is not known yet may be the one.
  return container.ports.some(
    ({ value, containerPort }) => has(value, 'containerPort') && containerPort === undefined,
  )
    ? undefined
    : false;
}

function checkTarget(task: TaskView, value: unknown, segments: Segments, findings: Findings): void {
  const name = text(value, 'containerName');
  if (name === undefined) return;
  const container = task.byName.get(name);
  if (!container) {
    if (!task.allNamed) return;
    findings.error(
      'unknown-container',
      [...segments, 'containerName'],
      `The task definition has no container ${quote(name)}`,
      hintFromNames(name, [...task.byName.keys()]),
    );
    return;
  }
  const port = integer(value, 'containerPort');
  if (port === undefined || hasPort(container, port) !== false) return;
  const ports = container.ports.flatMap(({ containerPort, range }) =>
    range ? `${String(range[0])}-${String(range[1])}` : (containerPort ?? []),
  );
  findings.error(
    'unknown-port',
    [...segments, 'containerPort'],
    `The container ${quote(name)} has no port mapping with containerPort ${String(port)}`,
    ports.length > 0 ? `It has ${ports.join(', ')}.` : 'It has no port mappings.',
  );
}

/** The names of port mappings, which Service Connect, VPC Lattice and gateway connectors refer to. */
function checkPortNames(task: TaskView, service: unknown, findings: Findings): void {
  const ports = task.containers.flatMap((container) => container.ports);
  if (ports.some(({ value }) => has(value, 'name') && text(value, 'name') === undefined)) return;
  const names = ports.flatMap(({ value }) => text(value, 'name') ?? []);
  const check = (owner: unknown, member: string, prefix: Segments): void => {
    for (const [index, entry] of list(owner, member).entries()) {
      const name = text(entry, 'portName');
      if (name === undefined || names.includes(name)) continue;
      findings.error(
        'unknown-port-name',
        [...prefix, member, index, 'portName'],
        `No port mapping of the task definition is called ${quote(name)}`,
        names.length > 0 ? hintFromNames(name, names, 'There are') : 'None has a name.',
      );
    }
  };
  check(at(service, 'serviceConnectConfiguration'), 'services', ['serviceConnectConfiguration']);
  check(service, 'vpcLatticeConfigurations', []);
  check(service, 'gatewayConnectors', []);
}

function checkNetwork(task: TaskView, service: unknown, creates: boolean, findings: Findings): void {
  const { networkMode } = task;
  if (networkMode === undefined) return;
  const given = has(service, 'networkConfiguration');
  if (networkMode === 'awsvpc' && creates && !given) {
    findings.error(
      'network-configuration',
      [],
      'The task has the network mode awsvpc, so the service needs networkConfiguration (subnets, security groups)',
      'Add it, or give the task another networkMode.',
    );
  }
  if (networkMode !== 'awsvpc' && given) {
    findings.error(
      'network-configuration',
      ['networkConfiguration'],
      `networkConfiguration goes with the network mode awsvpc only, the task has ${networkMode}`,
      'Take it out, or write "networkMode": "awsvpc" in the task definition.',
    );
  }
  if (networkMode === 'awsvpc' && has(service, 'role') && !given) {
    findings.error(
      'role',
      ['role'],
      'ECS takes no role when tasks use awsvpc: it uses its service-linked role then',
      'Take role out.',
    );
  }
}

/** Classic load balancers know one port for all instances. Source: "Service load balancing" in the Amazon ECS Developer Guide. */
function checkClassic(task: TaskView, balancer: unknown, segments: Segments, findings: Findings): void {
  if (!has(balancer, 'loadBalancerName')) return;
  if (task.networkMode === 'awsvpc') {
    findings.error(
      'classic-load-balancer',
      [...segments, 'loadBalancerName'],
      'Classic load balancers do not work with the network mode awsvpc',
      'Give targetGroupArn.',
    );
    return;
  }
  if (task.networkMode !== 'bridge') return;
  const container = task.byName.get(text(balancer, 'containerName') ?? '');
  const port = container?.ports.find(
    ({ containerPort }) =>
      containerPort !== undefined && containerPort === integer(balancer, 'containerPort'),
  );
  if (!port || (has(port.value, 'hostPort') && port.hostPort !== 0)) return;
  findings.warning(
    'classic-load-balancer',
    segments,
    'A classic load balancer needs a fixed hostPort, this container gets a free one on each start',
    'Give the port mapping a hostPort, or use a target group.',
  );
}

export function checkServiceAgainstTask(
  task: TaskView,
  service: unknown,
  creates: boolean,
  findings: Findings,
): void {
  for (const [index, balancer] of list(service, 'loadBalancers').entries()) {
    checkTarget(task, balancer, ['loadBalancers', index], findings);
    checkClassic(task, balancer, ['loadBalancers', index], findings);
  }
  for (const [index, registry] of list(service, 'serviceRegistries').entries()) {
    checkTarget(task, registry, ['serviceRegistries', index], findings);
  }
  checkPortNames(task, service, findings);
  checkNetwork(task, service, creates, findings);
}
