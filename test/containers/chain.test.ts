// The seed's whole way: an image built and pushed under its version, its digest in the release, pulled by the engine of the
// cluster as image@digest, serving.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mustDocker } from '../docker/engine.ts';
import { type Change, openShop, type Shop } from '../third-party/installer-shop.ts';
import { requires } from '../third-party/requires.ts';
import { templatesOf } from './descriptors.ts';
import { note } from './figures.ts';
import { howToGetRegistry, registryIsHere, startRegistry, type Registry } from './registry.ts';
import { containersAreHere } from './here.ts';
import { freePort, openStage, type Case, type Stage } from './stage.ts';
import { openTaskImages, type TaskImages } from './task-images.ts';

const here = [containersAreHere(), requires('docker-registry', registryIsHere, howToGetRegistry)];

if (here.every(Boolean)) {
  describe('from the build of an image to the container that serves', () => {
    const opened = new AsyncDisposableStack();
    let stage: Stage;
    let registry: Registry;
    let images: TaskImages;
    beforeAll(async () => {
      registry = opened.use(await startRegistry());
      images = opened.use(openTaskImages());
      stage = opened.use(await openStage());
    }, 60_000);
    afterAll(async () => opened.disposeAsync(), 60_000);

    const require = { bamboo_ecs_image_digest: 'require' };

    /** A build stage of Bamboo: the image is made, pushed, and gone from this machine; returns its digest. */
    async function push(name: string, tag: string, says: string): Promise<string> {
      const reference = `${registry.host}/${name}:${tag}`;
      images.make(reference, { kind: 'serves', says });
      await mustDocker('push', reference);
      await mustDocker('rmi', '--force', reference);
      const digest = await registry.digest(name, tag);
      if (digest === null) throw new Error(`${reference} did not arrive`);
      return digest;
    }

    function shopFor(): Shop {
      return opened.use(openShop({ url: stage.programsUrl, env: require }));
    }

    /** The manifest of a release, as it lies in the repository. */
    function manifestOf(shop: Shop, version: string): { images: unknown; descriptors: { kind: string }[] } {
      const file = `repository/hid-generator/${version}/hid-generator-${version}-release.json`;
      return JSON.parse(readFileSync(path.join(shop.folder, file), 'utf8')) as ReturnType<typeof manifestOf>;
    }

    async function whatServes(one: Case): Promise<readonly string[]> {
      const tasks = await one.tasks('RUNNING');
      const addresses = tasks.map(
        ({ attachments }) => attachments[0]?.details.find(({ name }) => name === 'privateIPv4Address')?.value,
      );
      return Promise.all(addresses.map(async (address) => (await fetch(`http://${address}:8080/`)).text()));
    }

    test('a RELEASE with the templates of the seed, but for the port of the machine', async () => {
      await using one = await stage.newCase();
      const shop = shopFor();
      const hostPort = await freePort();
      const digest = await push(`${one.cluster}/hid-generator`, '1.0.15.RELEASE', 'the release');
      const built = await shop.publish('1.0.15', {
        cluster: one.cluster,
        variables: { registry: `${registry.host}/${one.cluster}`, desiredCount: '1' },
        edit(checkout) {
          const file = path.join(checkout, 'descriptors/task-definition.json');
          writeFileSync(
            file,
            readFileSync(file, 'utf8').replace('"hostPort": 1234', `"hostPort": ${hostPort}`),
          );
        },
      });
      const reference = `${registry.host}/${one.cluster}/hid-generator`;
      expect(JSON.stringify(manifestOf(shop, '1.0.15.RELEASE').images)).toContain(digest);

      const ran = await shop.installer(built);
      expect([ran.exitCode, ran.log]).toEqual([0, expect.stringContaining(digest.slice(0, 19))]);
      const { taskDefinition: name } = await one.service();
      const { taskDefinition } = await stage.ask('DescribeTaskDefinition', { taskDefinition: name });
      expect(taskDefinition).toMatchObject({
        containerDefinitions: [{ image: expect.stringMatching(new RegExp(`@${digest}$`, 'u')) }],
      });
      expect(
        await mustDocker('image', 'inspect', '--format', '{{.RepoDigests}}', `${reference}@${digest}`),
      ).toBe(`[${reference}@${digest}]`);
      expect(await (await fetch(`http://127.0.0.1:${hostPort}/`)).text()).toBe('the release');
      note('chain', 'release', { digest });
    }, 90_000);

    test('a MILESTONE that is built anew under the same version arrives; built the same, it is left alone', async () => {
      await using one = await stage.newCase();
      const shop = shopFor();
      const name = `${one.cluster}/hid-generator`;
      const version = '1.0.16.MILESTONE';
      const change: Change = {
        cluster: one.cluster,
        branch: 'development',
        edit: templatesOf({ image: `${registry.host}/${name}`, desired: 2 }),
      };
      const first = await push(name, version, 'the first build');
      const one1 = await shop.publish('1.0.16', change);
      expect((await shop.installer(one1)).exitCode).toBe(0);
      expect(await whatServes(one)).toEqual(['the first build', 'the first build']);

      const second = await push(name, version, 'the second build');
      expect(second).not.toBe(first);
      const one2 = await shop.publish('1.0.16', change);
      const updated = await shop.installer(one2);
      expect([updated.exitCode, updated.log]).toEqual([0, expect.stringContaining('update the service')]);
      expect(await whatServes(one)).toEqual(['the second build', 'the second build']);
      const digests = (await one.tasks('RUNNING')).map(({ containers }) => containers[0]?.imageDigest);
      expect(digests).toEqual([second, second]);

      const unchanged = await shop.installer(await shop.publish('1.0.16', change));
      expect([unchanged.exitCode, unchanged.log]).toEqual([0, expect.stringContaining('UNCHANGED')]);
    }, 120_000);

    test('an image that was never pushed: not published; one that is gone since: told, and rolled back', async () => {
      await using one = await stage.newCase();
      const shop = shopFor();
      const name = `${one.cluster}/hid-generator`;
      const image = `${registry.host}/${name}`;
      const change: Change = {
        cluster: one.cluster,
        edit: templatesOf({ image, desired: 2, maximum: 1000 }),
      };
      await expect(shop.publish('1.0.17', change)).rejects.toThrow('exit code 3');

      await push(name, '1.0.17.RELEASE', 'good');
      expect((await shop.installer(await shop.publish('1.0.17', change))).exitCode).toBe(0);
      const off = { ...change, env: { bamboo_ecs_image_digest: 'off' } };
      const ran = await shop.installer(await shop.publish('1.0.18', off), { bamboo_ecs_image_digest: 'off' });
      expect(ran.log).toContain('(image-not-found');
      expect(ran.log).toContain('is not in its registry');
      expect(ran.exitCode).toBe(5);
      expect(await whatServes(one)).toEqual(['good', 'good']);
    }, 120_000);
  });
}
