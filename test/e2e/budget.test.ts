// How often AWS is asked, counted on the virtual clock (design: "Watch"): unchanged 2 calls, 4 before the first poll.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { masterBuild, openWorld, type World } from './harness.ts';

let world: World;
beforeEach(() => {
  world = openWorld();
});
afterEach(() => world.close());

async function publish(version: string, number: number): Promise<string> {
  const cwd = world.checkout('hid-generator', `build-${number}`);
  const run = await world.expander(cwd, { ...masterBuild(number), bamboo_ecs_version: version });
  expect(run).toMatchObject({ exitCode: 0 });
  return cwd;
}

async function install(cwd: string, version: string, number: number) {
  const before = { ...world.ecs.counts() };
  const run = await world.installer(cwd, {
    ...masterBuild(number),
    bamboo_inject_version: `${version}.RELEASE`,
    bamboo_inject_project: 'hid-generator',
    bamboo_deploy_environment: 'Production',
  });
  const after = world.ecs.counts();
  const calls = Object.fromEntries(
    Object.entries(after)
      .map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const)
      .filter(([, count]) => count > 0),
  );
  return { run, calls, total: Object.values(calls).reduce((sum, count) => sum + count, 0) };
}

describe('calls to AWS', () => {
  test('create, update and unchanged stay within the budget', async () => {
    const first = await publish('1.0.14', 41);
    const created = await install(first, '1.0.14', 41);
    expect(created.run.log).toContain('steady');
    expect(created.run.exitCode).toBe(0);
    expect(created.calls).toMatchObject({ RegisterTaskDefinition: 1, CreateService: 1 });

    const second = await publish('1.0.15', 42);
    const from = world.clock.now();
    const updated = await install(second, '1.0.15', 42);
    const minutes = (world.clock.now() - from) / 60_000;
    expect(updated.run.exitCode).toBe(0);
    expect(updated.calls).toMatchObject({
      RegisterTaskDefinition: 1,
      UpdateService: 1,
      DescribeTaskDefinition: 1,
    });
    expect(minutes).toBeLessThan(15);
    expect(updated.total).toBeLessThanOrEqual(48 + Math.max(0, minutes - 5) * 4);

    const again = await install(second, '1.0.15', 42);
    expect(again.run.exitCode).toBe(0);
    expect(again.run.log).toContain('unchanged');
    expect(again.calls).toEqual({ DescribeServices: 1, DescribeTaskDefinition: 1 });
  });
});
