// The command rollback over a whole world: where it goes, what it restores, what it refuses.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { bare, crashing, openInstalled, openShop, project, type Shop, type ShopOptions } from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = await openInstalled(options, ...versions);
}

const base: Env = { bamboo_ecs_project: project, bamboo_ecs_environment: 'Production' };
const run = async (env: Env, ...argv: string[]) =>
  shop.world.installer(shop.world.folder, { ...base, ...env }, 'rollback', ...argv);
const rollback = async (...argv: string[]) => run({}, ...argv);
const outcome = (number: number) => shop.revisions()[number - 1]?.tags['bamboo-ecs:outcome'];
const deregister = (number: number) => shop.world.simulation.deregisterTaskDefinition(`${project}:${number}`);

describe('without a version', () => {
  test('goes to the release that was steady before, and leaves a note on both', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const back = await rollback();
    expect(back.exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    expect([outcome(1), outcome(2)]).toEqual(['returned', 'withdrawn']);
    expect(back.log).toContain(
      'ROLLED BACK: hid-generator 1.0.14.RELEASE is back in Production, 1.0.15.RELEASE is withdrawn.',
    );
    expect(back.log).toContain('hid-generator/1.0.14.RELEASE/records/');
    expect(JSON.parse(back.output('record.json'))).toMatchObject({
      command: 'rollback',
      version: '1.0.14.RELEASE',
      exitCode: 0,
      build: { number: '14' },
    });
    expect(shop.revisions()).toHaveLength(2);
  });

  test('again goes one further, until there is nothing', async () => {
    await opened({}, '1.0.14', '1.0.15', '1.0.16');
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
    const none = await rollback();
    expect(none.exitCode).toBe(4);
    expect(none.log).toContain(
      'There is nothing to go back to: 1.0.14.RELEASE (hid-generator:1) was the first',
    );
  });

  test('a release that was gone back from can be installed again, and gone back from again', async () => {
    await opened({}, '1.0.14', '1.0.15');
    await rollback();
    const again = await shop.install('1.0.15');
    expect(again.exitCode).toBe(0);
    expect(outcome(2)).toBe('retried');
    expect(shop.revisions()).toHaveLength(2);
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('passes over what failed', async () => {
    await opened({ scenario: crashing('1.0.15') }, '1.0.14', '1.0.15', '1.0.16');
    expect(shop.running()).toBe('hid-generator:3 COMPLETED');
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('from the release that an automatic roll-back has brought back', async () => {
    await opened({ scenario: crashing('1.0.16') }, '1.0.14', '1.0.15', '1.0.16');
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('from a revision that somebody gave it by hand, to the newest of ours', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const { simulation } = shop.world;
    simulation.registerTaskDefinition({
      family: project,
      containerDefinitions: [{ name: project, image: 'by-hand:1', memory: 16 }],
    });
    simulation.updateService({ cluster: 'production', service: project, taskDefinition: `${project}:3` });
    await shop.world.clock.sleep(300_000);
    expect((await rollback()).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });

  test('refuses to go over a revision that is gone, and says how to get it', async () => {
    await opened({}, '1.0.13', '1.0.14', '1.0.15');
    deregister(2);
    const refused = await rollback();
    expect(refused.exitCode).toBe(4);
    expect(refused.log).toContain(
      '1.0.14.RELEASE (hid-generator:2) was steady before, but is deregistered (INACTIVE)',
    );
    expect(refused.log).toContain('Run it again with --to 1.0.14.RELEASE');
    expect(shop.running()).toBe('hid-generator:3 COMPLETED');
  });
});

describe('to a version', () => {
  test('further back', async () => {
    await opened({}, '1.0.13', '1.0.14', '1.0.15');
    expect((await rollback('--to=1.0.13.RELEASE')).exitCode).toBe(0);
    expect(shop.running()).toBe('hid-generator:1 COMPLETED');
  });

  test('that runs already: nothing is sent', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const before = { ...shop.world.ecs.counts() };
    const same = await rollback('--to', '1.0.15.RELEASE');
    expect(same.exitCode).toBe(0);
    expect(same.log).toContain('UNCHANGED: 1.0.15.RELEASE runs already');
    expect(shop.world.ecs.counts()['UpdateService']).toBe(before['UpdateService']);
    expect(shop.world.ecs.counts()['TagResource']).toBe(before['TagResource']);
  });

  test('whose revision is gone: it is installed anew, although it is older', async () => {
    await opened({}, '1.0.13', '1.0.14', '1.0.15');
    deregister(1);
    const anew = await rollback('--to', '1.0.13.RELEASE');
    expect(anew.exitCode).toBe(0);
    expect(anew.log).toContain('is installed anew from the repository');
    expect(shop.running()).toBe('hid-generator:4 COMPLETED');
    expect(shop.revisions()[3]?.tags).toMatchObject({ 'bamboo-ecs:version': '1.0.13.RELEASE' });
  });

  const refusals: readonly (readonly [string, string, number, string])[] = [
    ['was never published', '1.0.1.RELEASE', 3, 'There is no hid-generator 1.0.1.RELEASE'],
    [
      'failed here',
      '1.0.16.RELEASE',
      4,
      '1.0.16.RELEASE (hid-generator:3) was installed here before and failed',
    ],
    ['is no version', 'yesterday', 2, 'MISCONFIGURED'],
    ['is a range', '1.x RELEASE', 2, 'MISCONFIGURED'],
    ['is __proto__', '__proto__', 2, 'MISCONFIGURED'],
  ];
  test('that was never published, failed here or is none: nothing is changed', async () => {
    await opened({ scenario: crashing('1.0.16') }, '1.0.14', '1.0.15', '1.0.16');
    for (const [what, version, code, text] of refusals) {
      const refused = await rollback('--to', version);
      expect({ what, exitCode: refused.exitCode }).toEqual({ what, exitCode: code });
      expect(refused.log).toContain(text);
      expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    }
  });
});

describe('what it refuses', () => {
  const others: readonly (readonly [string, Env, number, string])[] = [
    ['an account', { bamboo_ecs_account: '999999999999' }, 4, 'The account must be 999999999999'],
    ['a region', { bamboo_ecs_region: 'us-east-1' }, 4, 'The region must be us-east-1'],
    ['a cluster', { bamboo_ecs_cluster: 'other' }, 4, 'The cluster must be other'],
    ['a tag', { bamboo_ecs_environments: 'Production=MILESTONE' }, 4, 'A RELEASE may not be installed'],
    ['an environment', { bamboo_ecs_environment: 'Prodution' }, 4, 'There are records of Production'],
    ['a project', { bamboo_ecs_project: 'hid-generatr' }, 3, 'Did you mean the project hid-generator?'],
  ];
  test('an account, a region, a cluster, a tag, an environment or a project that is another one', async () => {
    await opened({}, '1.0.14', '1.0.15');
    for (const [what, env, code, text] of others) {
      const refused = await run(env);
      expect({ what, exitCode: refused.exitCode }).toEqual({ what, exitCode: code });
      expect(refused.log).toContain(text);
      expect(shop.running()).toBe('hid-generator:2 COMPLETED');
    }
  });

  test('a service that was deleted', async () => {
    await opened({}, '1.0.14', '1.0.15');
    shop.world.simulation.deleteService({ cluster: 'production', service: project, force: true });
    const draining = await rollback();
    expect(draining.exitCode).toBe(4);
    await shop.world.clock.sleep(600_000);
    const gone = await rollback();
    expect(gone.exitCode).toBe(4);
    expect(gone.log).toContain('was deleted (INACTIVE)');
  });

  test('what was never installed', async () => {
    shop = openShop({ edit: bare });
    await shop.publish('1.0.14');
    const never = await rollback();
    expect(never.exitCode).toBe(4);
    expect(never.log).toContain('was never installed in Production, as far as the records tell');
  });

  test('a record that leads to what was installed for something else', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const other = await run({ bamboo_ecs_environment: 'QA' }, '--cluster=production', `--service=${project}`);
    expect(other.exitCode).toBe(4);
    expect(other.log).toContain('the environment is QA, but what runs was installed for Production');
    const records = path.join(shop.world.folder, 'repository', project, '1.0.15.RELEASE', 'records');
    const record = {
      schema: 1,
      outcome: 'steady',
      environment: 'QA',
      cluster: 'production',
      services: [project],
    };
    writeFileSync(path.join(records, '2026-12-01T00-00-00-000Z-QA.json'), JSON.stringify(record));
    const misled = await run({ bamboo_ecs_environment: 'QA' });
    expect(misled.exitCode).toBe(4);
    expect(misled.log).toContain('is not what is meant');
    expect(shop.running()).toBe('hid-generator:2 COMPLETED');
  });

  test('several places, and none of them named', async () => {
    await opened({}, '1.0.14');
    await shop.publish('1.0.15');
    await shop.install('1.0.15', { bamboo_deploy_environment: 'QA' });
    const several = await run({ bamboo_ecs_environment: '' });
    expect(several.exitCode).toBe(2);
    expect(several.log).toContain('It is installed in 2 places');
  });

  test('a first release', async () => {
    await opened({}, '1.0.14');
    expect(await rollback()).toMatchObject({ exitCode: 4 });
  });
});

test('a roll-back in Bamboo is an installation: shown, recorded, and let through', async () => {
  await opened({}, '1.0.14', '1.0.15');
  const back = await shop.install('1.0.14', {
    bamboo_deploy_rollback: 'true',
    bamboo_deploy_release_previous: '1.0.15.RELEASE',
  });
  expect(back.exitCode).toBe(0);
  expect(back.log).toContain('Bamboo says that this is a roll-back from 1.0.15.RELEASE');
  expect(JSON.parse(back.output('record.json'))).toMatchObject({
    summary: expect.arrayContaining([['Bamboo', 'roll-back from 1.0.15.RELEASE']]),
  });
});
