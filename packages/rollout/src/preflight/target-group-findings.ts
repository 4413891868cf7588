// Target groups: do they fit the network mode and the container, and does traffic reach them?
import { arnParts } from '../arn.ts';
import type { Finding } from '../finding.ts';
import type { Answers } from './answer.ts';
import { placesOf } from './place.ts';
import type { Subject } from './subject.ts';
import type { BalancerFact, TargetGroupFact, TargetGroupUse } from './target-groups.ts';
import { eachKnown, finding } from './words.ts';

type Group = NonNullable<TargetGroupFact>;

export interface TargetGroupContext {
  readonly subject: Subject;
  readonly balancers: Answers<BalancerFact>;
  /** Time-out that was set, milliseconds; null: none was. */
  readonly timeoutMs: number | null;
  /** VPCs and zones of the service's subnets, as far as they are known. */
  readonly vpcs: readonly string[];
  readonly zones: readonly string[];
}

export function targetGroupFindings(
  uses: readonly TargetGroupUse[],
  answers: Answers<TargetGroupFact>,
  context: TargetGroupContext,
): Finding[] {
  return eachKnown(
    'target-group',
    'target group',
    uses,
    ({ arn }) => answers.get(arn),
    (use, fact) => {
      const at = `${shortName(use.arn)} (${placesOf(use.places)})`;
      if (fact === null)
        return [
          error(
            `The target group ${use.arn} (${placesOf(use.places)}) does not exist.`,
            'Create it, or correct the ARN: region, account and the id at its end belong to it.',
          ),
        ];
      return [
        ...typeFindings(at, fact, context.subject),
        ...attachmentFindings(at, use, fact, context),
        ...protocolFindings(at, use, fact),
        ...healthCheckFindings(at, use, fact),
        ...placeFindings(at, fact, context),
        ...delayFindings(at, fact, context),
      ];
    },
  );
}

/** "Use load balancing to distribute Amazon ECS service traffic", ECS Developer Guide: awsvpc registers addresses, the other modes instances. */
function typeFindings(at: string, { targetType }: Group, { networkMode }: Subject): Finding[] {
  const wanted = networkMode === 'awsvpc' ? 'ip' : 'instance';
  if (targetType === null || targetType === wanted || networkMode === '') return [];
  return [
    error(
      `The target group ${at} has the target type ${targetType}, but a task in the network mode ${networkMode} needs ${wanted}: ECS refuses the service.`,
      `Create a target group of the type ${wanted} (it cannot be changed), or change the network mode.`,
    ),
  ];
}

const forward = 'Add a listener or a rule that forwards to it.';

function attachmentFindings(
  at: string,
  { alternate = false }: TargetGroupUse,
  { loadBalancers }: Group,
  { balancers, subject }: TargetGroupContext,
): Finding[] {
  // A service that runs without one goes on so; ECS looks when load balancers are named.
  if (loadBalancers?.length === 0 && alternate)
    return [
      warning(
        `The target group ${at} has no load balancer yet: ECS turns the traffic to it only where a rule of a listener names it beside the other one.`,
        'Add it to the production listener rule, with the weight 0.',
      ),
    ];
  if (loadBalancers?.length === 0)
    return [
      subject.served('loadBalancers').kept
        ? warning(
            `The target group ${at} has no load balancer any more: no listener and no rule forwards to it, so no traffic reaches the tasks.`,
            forward,
          )
        : error(
            `The target group ${at} has no load balancer: no listener and no rule forwards to it, and ECS refuses the service.`,
            forward,
          ),
    ];
  return (loadBalancers ?? []).flatMap((arn) => {
    const balancer = balancers.get(arn);
    if (balancer?.known !== true || balancer.value.state !== 'failed') return [];
    return [
      warning(
        `The load balancer ${shortName(arn)} of the target group ${at} has failed.`,
        'Look at it in the console: it serves nobody.',
      ),
    ];
  });
}

function protocolFindings(at: string, { port, transport }: TargetGroupUse, { protocol }: Group): Finding[] {
  if (transport === null || protocol === null) return [];
  const udp = protocol === 'UDP' || protocol === 'TCP_UDP';
  const fits = transport === 'udp' ? udp : protocol !== 'UDP';
  if (fits) return [];
  return [
    warning(
      `The target group ${at} speaks ${protocol}, but the container's port ${port} is ${transport}.`,
      'Correct the protocol of the port mapping, or name another target group.',
    ),
  ];
}

/** A check of a fixed port reaches only a container that listens there. */
function healthCheckFindings(at: string, use: TargetGroupUse, { healthCheck, protocol }: Group): Finding[] {
  const port = /^\d+$/u.test(healthCheck.port ?? '') ? Number(healthCheck.port) : null;
  if (port === null) return [];
  if (use.dynamic)
    return [
      warning(
        `The health check of the target group ${at} asks port ${port}, but ECS gives the container's port ${use.port} any host port.`,
        'Let the health check ask the traffic port.',
      ),
    ];
  // Of a network load balancer's target group for UDP the check has a port of its own.
  if (use.hostPort === null || use.hostPort === port || /UDP/u.test(protocol ?? '')) return [];
  return [
    warning(
      `The health check of the target group ${at} asks port ${port}; the traffic goes to ${use.hostPort}.`,
      'Let it ask the traffic port, unless the task listens there, too.',
    ),
  ];
}

function placeFindings(
  at: string,
  group: Group,
  { subject, balancers, vpcs, zones }: TargetGroupContext,
): Finding[] {
  if (subject.networkMode !== 'awsvpc') return [];
  const found: Finding[] = [];
  if (group.vpcId !== null && vpcs.length > 0 && !vpcs.includes(group.vpcId))
    found.push(
      warning(
        `The target group ${at} is in ${group.vpcId}, the subnets of the service are in ${vpcs.join(', ')}.`,
        'Targets of another VPC are reached only over peering: name subnets or a target group of the same VPC.',
      ),
    );
  for (const arn of group.loadBalancers ?? []) {
    const balancer = balancers.get(arn);
    const enabled = balancer?.known === true ? balancer.value.zones : null;
    const missing = enabled === null ? [] : zones.filter((zone) => !enabled.includes(zone));
    if (enabled !== null && enabled.length > 0 && missing.length > 0)
      found.push(
        warning(
          `The load balancer ${shortName(arn)} of the target group ${at} is not in ${missing.join(', ')}, where tasks may be started: their targets would stay unused.`,
          'Enable the zones for the load balancer, or leave out their subnets.',
        ),
      );
  }
  return found;
}

function delayFindings(
  at: string,
  { deregistrationDelaySeconds: delay }: Group,
  { subject, timeoutMs }: TargetGroupContext,
): Finding[] {
  if (delay === null || timeoutMs === null || subject.creates || delay * 1000 < timeoutMs) return [];
  return [
    warning(
      `The target group ${at} drains targets for ${delay} s (its deregistration delay), but the time-out is ${Math.round(timeoutMs / 1000)} s: the old tasks would not be gone in time.`,
      'Set a shorter deregistration delay or a longer timeout.',
    ),
  ];
}

/** `targetgroup/hid-generator/0123456789abcdef`, `loadbalancer/app/…` */
function shortName(arn: string): string {
  return arnParts(arn)?.resource ?? arn;
}

function error(message: string, hint: string): Finding {
  return finding('target-group', 'error', message, hint);
}

function warning(message: string, hint: string): Finding {
  return finding('target-group', 'warning', message, hint);
}
