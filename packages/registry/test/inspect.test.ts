// Is an image there before it is installed, and what is it made for?
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createRegistry, type ImageInspection } from '../src/index.ts';
import { type Answer, registryError, scriptedRegistry, send } from './scripted-registry.ts';

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const config = JSON.stringify({ os: 'linux', architecture: 'arm64', config: {} });
const single = JSON.stringify({ schemaVersion: 2, config: { digest: digestOf(config) }, layers: [] });
const index = JSON.stringify({
  schemaVersion: 2,
  manifests: [
    { digest: digestOf('a'), platform: { os: 'linux', architecture: 'amd64' } },
    { digest: digestOf('b'), platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
    { digest: digestOf('c'), platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: digestOf('d') },
    null,
  ],
});

interface Seen {
  readonly inspection: ImageInspection;
  readonly asked: readonly string[];
}

async function inspect(image: string, answer: Answer, password = 'correct horse'): Promise<Seen> {
  await using server = await scriptedRegistry(answer);
  const registry = createRegistry({
    timeoutMs: 2000,
    proxyEnv: {},
    retries: { limit: 0, firstPause: 1, longestPause: 1 },
    credentials: { host: server.host, user: 'agent', password },
  });
  const inspection = await registry.inspect(`${server.host}/${image}`);
  return { inspection, asked: server.asked.map(({ method, path }) => `${method} ${path}`) };
}

const missing = registryError('MANIFEST_UNKNOWN', 'manifest unknown');

describe('an image', () => {
  test('for several platforms is told in one request', async () => {
    const { inspection, asked } = await inspect('team/web:1', (_, response) =>
      send(response, 200, {}, index),
    );
    expect(inspection).toEqual({
      kind: 'found',
      platforms: [
        { os: 'linux', architecture: 'amd64' },
        { os: 'linux', architecture: 'arm64' },
        { os: 'unknown', architecture: 'unknown' },
      ],
    });
    expect(asked).toEqual(['GET /v2/team/web/manifests/1']);
  });

  test('for one platform says it in its configuration', async () => {
    const { inspection, asked } = await inspect('web:1', ({ path }, response) =>
      send(response, 200, {}, path.includes('/blobs/') ? config : single),
    );
    expect(inspection).toEqual({ kind: 'found', platforms: [{ os: 'linux', architecture: 'arm64' }] });
    expect(asked).toEqual(['GET /v2/web/manifests/1', `GET /v2/web/blobs/${digestOf(config)}`]);
  });

  test('whose configuration is not shown is there all the same', async () => {
    const { inspection } = await inspect('web:1', ({ path }, response) =>
      path.includes('/blobs/') ? send(response, 404) : send(response, 200, {}, single),
    );
    expect(inspection).toEqual({ kind: 'found', platforms: null });
  });

  test('by digest is really asked for', async () => {
    const digest = digestOf('gone');
    const { inspection, asked } = await inspect(`web@${digest}`, ({ path }, response) =>
      path.includes('/tags/')
        ? send(response, 200, {}, '{"name":"web","tags":null}')
        : send(response, 404, {}, missing),
    );
    expect(inspection).toMatchObject({ kind: 'missing', sure: true });
    expect(inspection).toMatchObject({ message: expect.stringContaining(`has no digest ${digest}`) });
    expect(asked[0]).toBe(`GET /v2/web/manifests/${digest}`);
  });

  test('that the registry may only hide is not surely missing', async () => {
    const { inspection } = await inspect('web:2', (_, response) => send(response, 404, {}, missing));
    expect(inspection).toMatchObject({ kind: 'missing', sure: false });
  });

  test.each([
    ['a server that is no registry', 404, 'Not Found', 'not as a registry does'],
    ['a log-in page', 200, '<html>', 'no manifest'],
    ['an overloaded registry', 503, '', 'answered 503'],
    ['a refusal', 403, registryError('DENIED', 'no access'), 'refused (403)'],
  ])('at %s is unknown', async (_, status, body, words) => {
    const { inspection } = await inspect('web:1', (_asked, response) => send(response, status, {}, body));
    expect(inspection).toEqual({ kind: 'unknown', message: expect.stringContaining(words) });
  });

  test('is asked for with credentials after a challenge, which no answer repeats', async () => {
    const password = 'extraordinary-password';
    const { inspection, asked } = await inspect(
      'web:1',
      ({ headers }, response) =>
        headers.authorization === undefined
          ? send(response, 401, { 'www-authenticate': 'Basic realm="x"' })
          : send(response, 403, {}, registryError('DENIED', `no ${password} for ${headers.authorization}`)),
      password,
    );
    expect(asked).toHaveLength(2);
    expect(inspection.kind).toBe('unknown');
    expect(JSON.stringify(inspection)).not.toContain(password);
    expect(JSON.stringify(inspection)).toContain('***');
  });

  test('with a name that is none asks nobody', async () => {
    const { inspection, asked } = await inspect('Web:1', (_, response) => send(response, 200, {}, index));
    expect(inspection).toMatchObject({ kind: 'unknown' });
    expect(asked).toEqual([]);
  });
});
