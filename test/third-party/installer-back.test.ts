// Looking, going back and cleaning up, by the real program against a server that somebody else wrote.
import { describe, expect, test } from '@jest/globals';
import { ecsCall } from './aws-calls.ts';
import { ministack, type EmulatorKind } from './emulators.ts';
import { openShop, type Env } from './installer-shop.ts';
import { requires } from './requires.ts';

const cluster = 'production';
const service = 'hid-generator';
/** No release is named: the records and the tags say everything. */
const unnamed: Env = { bamboo_inject_version: '', bamboo_deploy_release: '', bamboo_ecs_timeout: '60s' };

async function runs(url: string): Promise<string> {
  const found = await ecsCall(url, 'DescribeServices', { cluster, services: [service] });
  const [one] = found['services'] as { taskDefinition: string; desiredCount: number }[];
  return `${one?.taskDefinition.split('/').at(-1)} × ${one?.desiredCount}`;
}

function describeKind(kind: EmulatorKind): void {
  test('status, history, rollback and keep-revisions', async () => {
    await using emulator = await kind.start();
    await ecsCall(emulator.url, 'CreateCluster', { clusterName: cluster });
    using shop = openShop({ url: emulator.url });
    const first = await shop.publish('1.0.13');
    for (const built of [first, await shop.publish('1.0.14')])
      expect((await shop.installer(built)).exitCode).toBe(0);
    const built = await shop.publish('1.0.15');
    const third = await shop.installer(built, { bamboo_ecs_keep_revisions: '2' });
    expect(third.log).toContain('Deregistered hid-generator-production:1');
    expect(third.exitCode).toBe(0);

    const told = await shop.installer(built, unnamed, 'status');
    expect(told.log).toContain('1.0.15.RELEASE (hid-generator-production:3)');
    expect(told.exitCode).toBe(0);

    const back = await shop.installer(built, unnamed, 'rollback');
    expect(back.log).toContain('1.0.14.RELEASE is back in Production, 1.0.15.RELEASE is withdrawn');
    expect(back.exitCode).toBe(0);
    expect(await runs(emulator.url)).toBe('hid-generator-production:2 × 2');

    const gone = await shop.installer(built, unnamed, 'rollback');
    expect(gone.log).toContain(
      '1.0.13.RELEASE (hid-generator-production:1) was steady before, but is deregistered',
    );
    expect(gone.exitCode).toBe(4);
    const anew = await shop.installer(built, unnamed, 'rollback', '--to=1.0.13.RELEASE');
    expect(anew.log).toContain('is installed anew from the repository');
    expect(anew.exitCode).toBe(0);
    expect(await runs(emulator.url)).toBe('hid-generator-production:4 × 2');

    const history = await shop.installer(built, unnamed, 'history');
    const rows = history.log.split('\n').filter((line) => /^ {2}\d{4}-/u.test(line));
    // One that was refused before it had a release leaves no record.
    expect(rows).toHaveLength(5);
    expect(rows[1]).toMatch(/1\.0\.14\.RELEASE +rollback: rolled back/u);
    expect(history.exitCode).toBe(0);
  }, 180_000);
}

// On moto the rollout of an update never ends.
describe.each([ministack])('on $name', (kind) => {
  if (requires(kind.name, kind.isHere, 'make third-party')) describeKind(kind);
});
