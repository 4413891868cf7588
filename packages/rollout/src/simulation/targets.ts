// Targets of load balancers: registered when a task runs, checked, drained when it stops.
import { numberOf, objectsOf, textOf } from './members.ts';
import { tell } from './service-events.ts';
import type { ServiceState } from './service-state.ts';
import type { TargetGroupState } from './state.ts';
import { answers, deploymentOf } from './task-health.ts';
import type { TargetState, TaskState } from './task-state.ts';
import { after, tasksOf, wakeServiceOf } from './world.ts';
import type { World } from './world.ts';

/** Registers every running task that is not registered yet, and tells how many in each group. */
export function registerTargets(world: World, service: ServiceState): void {
  const counts = new Map<string, number>();
  for (const task of tasksOf(world, service)) {
    if (task.lastStatus !== 'RUNNING' || task.desiredStatus !== 'RUNNING' || task.targets.length > 0)
      continue;
    const balancers = objectsOf(deploymentOf(world, task)?.deployment.revision ?? {}, 'loadBalancers');
    for (const balancer of balancers) {
      const key = textOf(balancer, 'targetGroupArn') ?? textOf(balancer, 'loadBalancerName') ?? '';
      const container = textOf(balancer, 'containerName') ?? '';
      register(world, task, key, container, numberOf(balancer, 'containerPort') ?? 0);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  tellTargets(world, service, 'registered', counts);
}

function register(
  world: World,
  task: TaskState,
  group: string,
  containerName: string,
  containerPort: number,
): void {
  const container = task.containers.find((candidate) => candidate.name === containerName);
  const binding = container?.bindings.find((candidate) => candidate.containerPort === containerPort);
  const port = binding?.hostPort ?? containerPort;
  task.targets.push({ group, containerPort, port, state: 'initial', passed: 0, failed: 0, reason: null });
  // Checks run at fixed times, so the first comes after half an interval on average.
  after(world, task, checkMs(world, group) / 2, 'check', task.targets.length - 1);
}

function checkMs(world: World, group: string): number {
  return world.settings.pace.targetCheckMs ?? world.state.targetGroups.get(group)?.intervalMs ?? 30_000;
}

/** One health check of one target; goes on until it passes. A newly registered target is healthy after one passed check. */
export function checkTarget(world: World, task: TaskState, index: number): void {
  const target = task.targets[index];
  if (target === undefined || target.state === 'draining') return;
  const group = world.state.targetGroups.get(target.group);
  if (answers(world, task)) {
    target.passed += 1;
    target.failed = 0;
    const needed =
      target.state === 'initial' && group?.kind !== 'classic' ? 1 : (group?.healthyThreshold ?? 1);
    if (target.passed >= needed) {
      target.state = 'healthy';
      target.reason = null;
      return;
    }
  } else fail(world, task, target, group?.unhealthyThreshold ?? 2);
  after(world, task, checkMs(world, target.group), 'check', index);
}

function fail(world: World, task: TaskState, target: TargetState, threshold: number): void {
  target.passed = 0;
  target.failed += 1;
  if (target.failed < threshold || target.state === 'unhealthy') return;
  const status = task.containers
    .map(({ outcome }) => outcome)
    .find((outcome) => outcome.kind === 'never-healthy')?.status;
  target.state = 'unhealthy';
  target.reason =
    status === undefined ? 'Request timed out' : `Health checks failed with these codes: [${status}]`;
  wakeServiceOf(world, task);
}

/** Takes the tasks out of their groups; they are drained until they stop. Tells how many in each group. */
export function deregisterTargets(world: World, service: ServiceState, tasks: readonly TaskState[]): void {
  const counts = new Map<string, number>();
  for (const target of tasks.flatMap((task) => task.targets)) {
    if (target.state === 'draining') continue;
    target.state = 'draining';
    target.reason = 'Target deregistration is in progress';
    counts.set(target.group, (counts.get(target.group) ?? 0) + 1);
  }
  tellTargets(world, service, 'deregistered', counts);
}

function tellTargets(
  world: World,
  service: ServiceState,
  verb: string,
  counts: ReadonlyMap<string, number>,
): void {
  for (const [group, count] of counts) tell(world, service, `${verb} ${count} ${groupText(world, group)}`);
}

/** `targets in (target-group ARN)`, `instances in (elb NAME)` */
function groupText(world: World, group: string): string {
  const classic = world.state.targetGroups.get(group)?.kind === 'classic';
  return classic ? `instances in (elb ${group})` : `targets in (target-group ${group})`;
}

/** How long the slowest of the task's groups drains a target. */
export function drainMs(world: World, task: TaskState): number {
  const group = (key: string): TargetGroupState | undefined => world.state.targetGroups.get(key);
  const own = Math.max(0, ...task.targets.map((target) => group(target.group)?.deregistrationMs ?? 0));
  return task.targets.length === 0 ? 0 : (world.settings.pace.deregistrationMs ?? own);
}

/** Why the scheduler stops the task, in the event's words and in those of stoppedReason. */
export function unhealthyTexts(
  world: World,
  task: TaskState,
): { readonly event: string; readonly stopped: string } {
  const target = task.targets.find((candidate) => candidate.state === 'unhealthy');
  if (target === undefined) {
    return {
      event: `(task ${task.id}) failed container health checks.`,
      stopped: 'Task failed container health checks',
    };
  }
  if (world.state.targetGroups.get(target.group)?.kind === 'classic') {
    const why = 'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.';
    const instance = ec2InstanceOf(world, task) ?? task.id;
    return {
      event: `(instance ${instance}) is unhealthy in (elb ${target.group}) due to (reason ${why})`,
      stopped: `Task failed ELB health checks in (elb ${target.group})`,
    };
  }
  const place = `(target-group ${target.group})`;
  return {
    event: `(task ${task.id}) (port ${target.port}) is unhealthy in ${place} due to (reason ${target.reason ?? 'unknown'}).`,
    stopped: `Task failed ELB health checks in ${place}`,
  };
}

export function ec2InstanceOf(world: World, task: TaskState): string | undefined {
  const instances = world.state.clusters.get(task.cluster)?.instances ?? [];
  return instances.find((instance) => instance.arn === task.instance)?.ec2InstanceId;
}
