// When a watch asks for the health of the targets: only when the rollout does not get on, and not too often.
import { describe, expect, test } from '@jest/globals';
import type { DeploymentSnapshot, HealthAnswer, ServiceSnapshot } from '@bamboo-ecs/rollout';
import { healthLook } from '../src/health-look.ts';
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
const definition = { loadBalancers: [{ loadBalancerName: 'web', containerName: 'web', containerPort: 80 }] };

function snapshot(
  at: number,
  ours: Partial<DeploymentSnapshot> = {},
  members: Partial<ServiceSnapshot> = {},
): ServiceSnapshot {
  const deployment: DeploymentSnapshot = {
    id: 'ecs-svc/2',
    status: 'PRIMARY',
    rolloutState: 'IN_PROGRESS',
    taskDefinition: 'web:2',
    desired: 2,
    running: 2,
    pending: 0,
    failed: 0,
    createdAt: 0,
    updatedAt: 0,
    ...ours,
  };
  return {
    at,
    cluster: 'qa',
    name: 'web',
    arn: 'arn',
    status: 'ACTIVE',
    taskDefinition: 'web:2',
    controller: 'ECS',
    desired: 2,
    running: 2,
    pending: 0,
    deployments: [deployment],
    events: [],
    definition,
    ...members,
  };
}

const unhealthy: HealthAnswer = {
  groups: [{ id: 'web', kind: 'load-balancer', targets: [{ id: 'i-1', state: 'unhealthy' }] }],
  notes: [],
};

function looking(answer: HealthAnswer, always = false) {
  const asked: number[] = [];
  const notes: string[] = [];
  let now = 0;
  const look = healthLook({
    open: async () => ({
      async healthOf() {
        asked.push(now);
        return answer;
      },
    }),
    onNote: (note) => notes.push(note),
    always,
  });
  return {
    asked,
    notes,
    at: async (time: number, ...rest: [Partial<DeploymentSnapshot>?, Partial<ServiceSnapshot>?]) => {
      now = time;
      return look(target, snapshot(time, ...rest));
    },
  };
}

describe('the look at the targets', () => {
  test('not while it gets on; after ten seconds without a change; then every 15 s, with the last answer between', async () => {
    const { asked, at } = looking(unhealthy);
    expect(await at(1000, { running: 0 })).toEqual({});
    expect(await at(3000, { running: 1 })).toEqual({});
    expect(await at(5000)).toEqual({});
    expect(await at(14_000)).toEqual({});
    expect(await at(15_000)).toEqual({ targets: unhealthy.groups });
    expect(await at(20_000)).toEqual({ targets: unhealthy.groups });
    expect(await at(29_000)).toEqual({ targets: unhealthy.groups });
    await at(30_000);
    expect(asked).toEqual([15_000, 30_000]);
  });

  test('at once when a task has failed; never when nothing of ours has run or when it is over', async () => {
    const { asked, at } = looking(unhealthy);
    await at(1000, { running: 0, failed: 1 });
    expect(asked).toEqual([1000]);
    const none = looking(unhealthy);
    for (let time = 0; time < 120_000; time += 5000) await none.at(time, { running: 0, pending: 2 });
    for (let time = 120_000; time < 240_000; time += 5000) await none.at(time, { rolloutState: 'COMPLETED' });
    expect(none.asked).toEqual([]);
  });

  test('while ECS bakes, and all the time where it is told so', async () => {
    const baking = {
      serviceDeployment: { arn: 'x', status: 'IN_PROGRESS', lifecycleStage: 'BAKE_TIME', hooks: [] },
    };
    const { asked, at } = looking(unhealthy);
    for (const time of [0, 5000, 12_000]) await at(time, { rolloutState: 'COMPLETED' }, baking);
    expect(asked).toEqual([12_000]);
    const always = looking(unhealthy, true);
    for (const time of [0, 5000, 16_000]) await always.at(time, { rolloutState: 'COMPLETED' });
    expect(always.asked).toEqual([0, 16_000]);
  });

  test('nobody answers twice: told, and not asked again', async () => {
    const { asked, notes, at } = looking({ groups: [], notes: ['Denied.'] });
    for (let time = 0; time < 120_000; time += 5000) expect(await at(time)).toEqual({});
    expect(asked).toHaveLength(2);
    expect(new Set(notes)).toEqual(new Set(['Denied.']));
  });

  test('nothing to ask, our deployment not there', async () => {
    const { asked, at } = looking(unhealthy);
    for (let time = 0; time < 60_000; time += 5000) {
      await at(time, {}, { definition: {} });
      await at(time, { id: 'ecs-svc/3' });
    }
    expect(asked).toEqual([]);
  });
});
