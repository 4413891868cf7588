import { createHash } from 'node:crypto';
import { createRegistry } from '@bamboo-ecs/registry';
import { describe, expect, test } from '@jest/globals';
import { pushImage, startRegistryStandIn } from '../../src/index.ts';

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const manifestType = 'application/vnd.oci.image.manifest.v1+json';

describe('pushing an image', () => {
  test('the tag has the digest, and what is read is what was pushed', async () => {
    await using registry = await startRegistryStandIn();
    const digest = await pushImage(registry.url, 'team/hid-generator', '1.0.15.RELEASE', 'the program');
    for (const reference of ['1.0.15.RELEASE', digest]) {
      const response = await fetch(`${registry.url}/v2/team/hid-generator/manifests/${reference}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('docker-content-digest')).toBe(digest);
      expect(response.headers.get('content-type')).toBe(manifestType);
      const text = await response.text();
      expect(digestOf(text)).toBe(digest);
      const { layers } = JSON.parse(text) as { layers: { digest: string }[] };
      const layer = await fetch(`${registry.url}/v2/team/hid-generator/blobs/${layers[0]?.digest}`);
      expect(await layer.text()).toBe('the program');
    }
  });

  test('the same content gives the same digest, another content another, and a tag moves', async () => {
    await using registry = await startRegistryStandIn();
    const first = await pushImage(registry.url, 'web', '1', 'one');
    expect(await pushImage(registry.url, 'web', '2', 'one')).toBe(first);
    const second = await pushImage(registry.url, 'web', '1', 'two');
    expect(second).not.toBe(first);
    const head = await fetch(`${registry.url}/v2/web/manifests/1`, { method: 'HEAD' });
    expect(head.headers.get('docker-content-digest')).toBe(second);
    expect(await (await fetch(`${registry.url}/v2/web/tags/list`)).json()).toEqual({
      name: 'web',
      tags: ['1', '2'],
    });
    expect(await (await fetch(`${registry.url}/v2/_catalog`)).json()).toEqual({ repositories: ['web'] });
    registry.reset();
    expect((await fetch(`${registry.url}/v2/web/manifests/1`)).status).toBe(404);
  });

  test('a refusal has the words of the registry', async () => {
    await using registry = await startRegistryStandIn({ users: [{ name: 'ci', password: 'right' }] });
    await expect(pushImage(registry.url, 'web', '1', 'x')).rejects.toThrow(/answered 401: .*UNAUTHORIZED/u);
    await expect(pushImage(registry.url, 'web', '1', 'x', { user: 'ci', password: 'wrong' })).rejects.toThrow(
      /401/u,
    );
    await expect(
      pushImage(registry.url, 'web', '1', 'x', { user: 'ci', password: 'right' }),
    ).resolves.toMatch(/^sha256:/u);
    await expect(
      pushImage(registry.url, 'Not A Name', '1', 'x', { user: 'ci', password: 'right' }),
    ).rejects.toThrow(/NAME_INVALID/u);
  });

  test('the expander’s own look-up finds the digest', async () => {
    await using registry = await startRegistryStandIn();
    const digest = await pushImage(registry.url, 'web', '1.0.0.MILESTONE', 'x');
    const host = new URL(registry.url).host;
    const lookUp = createRegistry({ timeoutMs: 5000, proxyEnv: {} });
    await expect(lookUp.lookUp(`${host}/web:1.0.0.MILESTONE`)).resolves.toEqual({ kind: 'found', digest });
    await expect(lookUp.lookUp(`${host}/web:2.0.0.MILESTONE`)).resolves.toMatchObject({ kind: 'missing' });
  });
});

describe('addresses', () => {
  test.each([
    ['GET', '/v2/', 200],
    ['GET', '/_rehearsal/health', 200],
    ['GET', '/', 404],
    ['GET', '/v2/web/manifests/none', 404],
    ['HEAD', '/v2/web/manifests/none', 404],
    ['POST', '/v2/web/manifests/1', 405],
    ['DELETE', '/v2/web/manifests/1', 404],
    ['GET', '/v2/web/tags/list', 404],
    ['GET', `/v2/web/blobs/${digestOf('x')}`, 404],
    ['GET', '/v2/web/blobs/nonsense', 400],
    ['PATCH', '/v2/web/blobs/uploads/nonsense', 404],
    ['GET', '/v2/web/blobs/uploads/', 405],
    ['GET', '/v2/__proto__/tags/list', 400],
    ['GET', '/v2/constructor/tags/list', 404],
  ])('%s %s: %d', async (method, path, status) => {
    await using registry = await startRegistryStandIn();
    const response = await fetch(registry.url + path, { method });
    expect(response.status).toBe(status);
    expect(response.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
  });

  test('a manifest that is none, or whose layers are not there, is refused', async () => {
    await using registry = await startRegistryStandIn();
    const put = async (body: string, reference = '1') =>
      (await fetch(`${registry.url}/v2/web/manifests/${reference}`, { method: 'PUT', body })).status;
    expect(await put('{')).toBe(400);
    expect(await put('[]')).toBe(400);
    expect(await put('{"layers":[null]}')).toBe(400);
    expect(await put(JSON.stringify({ config: { digest: digestOf('not there') } }))).toBe(400);
    expect(await put('{}', digestOf('else'))).toBe(400);
    expect(await put('{}', '-not-a-tag')).toBe(400);
    expect(await put('{}', digestOf('{}'))).toBe(201);
  });

  test('uploads in pieces, at once, mounted, broken off, and with wrong bytes', async () => {
    await using registry = await startRegistryStandIn();
    const ask = (method: string, path: string, body?: string) =>
      fetch(new URL(path, registry.url), { method, ...(body === undefined ? {} : { body }) });
    const begin = async () => (await ask('POST', '/v2/web/blobs/uploads/')).headers.get('location') ?? '';

    const pieces = await begin();
    await ask('PATCH', pieces, 'one ');
    expect((await ask('PATCH', pieces, 'two')).headers.get('range')).toBe('0-6');
    expect((await ask('PUT', `${pieces}?digest=${digestOf('wrong')}`)).status).toBe(400);
    expect((await ask('PUT', `${pieces}?digest=${digestOf('one two')}`)).status).toBe(201);
    expect((await ask('GET', pieces)).status).toBe(404);

    expect((await ask('POST', `/v2/web/blobs/uploads/?digest=${digestOf('x')}`, 'x')).status).toBe(201);
    expect((await ask('POST', `/v2/other/blobs/uploads/?mount=${digestOf('x')}&from=web`)).status).toBe(201);
    expect((await ask('HEAD', `/v2/other/blobs/${digestOf('x')}`)).headers.get('content-length')).toBe('1');
    expect((await ask('POST', `/v2/other/blobs/uploads/?mount=${digestOf('y')}&from=web`)).status).toBe(202);

    const broken = await begin();
    expect((await ask('DELETE', broken)).status).toBe(204);
    expect((await ask('PUT', `${broken}?digest=${digestOf('')}`)).status).toBe(404);
  });

  test('deleting a manifest takes its tags along', async () => {
    await using registry = await startRegistryStandIn();
    const digest = await pushImage(registry.url, 'web', '1', 'x');
    expect((await fetch(`${registry.url}/v2/web/manifests/${digest}`, { method: 'DELETE' })).status).toBe(
      202,
    );
    expect((await fetch(`${registry.url}/v2/web/manifests/1`)).status).toBe(404);
  });

  test('a port that is taken is an error; what is asked is logged', async () => {
    const lines: string[] = [];
    await using registry = await startRegistryStandIn({ log: (line) => lines.push(line) });
    const port = Number(new URL(registry.url).port);
    await expect(startRegistryStandIn({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await fetch(`${registry.url}/v2/`);
    expect(lines).toEqual(['GET /v2/ 200']);
  });
});
