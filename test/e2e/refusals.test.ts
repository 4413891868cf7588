// What is refused, with which exit code, in which words, and how little is asked of AWS before.
import { readdirSync, readFileSync, writeFileSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openShop, project, type Shop } from './shop.ts';

let shop: Shop;
beforeEach(async () => {
  shop = openShop();
  for (const version of ['1.0.14', '1.0.15']) await shop.publish(version);
});
afterEach(() => shop.world.close());

describe('installer plan', () => {
  test('shows what would be done and changes nothing', async () => {
    const run = await shop.install('1.0.14', {}, 'plan');
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain('The service hid-generator in production would be created.');
    expect(run.log).toContain('Nothing was changed.');
    expect(Object.keys(run.calls).every((operation) => /^(?:Describe|List)/u.test(operation))).toBe(true);
    expect(shop.revisions()).toHaveLength(0);
  });

  test('with --exit-code says by 10 whether there is something to do', async () => {
    expect((await shop.install('1.0.14', {}, 'plan', '--exit-code')).exitCode).toBe(10);
    await shop.install('1.0.14');
    expect((await shop.install('1.0.14', {}, 'plan', '--exit-code')).exitCode).toBe(0);
    expect((await shop.install('1.0.15', {}, 'plan')).exitCode).toBe(0);
  });
});

describe('guards', () => {
  test('an older release is refused, unless Bamboo rolls back or the setting allows it', async () => {
    await shop.install('1.0.15');
    const refused = await shop.install('1.0.14');
    expect(refused).toMatchObject({ exitCode: 4, total: 2 });
    expect(refused.log).toContain('1.0.14.RELEASE is older than 1.0.15.RELEASE, which runs.');
    expect(await shop.install('1.0.14', { bamboo_deploy_rollback: 'true' })).toMatchObject({ exitCode: 0 });
    await shop.install('1.0.15');
    expect(await shop.install('1.0.14', { bamboo_ecs_allow_downgrade: 'true' })).toMatchObject({
      exitCode: 0,
    });
  });

  test('a tag that this environment does not allow: AWS is not asked', async () => {
    const run = await shop.install('1.0.14', { bamboo_ecs_environments: 'QA=RELEASE,Production=MILESTONE' });
    expect(run).toMatchObject({ exitCode: 4, total: 0 });
    expect(run.log).toContain('A RELEASE may not be installed in the environment "Production"');
  });

  test('another cluster: AWS is not asked', async () => {
    const run = await shop.install('1.0.14', { bamboo_ecs_cluster: 'qa' });
    expect(run).toMatchObject({ exitCode: 4, total: 0 });
    expect(run.log).toContain('The cluster must be qa, but the descriptors name production.');
  });

  test('another account or region, for a service that is there and for one that is not', async () => {
    const wrong = { bamboo_ecs_account: '999999999999', bamboo_ecs_region: 'us-east-1' };
    for (const first of [true, false]) {
      const run = await shop.install('1.0.14', wrong);
      expect(run.exitCode).toBe(4);
      expect(run.log).toContain('The account must be 999999999999, but this is 123456789012.');
      expect(run.log).toContain('The region must be us-east-1, but this is eu-west-1.');
      expect(run.calls).not.toHaveProperty('RegisterTaskDefinition');
      if (first) await shop.install('1.0.14');
    }
  });

  test('the right account and region let a first create pass', async () => {
    const right = { bamboo_ecs_account: '123456789012', bamboo_ecs_region: 'eu-west-1' };
    const run = await shop.install('1.0.14', right);
    // The guard's and that of the room for its tasks.
    expect(run).toMatchObject({ exitCode: 0, calls: { DescribeClusters: 2 } });
  });

  test('a cluster that is not there leaves no revision behind', async () => {
    const state = shop.world.simulation.state.clusters;
    const cluster = state.get('production');
    state.delete('production');
    const missing = await shop.install('1.0.14');
    expect(missing.exitCode).toBe(4);
    expect(missing.log).toMatch(/cluster/iu);
    if (cluster) state.set('production', { ...cluster, status: 'INACTIVE' });
    const inactive = await shop.install('1.0.14');
    expect(inactive.exitCode).toBe(4);
    expect(shop.revisions()).toHaveLength(0);
  });

  test('builds of two plans of Bamboo are not compared', async () => {
    // 1.0.16.MILESTONE: build 20 of one plan, then build 3 of another.
    const milestone = async (number: number, plan: string) => {
      const cwd = shop.world.checkout(project, `milestone-${plan}-${number}`);
      const env = {
        bamboo_planRepository_branchName: 'development',
        bamboo_buildKey: `HID-${plan}-JOB1`,
        bamboo_buildResultKey: `HID-${plan}-JOB1-${number}`,
        bamboo_buildNumber: String(number),
        bamboo_planRepository_revision: String(number).padStart(4, '0').repeat(10),
        bamboo_ecs_version: '1.0.16',
      };
      const { masterBuild } = await import('./harness.ts');
      const published = await shop.world.expander(cwd, { ...masterBuild(number), ...env });
      expect(published.exitCode).toBe(0);
      return shop.install('1.0.16', { bamboo_inject_version: '1.0.16.MILESTONE' });
    };
    expect(await milestone(20, 'GEN')).toMatchObject({ exitCode: 0 });
    expect(await milestone(19, 'GEN')).toMatchObject({ exitCode: 4 });
    expect(await milestone(3, 'GEN0')).toMatchObject({ exitCode: 0 });
  });
});

describe('the release', () => {
  test('a name of a release without a version', async () => {
    const run = await shop.install('1.0.14', {
      bamboo_inject_version: '',
      bamboo_deploy_release: 'feature-x-12',
    });
    expect(run).toMatchObject({ exitCode: 2, total: 0 });
    expect(run.log).toContain('bamboo_deploy_release');
  });

  test('one that was never published', async () => {
    const run = await shop.install('1.0.99');
    expect(run).toMatchObject({ exitCode: 3, total: 0 });
    expect(run.log).toContain('Nothing was changed.');
  });

  test('values of the environment that are missing, all at once', async () => {
    const late = openShop({
      edit: (descriptors) => {
        descriptors['service-definition']['desiredCount'] = '<environment.count>';
        descriptors['service-update']['desiredCount'] = '<environment.count>';
        descriptors['service-definition']['platformVersion'] = '${environment.platform}';
      },
    });
    try {
      await late.publish('1.0.14');
      const run = await late.install('1.0.14');
      expect(run).toMatchObject({ exitCode: 2, total: 0 });
      expect(run.log).toContain('bamboo_environment_count');
      expect(run.log).toContain('bamboo_environment_platform');
      const wrong = await late.install('1.0.14', {
        bamboo_environment_count: 'many',
        bamboo_environment_platform: '1.4.0',
      });
      expect(wrong).toMatchObject({ exitCode: 2, total: 0 });
    } finally {
      late.world.close();
    }
  });
});

describe('a manifest that is not what was published', () => {
  const folder = (): string => path.join(shop.world.folder, 'repository', project, '1.0.14.RELEASE');
  const manifestFile = (): string => path.join(folder(), `${project}-1.0.14.RELEASE-release.json`);
  const read = (): string => readFileSync(manifestFile(), 'utf8');
  const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

  const tampered: readonly (readonly [string, (text: string) => string])[] = [
    ['a descriptor changed', (text) => text.replace('\\"memory\\": 256', '\\"memory\\": 512')],
    [
      'a checksum changed',
      (text) =>
        text.replace(
          /"sha256": ?"[0-9a-f]/u,
          (found) => `${found.slice(0, -1)}${found.endsWith('0') ? '1' : '0'}`,
        ),
    ],
    [
      'a descriptor and its checksum changed, the identity not',
      (text) => {
        const manifest = JSON.parse(text) as {
          descriptors: { content: string; sha256: string; size: number }[];
        };
        for (const descriptor of manifest.descriptors) {
          descriptor.content = descriptor.content.replace('256', '512');
          descriptor.sha256 = sha(descriptor.content);
          descriptor.size = Buffer.byteLength(descriptor.content);
        }
        return JSON.stringify(manifest);
      },
    ],
    ['another project', (text) => text.replaceAll(`"${project}"`, '"other-project"')],
    [
      'a name that leaves its folder',
      (text) => text.replace(`"${project}-1.0.14.RELEASE-task-definition.json"`, '"../../../etc/passwd"'),
    ],
    ['an HTML page', () => '<!DOCTYPE html><html><body>Sign in</body></html>'],
    ['half of it', (text) => text.slice(0, text.length / 2)],
    ['nothing', () => ''],
    ['100 MB', () => ' '.repeat(100 * 1024 * 1024)],
  ];

  test.each(tampered)('%s', async (_name, change) => {
    const before = read();
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(manifestFile(), after);
    const run = await shop.install('1.0.14');
    expect(run).toMatchObject({ exitCode: 3, total: 0 });
    expect(run.log.length).toBeLessThan(10_000);
    expect(shop.revisions()).toHaveLength(0);
  });

  test('another one than the build handed on', async () => {
    const run = await shop.install('1.0.14', { bamboo_inject_manifest_sha256: 'a'.repeat(64) });
    expect(run).toMatchObject({ exitCode: 3, total: 0 });
    expect(await shop.install('1.0.14', { bamboo_inject_manifest_sha256: sha(read()) })).toMatchObject({
      exitCode: 0,
    });
  });

  test('a publication that broke off', async () => {
    rmSync(manifestFile());
    expect(readdirSync(folder()).length).toBeGreaterThan(0);
    const run = await shop.install('1.0.14');
    expect(run).toMatchObject({ exitCode: 3, total: 0 });
  });
});
