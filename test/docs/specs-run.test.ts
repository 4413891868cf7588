// The specs carried out: what docs/bamboo.md promises of them.
import { cpSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openWorld, startMs, type World } from '../e2e/harness.ts';
import { BambooByHand, type BuildResult } from './bamboo-by-hand.ts';
import { readSpec } from './spec.ts';

const instances = ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `eu-west-1${zone}` }));
const crash = { kind: 'exits', afterMs: 2000, exitCode: 1 } as const;

let world: World;
beforeEach(() => {
  world = openWorld({
    startMs,
    clusters: ['production', 'qa'].map((name) => ({ name, instances })),
    scenario: { rules: [{ match: '9.0.0.RELEASE', outcome: crash }] },
  });
});
afterEach(() => world.close());

function bamboo(spec: string, example: string): BambooByHand {
  return new BambooByHand(world, readSpec(spec), (name) => world.checkout(example, name));
}

function codes(result: { readonly runs: readonly { readonly exitCode: number }[] }): number[] {
  return result.runs.map((run) => run.exitCode);
}

function pushed(result: BuildResult): string[] {
  return result.docker.filter((line) => line.startsWith('push ')).map((line) => line.slice(5));
}

/** Tasks that run. */
function running(cluster: string, service: string): number {
  const tasks = [...world.simulation.state.tasks.values()];
  const own = tasks.filter((task) => task.service === `${cluster}/${service}`);
  return own.filter((task) => task.lastStatus === 'RUNNING').length;
}

describe('one-project.yaml', () => {
  test('a RELEASE goes to QA, then the very same one to production; the image is pushed before the release', async () => {
    const server = bamboo('one-project.yaml', 'orders');
    const built = await server.build({ branch: 'master', number: 42 });
    expect(built).toMatchObject({ ok: true });
    expect(codes(built)).toEqual([0, 0]);
    expect(pushed(built)).toEqual(['registry.example.com/orders:3.2.0.RELEASE']);
    expect(built.variables).toMatchObject({
      bamboo_inject_version: '3.2.0.RELEASE',
      bamboo_inject_published: 'true',
      bamboo_inject_manifest_sha256: expect.stringMatching(/^[0-9a-f]{64}$/u),
    });
    expect(built.reports[0]).toContain('3.2.0.RELEASE');
    expect(codes(await server.deploy(built, 'QA'))).toEqual([0]);
    expect(codes(await server.deploy(built, 'Production'))).toEqual([0]);
    expect(running('qa', 'orders')).toBe(1);
    expect(running('production', 'orders')).toBe(4);
  });

  test('a MILESTONE goes to QA and is refused in production', async () => {
    const server = bamboo('one-project.yaml', 'orders');
    const built = await server.build({ branch: 'development', number: 7 });
    expect(pushed(built)).toEqual(['registry.example.com/orders:3.2.0.MILESTONE']);
    expect(await server.deploy(built, 'QA')).toMatchObject({ ok: true });
    const refused = await server.deploy(built, 'Production');
    expect(codes(refused)).toEqual([4]);
    expect(refused.runs[0]?.log).toContain('MILESTONE');
  });

  test('another branch is ignored: green, no image, no release', async () => {
    const built = await bamboo('one-project.yaml', 'orders').build({ branch: 'feature/x', number: 1 });
    expect(built).toMatchObject({ ok: true, docker: [] });
    expect(built.variables).toMatchObject({ bamboo_inject_published: 'false', bamboo_inject_version: '' });
  });

  test('a release that crashes ends with 5; an older one goes back in by hand', async () => {
    const server = bamboo('one-project.yaml', 'orders');
    const good = await server.build({ branch: 'master', number: 42 });
    expect(codes(await server.deploy(good, 'Production'))).toEqual([0]);
    const version = (text: string): Record<string, string> => ({ bamboo_ecs_version: text });
    const bad = await server.build({ branch: 'master', number: 43, customised: version('9.0.0') });
    expect(codes(await server.deploy(bad, 'Production'))).toEqual([5]);
    const newer = await server.build({ branch: 'master', number: 44, customised: version('3.3.0') });
    expect(codes(await server.deploy(newer, 'Production'))).toEqual([0]);
    expect(codes(await server.deploy(good, 'Production'))).toEqual([4]);
    expect(codes(await server.deploy(good, 'Production', { bamboo_deploy_rollback: 'true' }))).toEqual([0]);
  });

  test('the password is never in a log', async () => {
    const server = bamboo('one-project.yaml', 'orders');
    const built = await server.build({ branch: 'master', number: 42 });
    const deployed = await server.deploy(built, 'QA');
    for (const run of [...built.runs, ...deployed.runs]) expect(run.log).not.toMatch(/a \\?"secret/u);
  });
});

describe('stages.yaml', () => {
  test('the branch decides the cluster, as the templates of the seed want it', async () => {
    const server = bamboo('stages.yaml', 'hid-generator');
    const milestone = await server.build({ branch: 'development', number: 7 });
    expect(milestone).toMatchObject({ ok: true });
    expect(pushed(milestone)).toEqual(['registry.example.com/hid-generator:1.0.15.MILESTONE']);
    expect(codes(await server.deploy(milestone, 'QA'))).toEqual([0]);
    const release = await server.build({ branch: 'master', number: 42 });
    // Descriptors of production do not get into QA: the guard of the cluster.
    expect(codes(await server.deploy(release, 'QA'))).toEqual([4]);
    expect(codes(await server.deploy(release, 'Production'))).toEqual([0]);
    expect(codes(await server.deploy(milestone, 'Production'))).toEqual([4]);
  });

  test('another branch is ignored', async () => {
    const built = await bamboo('stages.yaml', 'hid-generator').build({ branch: 'feature/x', number: 1 });
    expect(built).toMatchObject({ ok: true, docker: [] });
  });
});

describe('docker-runner.yaml', () => {
  test('builds and installs', async () => {
    const server = bamboo('docker-runner.yaml', 'orders');
    const built = await server.build({ branch: 'master', number: 42 });
    expect(built).toMatchObject({ ok: true });
    expect(pushed(built)).toEqual(['registry.example.com/orders:3.2.0.RELEASE']);
    expect(codes(await server.deploy(built, 'QA'))).toEqual([0]);
    expect(codes(await server.deploy(built, 'Production'))).toEqual([0]);
  });
});

describe('python-project.yaml', () => {
  test('master is a MILESTONE for QA; run customised it is a RELEASE for production', async () => {
    const server = bamboo('python-project.yaml', 'python-service');
    const milestone = await server.build({ branch: 'master', number: 7 });
    expect(pushed(milestone)).toEqual(['registry.example.com/label-printer:2.4.0.MILESTONE']);
    expect(codes(await server.deploy(milestone, 'QA'))).toEqual([0]);
    expect(codes(await server.deploy(milestone, 'Production'))).toEqual([4]);
    const customised = { bamboo_ecs_branches: 'master=RELEASE' };
    const release = await server.build({ branch: 'master', number: 8, customised });
    expect(pushed(release)).toEqual(['registry.example.com/label-printer:2.4.0.RELEASE']);
    expect(codes(await server.deploy(release, 'QA'))).toEqual([0]);
    expect(codes(await server.deploy(release, 'Production'))).toEqual([0]);
  });
});

describe('several-projects.yaml', () => {
  test('each project has its version, and both are installed', async () => {
    const server = new BambooByHand(world, readSpec('several-projects.yaml'), (name) => {
      const folder = path.join(world.folder, 'checkouts', name);
      mkdirSync(folder, { recursive: true });
      for (const example of ['orders', 'python-service'])
        cpSync(path.join(import.meta.dirname, '../../examples', example), path.join(folder, example), {
          recursive: true,
        });
      return folder;
    });
    const built = await server.build({ branch: 'master', number: 42 });
    expect(built).toMatchObject({ ok: true });
    expect(pushed(built)).toEqual([
      'registry.example.com/orders:3.2.0.RELEASE',
      'registry.example.com/label-printer:2.4.0.RELEASE',
    ]);
    expect(codes(await server.deploy(built, 'QA'))).toEqual([0, 0]);
    expect(codes(await server.deploy(built, 'Production'))).toEqual([0, 0]);
    expect(running('production', 'label-printer')).toBe(2);
  });
});
