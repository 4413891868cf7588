// The port of the preflight over AWS and the Docker registries: wiring only, one file per neighbour does the work.
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { Answer, ImageFact, PreflightPort } from '@bamboo-ecs/rollout/preflight';
import { ecrImage, lookInEcr } from './ecr.ts';
import { gather, inTime, late } from './gather.ts';
import { identity } from './identity.ts';
import { loadBalancers } from './load-balancers.ts';
import { logGroups } from './log-groups.ts';
import { quotas } from './quotas.ts';
import { passRoles, roles } from './roles.ts';
import { parameters, secrets } from './secrets.ts';
import { targetGroups } from './target-groups.ts';

export interface PreflightPortOptions {
  readonly aws: Pick<EcsClient, 'neighbour'>;
  /** For addresses of single services (`AWS_ENDPOINT_URL_EC2`), which the SDK reads by itself. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks the registry of an image that is not in Amazon ECR; never rejects. */
  readonly inspect: (reference: string) => Promise<Answer<ImageFact>>;
}

/** Every call goes out once, has 4 s, and a method 8 s; the clients of AWS are loaded when they are needed. */
export function createPreflightPort({ aws, env, inspect }: PreflightPortOptions): PreflightPort {
  return {
    identity: async () => inTime(identity(aws, env), late),
    roles: (uses) => roles(aws, uses),
    passRoles: (questions, who) => passRoles(aws, questions, who),
    images: (uses) =>
      gather(
        uses,
        ({ reference }) => reference,
        async ({ reference }) => {
          const image = ecrImage(reference);
          return image ? lookInEcr(aws, image) : inspect(reference);
        },
      ),
    secrets: (uses) => secrets(aws, uses),
    parameters: (uses) => parameters(aws, uses),
    logGroups: (uses) => logGroups(aws, uses),
    targetGroups: (arns) => targetGroups(aws, arns),
    loadBalancers: (names) => loadBalancers(aws, names),
    network: async (use, routes) => {
      const { network } = await import('./network.ts');
      return network(aws, env, use, routes);
    },
    quotas: (names) => quotas(aws, names),
  };
}
