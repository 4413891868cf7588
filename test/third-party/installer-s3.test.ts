// Releases in S3: both real programs with `repository=s3://…` on moto, which is ECS for them, too.
import { describe, expect, test } from '@jest/globals';
import { authorization, ecsCall } from './aws-calls.ts';
import { moto } from './emulators.ts';
import { openShop, region } from './installer-shop.ts';
import { requires } from './requires.ts';

if (requires(moto.name, moto.isHere, 'make third-party')) {
  describe('releases in S3', () => {
    test('published, found, installed, recorded', async () => {
      await using emulator = await moto.start({ MOTO_ECS_SERVICE_RUNNING: '2' });
      const headers = { authorization: authorization('s3', region) };
      const s3 = async (path: string, init: RequestInit = {}): Promise<string> => {
        const answer = await fetch(`${emulator.url}/${path}`, { ...init, headers });
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
        return answer.text();
      };
      const location = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
      await s3('shop-release', { method: 'PUT', body: location });
      await ecsCall(emulator.url, 'CreateCluster', { clusterName: 'production' });
      using shop = openShop({ url: emulator.url, repository: 's3://shop-{tag}/descriptors' });

      await shop.publish('1.0.14');
      const built = await shop.publish('1.0.15');
      const listing = await s3('shop-release?list-type=2');
      const keys = [...listing.matchAll(/<Key>(.+?)<\/Key>/gu)].map(([, key]) => key);
      const at = 'descriptors/hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE';
      for (const kind of ['task-definition', 'service-definition', 'service-update', 'release'])
        expect(keys).toContain(`${at}-${kind}.json`);

      const latest = { bamboo_ecs_release: 'latest RELEASE', bamboo_ecs_timeout: '10s' };
      const installed = await shop.installer(built, latest);
      expect(installed.log).toContain('latest RELEASE is 1.0.15.RELEASE');
      expect(installed.exitCode).toBe(0);
      const records = [...(await s3('shop-release?list-type=2')).matchAll(/<Key>(.+?)<\/Key>/gu)]
        .map(([, key]) => key ?? '')
        .filter((key) => key.includes('Production'));
      expect(records.map((key) => key.split('.').at(-1)).join(' ')).toMatch(/^(?:html json|json html)$/u);
      const record = await s3(`shop-release/${records.find((key) => key.endsWith('.json'))}`);
      expect(JSON.parse(record)).toMatchObject({ version: '1.0.15.RELEASE', environment: 'Production' });

      const again = await shop.installer(built);
      expect(again.log).toContain('UNCHANGED');
      expect(again.exitCode).toBe(0);
      // Only the bucket for RELEASE is there; without a release named, the records say where.
      const look = { bamboo_inject_version: '', bamboo_deploy_release: '' };
      const told = await shop.installer(built, look, 'status');
      expect(told.log).toContain('1.0.15.RELEASE (hid-generator-production:');
      expect(told.exitCode).toBe(0);
      const history = await shop.installer(built, look, 'history');
      expect(history.log).toMatch(/1\.0\.15\.RELEASE +steady/u);
      expect(history.exitCode).toBe(0);

      const none = await shop.installer(built, { bamboo_ecs_release: '9.9.9.RELEASE' });
      expect(none.log).toContain('9.9.9.RELEASE');
      expect(none.exitCode).toBe(3);
      const elsewhere = await shop.installer(built, { bamboo_ecs_repository: 's3://no-such-bucket-here' });
      expect(elsewhere.log).toContain('There is no bucket no-such-bucket-here');
      expect(elsewhere.exitCode).toBe(3);
    }, 90_000);
  });
}
