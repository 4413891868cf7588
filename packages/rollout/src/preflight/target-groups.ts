// Which target groups the service names, for which port of which container.
import type { JsonObject } from '@bamboo-ecs/release';
import { numberOf, objectOf, objectsOf, textOf } from '../json.ts';
import { byId, type Place } from './place.ts';
import { servedList, type Subject } from './subject.ts';

export interface TargetGroupUse {
  readonly arn: string;
  readonly container: string;
  readonly port: number | null;
  /** `tcp`, `udp`: of the port mapping. */
  readonly transport: string | null;
  /** Host port 0 or none outside of awsvpc and host: any port. */
  readonly dynamic: boolean;
  readonly hostPort: number | null;
  /** The other one of a blue/green pair, to which ECS itself turns the traffic. */
  readonly alternate?: boolean;
  readonly places: readonly Place[];
}

/** Null: Elastic Load Balancing knows no such target group. */
export type TargetGroupFact = {
  /** `instance`, `ip`, `lambda`, `alb` */
  readonly targetType: string | null;
  /** `HTTP`, `HTTPS`, `TCP`, `TLS`, `UDP`, `TCP_UDP`, `GENEVE` */
  readonly protocol: string | null;
  readonly vpcId: string | null;
  /** ARNs of the load balancers that have a listener or rule for it; null when the server does not say. */
  readonly loadBalancers: readonly string[] | null;
  readonly healthCheck: {
    /** A number, or `traffic-port`. */
    readonly port: string | null;
    readonly protocol: string | null;
  };
  readonly deregistrationDelaySeconds: number | null;
} | null;

/** A load balancer in front of a target group. */
export interface BalancerFact {
  readonly arn: string;
  /** `active`, `provisioning`, `active_impaired`, `failed` */
  readonly state: string | null;
  readonly zones: readonly string[] | null;
}

export function targetGroupUses(subject: Subject): readonly TargetGroupUse[] {
  const uses = servedList(subject, 'loadBalancers').flatMap(({ json, place }): TargetGroupUse[] => {
    const use = portOf(subject, json);
    const arn = textOf(json, 'targetGroupArn');
    const other = textOf(objectOf(json, 'advancedConfiguration'), 'alternateTargetGroupArn');
    return [
      ...(arn ? [{ ...use, arn, places: [place('targetGroupArn')] }] : []),
      ...(other
        ? [
            {
              ...use,
              arn: other,
              alternate: true,
              places: [place('advancedConfiguration.alternateTargetGroupArn')],
            },
          ]
        : []),
    ];
  });
  return byId(uses, ({ arn, container, port }) => `${arn} ${container} ${port}`);
}

/** What a member of `loadBalancers` says about the container's port, and what its mapping adds. */
export function portOf(subject: Subject, json: JsonObject) {
  const container = textOf(json, 'containerName') ?? '';
  const port = numberOf(json, 'containerPort') ?? null;
  const found = subject.containers.find(({ name }) => name === container);
  const mapping = objectsOf(found?.json, 'portMappings').find(
    (one) => numberOf(one, 'containerPort') === port,
  );
  const hostPort = numberOf(mapping, 'hostPort') ?? null;
  const same = subject.networkMode === 'awsvpc' || subject.networkMode === 'host';
  return {
    container,
    port,
    transport: mapping ? (textOf(mapping, 'protocol') ?? 'tcp') : null,
    dynamic: !same && subject.networkMode !== '' && mapping !== undefined && (hostPort ?? 0) === 0,
    hostPort: same ? port : hostPort,
  };
}
