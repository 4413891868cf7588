// AWS as the settings name it: region, role, endpoint, proxies, private CA.
import type { EcsClient } from '@bamboo-ecs/ecs';
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import type { Clock, EcsPort } from '@bamboo-ecs/rollout';
import { privateCa } from './private-ca.ts';
import { tellClock } from './tell-clock.ts';

/** One run has one client: the neighbours of ECS are asked with its credentials, so that a role is assumed once. */
const clients = new WeakMap<RunContext, Promise<EcsClient>>();

export async function openEcs(context: RunContext, clock: Clock): Promise<EcsPort> {
  const client = await awsClient(context);
  const { createEcsPort } = await import('@bamboo-ecs/ecs');
  return createEcsPort({ client, clock });
}

/** The client of this run, made when it is first asked for. */
export async function awsClient(context: RunContext): Promise<EcsClient> {
  const client = clients.get(context) ?? makeClient(context);
  clients.set(context, client);
  return client;
}

async function makeClient(context: RunContext): Promise<EcsClient> {
  const { settings, env } = context;
  const region = settings.text('region') ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  if (region === undefined || region === '')
    throw misconfigured('settings', [
      {
        severity: 'error',
        code: 'no-region',
        message: 'no region is set: neither the setting region nor AWS_REGION is there',
        place: { variable: 'region' },
        hint: 'Set ecs.region, e.g. bamboo_ecs_region=eu-west-1.',
      },
    ]);
  const { createEcsClient } = await import('@bamboo-ecs/ecs');
  const roleArn = settings.text('role-arn');
  const ca = await privateCa(context);
  return createEcsClient({
    region,
    proxyEnv: env,
    onClockOffset: tellClock(context),
    userAgent: `bamboo-ecs/${context.programVersion.split(' ')[0] ?? ''}`,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(ca === undefined ? {} : { ca }),
  });
}
