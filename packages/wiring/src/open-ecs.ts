// Amazon ECS as the settings name it: region, role, endpoint, proxies, private CA.
import { misconfigured, type RunContext } from '@bamboo-ecs/program';
import type { Clock, EcsPort } from '@bamboo-ecs/rollout';
import { privateCa } from './private-ca.ts';

export async function openEcs(context: RunContext, clock: Clock): Promise<EcsPort> {
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
  const { createEcsClient, createEcsPort } = await import('@bamboo-ecs/ecs');
  const roleArn = settings.text('role-arn');
  const ca = await privateCa(context);
  const client = createEcsClient({
    region,
    proxyEnv: env,
    userAgent: `bamboo-ecs/${context.programVersion.split(' ')[0] ?? ''}`,
    ...(roleArn === undefined ? {} : { roleArn }),
    ...(ca === undefined ? {} : { ca }),
  });
  return createEcsPort({ client, clock });
}
