// The three templates of a project for this stand-in: the seed's, with what a case needs in place of its fixed port and its
// classic load balancer, which ministack does not forward through.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { JsonObject } from '@bamboo-ecs/release';

export interface Wanted {
  /** Without the tag, which the expander adds: `127.0.0.1:1/shop`. */
  readonly image: string;
  readonly desired: number;
  /** Default 200 and 100, ECS's own. */
  readonly maximum?: number;
  readonly minimum?: number;
  /** ECS's circuit breaker with its own roll-back; default: none. */
  readonly breaker?: boolean;
  readonly targetGroup?: string;
  /** A fixed port of the machine. Default: none, as with awsvpc. */
  readonly hostPort?: number;
  /** Default one that is made nowhere. */
  readonly subnet?: string;
  /** For the output of the container. */
  readonly logGroup?: string;
  /**
   * A second container, started after the first. ministack makes a task a target when its last container is started and looks at
   * no health check: so the first one has the time to listen.
   */
  readonly sidecar?: boolean;
  /** Default true; the update leaves the percents that the service has. */
  readonly updatesPercents?: boolean;
}

/** For `edit` of a shop's `publish`. */
export function templatesOf(wanted: Wanted): (checkout: string) => void {
  return (checkout) => {
    const write = (kind: string, template: JsonObject): void =>
      writeFileSync(path.join(checkout, 'descriptors', `${kind}.json`), JSON.stringify(template, null, 2));
    write('task-definition', taskDefinition(wanted));
    write('service-definition', {
      cluster: '${clusterName}',
      serviceName: '${serviceName}',
      ...service(wanted),
      ...(wanted.targetGroup !== undefined && {
        loadBalancers: [
          { targetGroupArn: wanted.targetGroup, containerName: '${containerName}', containerPort: 8080 },
        ],
      }),
      ...percents(wanted),
    });
    write('service-update', {
      cluster: '${clusterName}',
      service: '${serviceName}',
      ...service(wanted),
      ...(wanted.updatesPercents === false ? {} : percents(wanted)),
    });
  };
}

function taskDefinition(wanted: Wanted): JsonObject {
  return {
    family: '${family}',
    networkMode: wanted.hostPort === undefined ? 'awsvpc' : 'bridge',
    containerDefinitions: [
      {
        name: '${containerName}',
        image: `${wanted.image}:\${imageTag}`,
        memory: 64,
        essential: true,
        portMappings: [
          { containerPort: 8080, ...(wanted.hostPort === undefined ? {} : { hostPort: wanted.hostPort }) },
        ],
        ...(wanted.logGroup !== undefined && {
          logConfiguration: {
            logDriver: 'awslogs',
            options: {
              'awslogs-group': wanted.logGroup,
              'awslogs-region': 'eu-west-1',
              'awslogs-stream-prefix': 'shop',
            },
          },
        }),
      },
      ...(wanted.sidecar === true ? [sidecar(wanted)] : []),
    ],
  };
}

function sidecar({ image }: Wanted): JsonObject {
  const command = ['sh', '-c', "trap 'exit 0' TERM; sleep 1000 & wait"];
  return { name: 'sidecar', image: `${image}:\${imageTag}`, memory: 16, essential: false, command };
}

function service(wanted: Wanted): JsonObject {
  return {
    taskDefinition: '${family}',
    desiredCount: wanted.desired,
    ...(wanted.hostPort === undefined && {
      networkConfiguration: { awsvpcConfiguration: { subnets: [wanted.subnet ?? 'subnet-1'] } },
    }),
  };
}

function percents({ maximum = 200, minimum = 100, breaker = false }: Wanted): JsonObject {
  return {
    deploymentConfiguration: {
      maximumPercent: maximum,
      minimumHealthyPercent: minimum,
      deploymentCircuitBreaker: { enable: breaker, rollback: breaker },
    },
  };
}
