// A roll-back whose time is up while tasks of the failed release merely drain: the version before is back.
import { expect, test } from '@jest/globals';
import { behindTargetGroup, openShop } from './shop.ts';

test('is no roll-back that failed', async () => {
  const rule = { match: '1.0.16.RELEASE', outcome: { kind: 'never-healthy', status: 404 } as const };
  const shop = openShop({ edit: behindTargetGroup, scenario: { rules: [rule] } });
  for (const version of ['1.0.15', '1.0.16']) await shop.publish(version);
  await shop.install('1.0.15');
  // Connections are drained for five minutes.
  const run = await shop.install('1.0.16', { bamboo_ecs_timeout: '4m' });
  shop.world.close();
  expect(run.log).toContain('Roll-back of hid-generator: TIMED-OUT.');
  expect(run.log).toContain(
    'hid-generator:1 (1.0.15.RELEASE) is back: 2 of 2 tasks run it. ECS still drains 2 tasks of the release that failed.',
  );
  expect(run.log).not.toContain('NOT back');
  expect(run.exitCode).toBe(5);
});
