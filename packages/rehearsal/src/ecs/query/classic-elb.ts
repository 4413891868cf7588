// Elastic Load Balancing, the classic one: the health of the instances behind it.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation, TargetGroupState, TargetState } from '@bamboo-ecs/rollout/simulation';
import { element, list, madeOnDemand, members, required } from './elb.ts';
import type { QueryAction } from './handle-query.ts';

export const classicVersion = '2012-06-01';

export const classicActions: Readonly<Record<string, QueryAction>> = {
  /** An instance is in service when every task of it that is registered is healthy ("InstanceState"). */
  DescribeInstanceHealth(simulation, request) {
    const name = required(request, 'LoadBalancerName');
    balancer(simulation, name);
    const states = new Map<string, TargetState>();
    for (const task of simulation.state.tasks.values()) {
      const instances = simulation.state.clusters.get(task.cluster)?.instances ?? [];
      const instance = instances.find(({ arn }) => arn === task.instance)?.ec2InstanceId ?? task.id;
      for (const target of task.targets.filter(({ group, state }) => group === name && state !== 'draining'))
        if (states.get(instance)?.state !== 'unhealthy') states.set(instance, target);
    }
    return list(
      'InstanceStates',
      [...states].map(([instance, target]) => renderState(instance, target)),
    );
  },

  DescribeLoadBalancers(simulation, request) {
    const found = members(request, 'LoadBalancerNames').map((name) => {
      // The first service to name it will make it.
      const made = simulation.state.targetGroups.has(name) || !madeOnDemand(simulation);
      return made ? renderBalancer(balancer(simulation, name)) : element('LoadBalancerName', name);
    });
    return list('LoadBalancerDescriptions', found);
  },
};

function balancer(simulation: EcsSimulation, name: string): TargetGroupState {
  const found = simulation.state.targetGroups.get(name);
  if (found?.kind === 'classic') return found;
  throw new EcsSimulationError('LoadBalancerNotFound', `There is no ACTIVE Load Balancer named '${name}'`);
}

function renderState(instance: string, { state }: TargetState): string {
  const [shown, code, description] =
    state === 'healthy'
      ? ['InService', 'N/A', 'N/A']
      : state === 'initial'
        ? ['OutOfService', 'ELB', 'Instance registration is still in progress.']
        : [
            'OutOfService',
            'Instance',
            'Instance has failed at least the UnhealthyThreshold number of health checks consecutively.',
          ];
  return (
    element('InstanceId', instance) +
    element('State', shown) +
    element('ReasonCode', code) +
    element('Description', description)
  );
}

function renderBalancer(group: TargetGroupState): string {
  const check =
    element('Target', 'HTTP:80/') +
    element('Interval', group.intervalMs / 1000) +
    element('Timeout', 5) +
    element('UnhealthyThreshold', group.unhealthyThreshold) +
    element('HealthyThreshold', group.healthyThreshold);
  return element('LoadBalancerName', group.name) + `<HealthCheck>${check}</HealthCheck>`;
}
