// Target groups and load balancers: made with the simulation, by the ELB calls, or when a service names one.
import type { JsonObject } from '@bamboo-ecs/release';
import { arnOf, hexId } from './ids.ts';
import { memberOf, numberOf, objectsOf, textOf } from './members.ts';
import type { TargetGroupOptions } from './options.ts';
import { invalid } from './simulation-error.ts';
import type { LoadBalancerState, TargetGroupState } from './state.ts';
import { weighted } from './stages/traffic.ts';
import type { TaskState } from './task-state.ts';
import type { World } from './world.ts';

export function addTargetGroup(world: World, options: TargetGroupOptions, arn?: string): TargetGroupState {
  const id = hexId(world, 'target-group', 16);
  const key = arn ?? arnOf(world, `targetgroup/${options.name}/${id}`, 'elasticloadbalancing');
  const group: TargetGroupState = {
    key,
    kind: 'target-group',
    name: options.name,
    createdAt: world.now,
    intervalMs: (options.intervalSeconds ?? 30) * 1000,
    healthyThreshold: options.healthyThreshold ?? 5,
    unhealthyThreshold: options.unhealthyThreshold ?? 2,
    deregistrationMs: (options.deregistrationSeconds ?? 300) * 1000,
    targetType: options.targetType ?? 'instance',
    port: options.port ?? 80,
    protocol: options.protocol ?? 'HTTP',
    vpcId: options.vpcId ?? 'vpc-0a1b2c3d',
  };
  world.state.targetGroups.set(key, group);
  return group;
}

/** A classic load balancer: its checks and its connection draining (300 s by default) are its own. */
export function addClassic(world: World, name: string): TargetGroupState {
  const group: TargetGroupState = {
    key: name,
    kind: 'classic',
    name,
    createdAt: world.now,
    intervalMs: 30_000,
    healthyThreshold: 2,
    unhealthyThreshold: 2,
    deregistrationMs: 300_000,
    targetType: 'instance',
    port: 80,
    protocol: 'HTTP',
    vpcId: 'vpc-0a1b2c3d',
  };
  world.state.targetGroups.set(name, group);
  addLoadBalancer(world, name);
  return group;
}

export function addLoadBalancer(world: World, name: string): LoadBalancerState {
  const existing = world.state.loadBalancers.get(name);
  if (existing !== undefined) return existing;
  const id = hexId(world, 'target-group', 16);
  const balancer: LoadBalancerState = {
    name,
    arn: arnOf(world, `loadbalancer/app/${name}/${id}`, 'elasticloadbalancing'),
    dnsName:
      `${name}-${parseInt(id.slice(0, 8), 16)}.${world.settings.region}.elb.amazonaws.com`.toLowerCase(),
    createdAt: world.now,
    listeners: [],
  };
  world.state.loadBalancers.set(name, balancer);
  return balancer;
}

/** Checks the load balancers of a revision against its task definition; makes those that do not exist, where that is allowed. */
export function checkLoadBalancers(world: World, revision: JsonObject, definition: JsonObject): void {
  for (const balancer of objectsOf(revision, 'loadBalancers')) {
    const containerName = textOf(balancer, 'containerName') ?? '';
    const containerPort = numberOf(balancer, 'containerPort') ?? 0;
    const container = objectsOf(definition, 'containerDefinitions').find(
      (candidate) => textOf(candidate, 'name') === containerName,
    );
    if (container === undefined)
      throw invalid(`The container ${containerName} does not exist in the task definition.`);
    const ports = objectsOf(container, 'portMappings').map((mapping) => numberOf(mapping, 'containerPort'));
    if (!ports.includes(containerPort)) {
      throw invalid(`The container ${containerName} did not have a container port ${containerPort} defined.`);
    }
    ensureBalancer(world, balancer, textOf(definition, 'networkMode') === 'awsvpc' ? 'ip' : 'instance');
  }
}

function ensureBalancer(world: World, balancer: JsonObject, targetType: 'instance' | 'ip'): void {
  const arn = textOf(balancer, 'targetGroupArn');
  const name = textOf(balancer, 'loadBalancerName');
  if (arn === undefined && name === undefined) {
    throw invalid('Either loadBalancerName or targetGroupArn must be specified.');
  }
  if (world.state.targetGroups.has(arn ?? name ?? '')) return;
  if (arn !== undefined) {
    const groupName = /:targetgroup\/([^/]+)\/[^/]+$/u.exec(arn)?.[1];
    if (groupName === undefined) throw invalid(`Invalid target group ARN: ${arn}`);
    if (!world.settings.loadBalancersOnDemand) {
      throw invalid(`The target group with targetGroupArn ${arn} does not exist.`);
    }
    addTargetGroup(world, { name: groupName, targetType }, arn);
    return;
  }
  if (!world.settings.loadBalancersOnDemand) throw invalid(`Unable to find load balancer ${name ?? ''}.`);
  addClassic(world, name ?? '');
}

/** Is one of the balancers a classic one? */
export function hasClassic(revision: JsonObject): boolean {
  return objectsOf(revision, 'loadBalancers').some(
    (balancer) => memberOf(balancer, 'loadBalancerName') !== undefined,
  );
}

/** Tasks that take requests of the load balancer, classic one or target group of this name, in the order of their start. */
export function tasksBehind(world: World, name: string): TaskState[] {
  const byName = [...world.state.targetGroups.values()].filter((group) => group.name === name);
  const forwarded =
    world.state.loadBalancers.get(name)?.listeners.map((listener) => listener.targetGroup) ?? [];
  const keys = new Set([name, ...byName.map((group) => group.key), ...forwarded]);
  const healthy = [...world.state.tasks.values()].filter(
    (task) =>
      task.lastStatus === 'RUNNING' &&
      task.targets.some((target) => keys.has(target.group) && target.state === 'healthy'),
  );
  return weighted(world, healthy);
}
