// The command status over a whole world: what it says, and what it needs to say it.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  bare,
  behindTargetGroup,
  crashing,
  openInstalled,
  openShop,
  project,
  type Shop,
  type ShopOptions,
} from './shop.ts';
import type { Env } from './harness.ts';

let shop: Shop;
afterEach(() => shop.world.close());

async function opened(options: ShopOptions, ...versions: string[]): Promise<void> {
  shop = await openInstalled(options, ...versions);
}

const base: Env = { bamboo_ecs_project: project };
const run = async (env: Env, ...argv: string[]) =>
  shop.world.installer(shop.world.folder, { ...base, ...env }, 'status', ...argv);
const status = async (...argv: string[]) => run({}, ...argv);
const byHand = (request: Record<string, string | number | boolean>): void => {
  shop.world.simulation.updateService({ cluster: 'production', service: project, ...request });
};

describe('what runs', () => {
  test('since when, by which build, with nothing named but the project', async () => {
    await opened({}, '1.0.14', '1.0.15');
    const told = await status();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('Production: hid-generator in production');
    expect(told.log).toContain('HEALTHY: 1.0.15.RELEASE (hid-generator:2): 2 of 2 tasks run.');
    expect(told.log).toMatch(/Built by +HID-GEN-JOB1-15, build 15/u);
    expect(told.log).toMatch(/Since +2026-11-24T02:01:\d\dZ, for 1 min/u);
    expect(told.log).not.toContain('CHANGED');
    expect(JSON.parse(told.output('status.json'))).toMatchObject({
      schema: 1,
      services: [
        { health: 'healthy', version: '1.0.15.RELEASE', environment: 'Production', drift: [], running: 2 },
      ],
    });
  });

  test('not even the project, where it is the only one', async () => {
    await opened({}, '1.0.15');
    const told = await shop.world.installer(shop.world.folder, {}, 'status');
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('HEALTHY: 1.0.15.RELEASE');
  });

  test('as one JSON object on each line', async () => {
    await opened({}, '1.0.15');
    const told = await status('--log-format=json');
    const events = told.log.split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(events.find(({ kind }) => kind === 'status')).toMatchObject({
      level: 'info',
      status: { service: project, health: 'healthy', version: '1.0.15.RELEASE' },
    });
  });

  test('by cluster and service, without any repository', async () => {
    await opened({}, '1.0.15');
    const told = await run({ bamboo_ecs_repository: '' }, '--cluster=production', `--service=${project}`);
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('Production: hid-generator in production');
    expect(told.log).toContain('No repository is set.');
  });

  test('by cluster and service when the repository is gone', async () => {
    await opened({}, '1.0.15');
    rmSync(path.join(shop.world.folder, 'repository'), { recursive: true });
    const told = await status('--cluster=production', `--service=${project}`);
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('The records could not be read');
    expect(told.log).toContain('HEALTHY: 1.0.15.RELEASE');
  });

  test('changes nothing and leaves no record', async () => {
    await opened({}, '1.0.15');
    const before = { ...shop.world.ecs.counts() };
    const told = await status();
    expect(told.log).not.toContain('/records/');
    for (const name of ['UpdateService', 'RegisterTaskDefinition', 'TagResource'])
      expect(shop.world.ecs.counts()[name]).toBe(before[name]);
  });
});

describe('several environments', () => {
  const instances = ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `eu-west-1${zone}` }));
  const inCluster = (environment: string, cluster: string): Env => ({
    bamboo_deploy_environment: environment,
    bamboo_environment_cluster: cluster,
  });

  test('in two clusters are told apart; two that share one service are told as such', async () => {
    shop = openShop({
      clusters: ['production', 'qa'].map((name) => ({ name, instances })),
      edit: (descriptors) => {
        bare(descriptors);
        for (const kind of ['service-definition', 'service-update'] as const)
          descriptors[kind]['cluster'] = '${environment.cluster}';
      },
    });
    for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
    await shop.install('1.0.14', inCluster('Production', 'production'));
    await shop.install('1.0.15', inCluster('QA', 'qa'));
    const both = await status('--exit-code');
    expect(both.exitCode).toBe(0);
    expect(both.log).toMatch(/QA: hid-generator in qa\n {2}HEALTHY: 1\.0\.15\.RELEASE/u);
    expect(both.log).toMatch(/Production: hid-generator in production\n {2}HEALTHY: 1\.0\.14\.RELEASE/u);
    expect((await status('--environment=QA')).log).not.toContain('Production:');
    const nowhere = await status('--environment=Nowhere');
    expect(nowhere.log).toContain('There are records of Production, QA.');

    await shop.install('1.0.15', inCluster('Staging', 'qa'));
    const shared = await status('--exit-code');
    expect(shared.exitCode).toBe(10);
    expect(shared.log).toContain('hid-generator:3 was installed for Staging, which has the same service');
    expect(shared.log).toMatch(/Staging: hid-generator in qa\n {2}HEALTHY: 1\.0\.15\.RELEASE/u);
  });
});

describe('what is not as it should be', () => {
  const drifts: readonly [string, () => Promise<void> | void, string, string][] = [
    ['the desired count', () => byHand({ desiredCount: 3 }), 'desiredCount', 'HEALTHY'],
    [
      'an attribute',
      () => byHand({ healthCheckGracePeriodSeconds: 77 }),
      'healthCheckGracePeriodSeconds',
      'HEALTHY',
    ],
    [
      'a forced deployment',
      () => byHand({ forceNewDeployment: true }),
      'began after the last run',
      'HEALTHY',
    ],
    [
      'an older revision',
      () => byHand({ taskDefinition: `${project}:1` }),
      'The records say that 1.0.15.RELEASE ran',
      'HEALTHY',
    ],
    [
      'a revision of nobody',
      () => {
        shop.world.simulation.registerTaskDefinition({
          family: project,
          containerDefinitions: [
            { name: project, image: 'by-hand:1', memory: 16, portMappings: [{ containerPort: 8080 }] },
          ],
        });
        byHand({ taskDefinition: `${project}:3` });
      },
      'hid-generator:3 was not registered by the installer',
      'HEALTHY: hid-generator:3',
    ],
  ];

  test.each(drifts)('%s, changed by hand', async (_what, change, text, health) => {
    const grace = ({ ...descriptors }: Parameters<typeof bare>[0]): void => {
      behindTargetGroup(descriptors);
      descriptors['service-update']['healthCheckGracePeriodSeconds'] = 30;
    };
    await opened({ edit: grace }, '1.0.14', '1.0.15');
    await shop.world.clock.sleep(300_000);
    await change();
    await shop.world.clock.sleep(900_000);
    const told = await status();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain(`CHANGED: `);
    expect(told.log).toContain(text);
    expect(told.log).toContain(health);
    // The summary and the page say what it is, not only that there is something.
    const changed = /CHANGED: (?<what>.*)/u.exec(told.log)?.groups?.['what'] ?? '';
    expect(told.log.slice(told.log.indexOf('== Summary =='))).toContain(changed.slice(0, 40));
    expect(told.output('record.html')).toContain('<h3>Changed by hand</h3>');
    expect((await status('--exit-code')).exitCode).toBe(10);
  });

  test('a rollout in progress is told, and is no change by hand', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.14');
    await shop.publish('1.0.15');
    const stop = new AbortController();
    shop.after(30_000, () => stop.abort('SIGTERM'));
    await shop.installUntil(stop.signal, '1.0.15');
    const told = await status();
    expect(told.log).toContain('IN-PROGRESS: 1.0.15.RELEASE (hid-generator:2): it is being rolled out');
    expect(told.log).not.toContain('began after');
    expect((await status('--exit-code')).exitCode).toBe(10);
  });

  test('failed attempts', async () => {
    await opened({ scenario: crashing('1.0.15', '1.0.16') }, '1.0.14', '1.0.15', '1.0.16');
    const told = await status('--exit-code');
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('HEALTHY: 1.0.14.RELEASE');
    expect(told.log).toMatch(
      /Not steady +1\.0\.16\.RELEASE \(hid-generator:3, build 16\): failed, crash-loop at 2026-/u,
    );
    expect(told.log).toMatch(/Not steady +1\.0\.15\.RELEASE \(hid-generator:2, build 15\): failed/u);
  });

  test('tasks that went away', async () => {
    await opened({ edit: behindTargetGroup }, '1.0.15');
    shop.world.simulation.setScenario(crashing('1.0.15'));
    for (const task of [...shop.world.simulation.state.tasks.values()].filter(
      ({ lastStatus }) => lastStatus === 'RUNNING',
    ))
      shop.world.simulation.stopTask({ cluster: 'production', task: task.arn });
    await shop.world.clock.sleep(60_000);
    const told = await status('--exit-code');
    expect(told.exitCode).toBe(10);
    expect(told.log).toMatch(/UNHEALTHY: 1\.0\.15\.RELEASE \(hid-generator:1\): only [01] of 2 tasks run/u);
  });

  test('a service that was deleted', async () => {
    await opened({}, '1.0.15');
    shop.world.simulation.deleteService({ cluster: 'production', service: project, force: true });
    await shop.world.clock.sleep(600_000);
    const told = await status();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('ABSENT: The service was deleted (INACTIVE).');
    expect((await status('--exit-code')).exitCode).toBe(10);
  });

  test('a service that is not there', async () => {
    await opened({}, '1.0.15');
    const told = await status('--cluster=production', '--service=other');
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('ABSENT: The service does not exist.');
  });

  test('what was never installed', async () => {
    shop = openShop({ edit: bare });
    await shop.publish('1.0.15');
    const told = await status();
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('NOT INSTALLED: hid-generator was never installed');
  });
});

describe('what cannot be told', () => {
  test('there is no such project', async () => {
    await opened({}, '1.0.15');
    const told = await run({ bamboo_ecs_project: 'none-such' });
    expect(told.exitCode).toBe(3);
    expect(told.log).toContain('There is no release of a project none-such');
  });

  test('the repository cannot be read, and nothing else says where', async () => {
    await opened({}, '1.0.15');
    const told = await run({ bamboo_ecs_repository: 'file:/nowhere/at/all' });
    expect(told.exitCode).toBe(3);
  });

  test('access to ECS is denied', async () => {
    await opened({}, '1.0.15');
    shop.world.ecs.faults.set([{ operation: 'DescribeServices', kind: 'deny' }]);
    const told = await status();
    expect(told.exitCode).toBe(4);
    expect(told.log).toContain('DescribeServices');
  });

  test('what is optional and denied is a note', async () => {
    await opened({}, '1.0.15');
    shop.world.ecs.faults.set([{ operation: 'ListTaskDefinitions', kind: 'deny' }]);
    const told = await status('--exit-code');
    expect(told.exitCode).toBe(0);
    expect(told.log).toContain('Whether later attempts failed could not be asked');
  });
});
