// The port of the preflight over AWS and the Docker registries: wiring only, one file per neighbour does the work.
import type { EcsClient } from '@bamboo-ecs/ecs';
import type { Answer, ImageFact, PreflightPort } from '@bamboo-ecs/rollout/preflight';
import { ecrImage, lookInEcr } from './ecr.ts';
import { gather, late, openAround, usualLimits, type PreflightLimits } from './gather.ts';
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
  readonly limits?: PreflightLimits;
}

/** Every call goes out once and has 3 s, all of them together 6 s; the clients of AWS are loaded when they are needed. */
export function createPreflightPort(options: PreflightPortOptions): PreflightPort {
  const { inspect } = options;
  const around = openAround({ ...options, limits: options.limits ?? usualLimits });
  return {
    identity: async () => around.inTime(identity(around), late),
    roles: (uses) => roles(around, uses),
    passRoles: (questions, who) => passRoles(around, questions, who),
    images: (uses) =>
      gather(
        around,
        uses,
        ({ reference }) => reference,
        async ({ reference }) => {
          const image = ecrImage(reference);
          return image ? lookInEcr(around, image) : inspect(reference);
        },
      ),
    secrets: (uses) => secrets(around, uses),
    parameters: (uses) => parameters(around, uses),
    logGroups: (uses) => logGroups(around, uses),
    targetGroups: (arns) => targetGroups(around, arns),
    loadBalancers: (names) => loadBalancers(around, names),
    network: async (use, routes) => {
      const { network } = await import('./network.ts');
      return network(around, use, routes);
    },
    quotas: (names) => quotas(around, names),
    instanceGroups: async (instances) => {
      const { instanceGroups } = await import('./auto-scaling.ts');
      return around.inTime(instanceGroups(around, instances), late);
    },
  };
}
