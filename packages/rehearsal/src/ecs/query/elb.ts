// Elastic Load Balancing v2: enough to make a load balancer with a target group and to see the health of its targets.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type {
  EcsSimulation,
  LoadBalancerState,
  TargetGroupState,
  TargetState,
  TaskState,
} from '@bamboo-ecs/rollout/simulation';
import type { QueryAction, QueryRequest } from './handle-query.ts';
import { xmlText } from '../wire.ts';

/** `Names.member.1`, `Names.member.2`, … */
export function members({ parameters }: QueryRequest, name: string): string[] {
  const values: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = parameters.get(`${name}.member.${index}`);
    if (value === null) return values;
    values.push(value);
  }
}

export function required({ parameters }: QueryRequest, name: string): string {
  const value = parameters.get(name);
  if (value === null || value === '') throw new EcsSimulationError('ValidationError', `${name} is required.`);
  return value;
}

function optionalNumber({ parameters }: QueryRequest, name: string): number | undefined {
  const value = parameters.get(name);
  if (value === null) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number))
    throw new EcsSimulationError('ValidationError', `${name} must be a whole number.`);
  return number;
}

export function element(name: string, value: string | number): string {
  return `<${name}>${xmlText(String(value))}</${name}>`;
}

export function list(name: string, items: readonly string[]): string {
  return `<${name}>${items.map((item) => `<member>${item}</member>`).join('')}</${name}>`;
}

export const elbActions: Readonly<Record<string, QueryAction>> = {
  CreateTargetGroup(simulation, request) {
    const name = required(request, 'Name');
    if (groups(simulation).some((group) => group.name === name)) {
      throw new EcsSimulationError(
        'DuplicateTargetGroupName',
        `A target group with the name ${name} exists already.`,
      );
    }
    const group = simulation.addTargetGroup({
      name,
      targetType: request.parameters.get('TargetType') === 'ip' ? 'ip' : 'instance',
      port: optionalNumber(request, 'Port') ?? 80,
      protocol: request.parameters.get('Protocol') ?? 'HTTP',
      vpcId: request.parameters.get('VpcId') ?? 'vpc-0a1b2c3d',
      intervalSeconds: optionalNumber(request, 'HealthCheckIntervalSeconds') ?? 30,
      healthyThreshold: optionalNumber(request, 'HealthyThresholdCount') ?? 5,
      unhealthyThreshold: optionalNumber(request, 'UnhealthyThresholdCount') ?? 2,
    });
    return list('TargetGroups', [renderGroup(simulation, group)]);
  },

  DescribeTargetGroups(simulation, request) {
    const [arns, names] = [members(request, 'TargetGroupArns'), members(request, 'Names')];
    const found = groups(simulation).filter(
      (group) =>
        (arns.length === 0 || arns.includes(group.key)) && (names.length === 0 || names.includes(group.name)),
    );
    const unknown = arns.filter((arn) => !simulation.state.targetGroups.has(arn));
    const onDemand = madeOnDemand(simulation) ? unknown.flatMap(renderUnmade) : [];
    if (found.length + onDemand.length < Math.max(arns.length, names.length)) throw groupNotFound();
    return list('TargetGroups', [...found.map((group) => renderGroup(simulation, group)), ...onDemand]);
  },

  DescribeTargetHealth(simulation, request) {
    const arn = required(request, 'TargetGroupArn');
    const group = simulation.state.targetGroups.get(arn);
    if (group === undefined) throw groupNotFound();
    const targets = [...simulation.state.tasks.values()].flatMap((task) =>
      task.targets
        .filter((target) => target.group === arn)
        .map((target) => renderTarget(simulation, task, target, group)),
    );
    return list('TargetHealthDescriptions', targets);
  },

  CreateLoadBalancer(simulation, request) {
    return list('LoadBalancers', [renderBalancer(simulation.addLoadBalancer(required(request, 'Name')))]);
  },

  DescribeLoadBalancers(simulation, request) {
    const [arns, names] = [members(request, 'LoadBalancerArns'), members(request, 'Names')];
    const found = [...simulation.state.loadBalancers.values()].filter(
      (balancer) =>
        (arns.length === 0 || arns.includes(balancer.arn)) &&
        (names.length === 0 || names.includes(balancer.name)),
    );
    if (found.length < Math.max(arns.length, names.length)) throw balancerNotFound();
    return list('LoadBalancers', found.map(renderBalancer));
  },

  CreateListener(simulation, request) {
    const arn = required(request, 'LoadBalancerArn');
    const balancer = [...simulation.state.loadBalancers.values()].find((candidate) => candidate.arn === arn);
    if (balancer === undefined) throw balancerNotFound();
    const targetGroup = required(request, 'DefaultActions.member.1.TargetGroupArn');
    if (!simulation.state.targetGroups.has(targetGroup)) throw groupNotFound();
    const port = optionalNumber(request, 'Port') ?? 80;
    const number = balancer.listeners.length + 1;
    const listener = { arn: `${arn.replace(':loadbalancer/', ':listener/')}/${number}`, port, targetGroup };
    balancer.listeners.push(listener);
    const action = element('Type', 'forward') + element('TargetGroupArn', targetGroup);
    return list('Listeners', [
      element('ListenerArn', listener.arn) +
        element('LoadBalancerArn', arn) +
        element('Port', port) +
        element('Protocol', request.parameters.get('Protocol') ?? 'HTTP') +
        list('DefaultActions', [action]),
    ]);
  },
};

function groups(simulation: EcsSimulation): TargetGroupState[] {
  return [...simulation.state.targetGroups.values()].filter(({ kind }) => kind === 'target-group');
}

function groupNotFound(): EcsSimulationError {
  return new EcsSimulationError('TargetGroupNotFound', 'One or more target groups not found');
}

function balancerNotFound(): EcsSimulationError {
  return new EcsSimulationError('LoadBalancerNotFound', 'One or more load balancers not found');
}

function renderGroup(simulation: EcsSimulation, group: TargetGroupState): string {
  const balancers = [...simulation.state.loadBalancers.values()].filter(({ listeners }) =>
    listeners.some(({ targetGroup }) => targetGroup === group.key),
  );
  return (
    element('TargetGroupArn', group.key) +
    element('TargetGroupName', group.name) +
    element('Protocol', group.protocol) +
    element('Port', group.port) +
    element('VpcId', group.vpcId) +
    element('HealthCheckProtocol', 'HTTP') +
    element('HealthCheckPort', 'traffic-port') +
    element('HealthCheckPath', '/') +
    element('HealthCheckTimeoutSeconds', 5) +
    `<Matcher>${element('HttpCode', '200')}</Matcher>` +
    element('HealthCheckIntervalSeconds', group.intervalMs / 1000) +
    element('HealthyThresholdCount', group.healthyThreshold) +
    element('UnhealthyThresholdCount', group.unhealthyThreshold) +
    element('TargetType', group.targetType) +
    (balancers.length === 0 && madeOnDemand(simulation)
      ? ''
      : `<LoadBalancerArns>${balancers.map(({ arn }) => element('member', arn)).join('')}</LoadBalancerArns>`)
  );
}

/** Services need no load balancer then, so that nothing is said about a group that has none. */
export function madeOnDemand({ world }: EcsSimulation): boolean {
  return world.settings.loadBalancersOnDemand;
}

/** A group that the first service to name it will make: what it will be like is open. */
function renderUnmade(arn: string): string[] {
  const name = /:targetgroup\/([^/]+)\/[^/]+$/u.exec(arn)?.[1];
  return name === undefined ? [] : [element('TargetGroupArn', arn) + element('TargetGroupName', name)];
}

function renderTarget(
  simulation: EcsSimulation,
  task: TaskState,
  target: TargetState,
  group: TargetGroupState,
): string {
  const instances = simulation.state.clusters.get(task.cluster)?.instances ?? [];
  const instance = instances.find(({ arn }) => arn === task.instance)?.ec2InstanceId;
  const id = group.targetType === 'ip' || instance === undefined ? task.address : instance;
  const reason = reasonOf(target);
  const health =
    element('State', target.state) +
    (reason === '' ? '' : element('Reason', reason)) +
    (target.reason === null ? '' : element('Description', target.reason));
  return (
    `<Target>${element('Id', id)}${element('Port', target.port)}</Target>` +
    `${element('HealthCheckPort', target.port)}<TargetHealth>${health}</TargetHealth>`
  );
}

/** "TargetHealth", Elastic Load Balancing API Reference. */
function reasonOf({ state, reason }: TargetState): string {
  if (state === 'initial') return 'Elb.InitialHealthChecking';
  if (state === 'draining') return 'Target.DeregistrationInProgress';
  if (state === 'healthy') return '';
  if (reason?.includes('codes')) return 'Target.ResponseCodeMismatch';
  return reason?.includes('timed out') ? 'Target.Timeout' : 'Target.FailedHealthChecks';
}

function renderBalancer(balancer: LoadBalancerState): string {
  return (
    element('LoadBalancerArn', balancer.arn) +
    element('DNSName', balancer.dnsName) +
    element('LoadBalancerName', balancer.name) +
    element('Scheme', 'internet-facing') +
    element('Type', 'application') +
    element('CreatedTime', new Date(balancer.createdAt).toISOString()) +
    `<State>${element('Code', 'active')}</State>`
  );
}
