// Which service deployment is the deployment of this id?
import {
  type ECSClient,
  ListServiceDeploymentsCommand,
  type ServiceDeploymentBrief,
  type ServiceDeploymentStatus,
} from './clients/ecs.ts';
import { call } from './call.ts';
import { type Context, serviceSubject } from './context.ts';

export interface Sought {
  readonly cluster: string;
  readonly service: string;
  /** `ecs-svc/1234567890123456789` */
  readonly deploymentId: string;
  /** Only in these states; default: in any. */
  readonly status?: readonly ServiceDeploymentStatus[];
}

const mostPages = 5;
/** "API_ListServiceDeployments": up to 100 in one answer. */
const perPage = 100;

/**
 * The deployment `ecs-svc/<n>` is the service deployment whose target service revision ends in `/<n>`: the two are
 * tied by nothing else, and clocks must not decide.
 */
export async function findServiceDeployment(
  { client }: Context,
  through: ECSClient,
  { cluster, service, deploymentId, status }: Sought,
): Promise<ServiceDeploymentBrief | undefined> {
  const number = deploymentId.slice(deploymentId.lastIndexOf('/') + 1);
  const what = {
    operation: 'ListServiceDeployments',
    subject: serviceSubject(cluster, service),
    mode: 'optional',
  } as const;
  let nextToken: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const input = {
      cluster,
      service,
      maxResults: perPage,
      ...(status === undefined ? {} : { status: [...status] }),
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const answer = await call(what, client.limits.call, (options) =>
      through.send(new ListServiceDeploymentsCommand(input), options),
    );
    const found = answer.serviceDeployments?.find((each) =>
      each.targetServiceRevisionArn?.endsWith(`/${number}`),
    );
    if (found !== undefined || answer.nextToken === undefined || answer.nextToken === '') return found;
    nextToken = answer.nextToken;
  }
  return undefined;
}
