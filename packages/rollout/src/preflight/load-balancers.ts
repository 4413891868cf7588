// Classic load balancers, by name.
import type { Finding } from '../finding.ts';
import { textOf } from '../json.ts';
import type { Answers } from './answer.ts';
import { byId, placesOf, type Place } from './place.ts';
import { servedList, type Subject } from './subject.ts';
import { portOf } from './target-groups.ts';
import { eachKnown, finding } from './words.ts';

export interface LoadBalancerUse {
  readonly name: string;
  readonly container: string;
  readonly port: number | null;
  readonly hostPort: number | null;
  readonly dynamic: boolean;
  readonly places: readonly Place[];
}

/** Null: Elastic Load Balancing knows no classic load balancer of this name. */
export type LoadBalancerFact = {
  /** Ports of the instances that its listeners forward to; null when the server does not say. */
  readonly instancePorts: readonly number[] | null;
} | null;

export function loadBalancerUses(subject: Subject): readonly LoadBalancerUse[] {
  const uses = servedList(subject, 'loadBalancers').flatMap(({ json, place }): LoadBalancerUse[] => {
    const name = textOf(json, 'loadBalancerName');
    if (!name) return [];
    const { container, port, hostPort, dynamic } = portOf(subject, json);
    return [{ name, container, port, hostPort, dynamic, places: [place('loadBalancerName')] }];
  });
  return byId(uses, ({ name, container, port }) => `${name} ${container} ${port}`);
}

/** "LoadBalancer", ECS API Reference: classic ones know neither awsvpc nor dynamic host ports. */
export function loadBalancerFindings(
  uses: readonly LoadBalancerUse[],
  answers: Answers<LoadBalancerFact>,
  { networkMode }: Subject,
): Finding[] {
  const unfit = uses
    .filter(() => networkMode === 'awsvpc')
    .map((use) =>
      finding(
        'load-balancer',
        'error',
        `The classic load balancer ${use.name} (${placesOf(use.places)}) cannot serve tasks in the network mode awsvpc: it knows instances only.`,
        'Use a target group of the type ip, or another network mode.',
      ),
    );
  const found = eachKnown(
    'load-balancer',
    'classic load balancer',
    uses,
    ({ name }) => answers.get(name),
    (use, fact) => {
      if (fact !== null) return portFindings(use, fact.instancePorts);
      return [
        finding(
          'load-balancer',
          'error',
          `The classic load balancer ${use.name} (${placesOf(use.places)}) does not exist.`,
          'Create it, or correct the name. (An application or network load balancer is named by its target group: targetGroupArn.)',
        ),
      ];
    },
  );
  return [...unfit, ...found];
}

function portFindings(use: LoadBalancerUse, ports: readonly number[] | null): Finding[] {
  const at = `${use.name} (${placesOf(use.places)})`;
  if (use.dynamic)
    return [
      finding(
        'load-balancer',
        'warning',
        `The classic load balancer ${at} forwards to fixed ports, but ECS gives the container's port ${use.port} any host port.`,
        'Give the port mapping a host port, or use a target group.',
      ),
    ];
  if (ports === null || use.hostPort === null || ports.includes(use.hostPort)) return [];
  const those = ports.length === 0 ? 'no port' : ports.slice(0, 10).join(', ');
  return [
    finding(
      'load-balancer',
      'warning',
      `The classic load balancer ${at} has no listener for the instances' port ${use.hostPort}, on which the container is reached; it forwards to ${those}.`,
      `Add a listener with the instance port ${use.hostPort}, or change the host port.`,
    ),
  ];
}
