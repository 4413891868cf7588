// The look at a service deployment when the server does not answer every time.
import { describe, expect, test } from '@jest/globals';
import type { EcsError, ServiceDeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';
import { serviceDeploymentLook } from '../src/service-deployment-look.ts';
import type { Target } from '../src/target.ts';

const target: Target = {
  cluster: 'qa',
  service: 'web',
  deployment: 'ecs-svc/2',
  taskDefinition: 'web:2',
  adopted: false,
  startedAt: 0,
  deadline: 600_000,
};
const snapshot: ServiceSnapshot = {
  at: 0,
  cluster: 'qa',
  name: 'web',
  arn: 'arn',
  status: 'ACTIVE',
  taskDefinition: 'web:2',
  controller: 'ECS',
  desired: 2,
  running: 2,
  pending: 0,
  deployments: [],
  events: [],
  definition: { deploymentConfiguration: { strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 } },
};
const baking: ServiceDeploymentSnapshot = {
  arn: 'arn:sd',
  status: 'IN_PROGRESS',
  lifecycleStage: 'BAKE_TIME',
  hooks: [],
};
const throttled: EcsError = Object.assign(new Error('Rate exceeded'), {
  name: 'EcsError' as const,
  kind: 'throttled' as const,
  operation: 'DescribeServiceDeployments',
});

/** What the looks at these answers see, one after the other; an error is thrown. */
async function seen(answers: readonly (ServiceDeploymentSnapshot | EcsError | null)[]) {
  const ahead = [...answers];
  const look = serviceDeploymentLook({
    describeServiceDeployment: async () => {
      const answer = ahead.shift() ?? null;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });
  const found: (string | undefined)[] = [];
  for (const _ of answers) found.push((await look(target, snapshot)).serviceDeployment?.status);
  return found;
}

describe('a service deployment', () => {
  test('that was not listed yet is not known', async () => {
    expect(await seen([null, throttled, baking])).toEqual([undefined, undefined, 'IN_PROGRESS']);
  });

  test('of which one look was throttled is as it was', async () => {
    const done = { ...baking, status: 'SUCCESSFUL' };
    expect(await seen([baking, throttled, null, done])).toEqual([
      'IN_PROGRESS',
      'IN_PROGRESS',
      'IN_PROGRESS',
      'SUCCESSFUL',
    ]);
  });

  test('that is never shown again is not waited for without end', async () => {
    const answers = [baking, ...Array.from({ length: 8 }, () => throttled)];
    expect((await seen(answers)).filter((status) => status === undefined)).toHaveLength(3);
  });
});
