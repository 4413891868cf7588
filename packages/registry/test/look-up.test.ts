import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { createRegistry, type RegistryOptions, type RegistryPort } from '../src/index.ts';
import {
  type Answer,
  manifest,
  registryError,
  scriptedRegistry,
  send,
  someDigest,
} from './scripted-registry.ts';

const quick: RegistryOptions = {
  timeoutMs: 2000,
  proxyEnv: {},
  retries: { limit: 2, firstPause: 1, longestPause: 50 },
};
const open = (options: Partial<RegistryOptions> = {}): RegistryPort =>
  createRegistry({ ...quick, ...options });
const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
const found: Answer = (_asked, response) => send(response, 200, { 'docker-content-digest': someDigest });

describe('a tag', () => {
  test('is found with one HEAD that accepts lists and manifests of both kinds', async () => {
    await using server = await scriptedRegistry(found);
    expect(await open().lookUp(`${server.host}/team/web:1.0.15.RELEASE`)).toEqual({
      kind: 'found',
      digest: someDigest,
    });
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'HEAD /v2/team/web/manifests/1.0.15.RELEASE',
    ]);
    const { accept = '', authorization } = server.asked[0]?.headers ?? {};
    expect(accept.split(', ')).toEqual([
      'application/vnd.oci.image.index.v1+json',
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ]);
    expect(authorization).toBeUndefined();
  });

  test('without a digest header has the sha256 of its manifest', async () => {
    await using server = await scriptedRegistry((_asked, response) => send(response, 200, {}, manifest));
    expect(await open().lookUp(`${server.host}/web:1`)).toEqual({
      kind: 'found',
      digest: digestOf(manifest),
    });
    expect(server.asked.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
  });

  test('is asked for by GET where HEAD is not allowed', async () => {
    await using server = await scriptedRegistry((asked, response) =>
      asked.method === 'HEAD'
        ? send(response, 405)
        : send(response, 200, { 'docker-content-digest': digestOf(manifest) }, manifest),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toEqual({
      kind: 'found',
      digest: digestOf(manifest),
    });
  });

  test('whose manifest has another digest than the registry says is not believed', async () => {
    await using server = await scriptedRegistry((asked, response) =>
      asked.method === 'HEAD'
        ? send(response, 200)
        : send(response, 200, { 'docker-content-digest': someDigest }, manifest),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining(digestOf(manifest)),
    });
  });

  test('with a digest that is none in the header is read in full', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 200, { 'docker-content-digest': 'sha256:short' }, manifest),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toEqual({
      kind: 'found',
      digest: digestOf(manifest),
    });
  });

  test.each(['MANIFEST_UNKNOWN', 'NAME_UNKNOWN'])('that is not there is missing (%s)', async (code) => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 404, {}, registryError(code, 'not here')),
    );
    const answer = await open().lookUp(`${server.host}/web:1`);
    expect(answer).toMatchObject({
      kind: 'missing',
      message: expect.stringContaining(`${server.host}/web has no tag 1`),
    });
  });

  test('is not missing because a web server says 404', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 404, {}, '<html>Not found</html>'),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('not as a registry'),
    });
  });

  test('needs no registry when its digest is given', async () => {
    expect(await open().lookUp(`registry.invalid/web@${someDigest}`)).toEqual({
      kind: 'found',
      digest: someDigest,
    });
  });

  test('is asked for with the tag latest when it has none', async () => {
    await using server = await scriptedRegistry(found);
    await open().lookUp(`${server.host}/web`);
    expect(server.asked[0]?.path).toBe('/v2/web/manifests/latest');
  });
});

describe('a registry that is not well', () => {
  test.each([500, 502, 503, 504, 429, 408])('%d is asked again, then found', async (status) => {
    await using server = await scriptedRegistry((asked, response, nth) =>
      nth < 3 ? send(response, status) : found(asked, response, nth),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(server.asked).toHaveLength(3);
  });

  test('a broken connection is asked again', async () => {
    await using server = await scriptedRegistry((asked, response, nth) =>
      nth === 1 ? response.destroy() : found(asked, response, nth),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
  });

  test('is given up after three attempts, with what it said', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 503, {}, registryError('UNAVAILABLE', 'over capacity')),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('503'),
      hint: expect.stringContaining('image-digest'),
    });
    expect(server.asked).toHaveLength(3);
  });

  test('that asks for more patience than we have is not asked again', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 429, { 'retry-after': '3600' }),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('too often'),
    });
    expect(server.asked).toHaveLength(1);
  });

  test('that does not answer is left after the time limit', async () => {
    await using server = await scriptedRegistry(() => undefined);
    const answer = await open({
      timeoutMs: 60,
      retries: { limit: 0, firstPause: 1, longestPause: 1 },
    }).lookUp(`${server.host}/web:1`);
    expect(answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('did not answer within 0.06 s'),
    });
  });

  test('that sends its answer for ever is left after the time limit', async () => {
    await using server = await scriptedRegistry((asked, response) => {
      if (asked.method === 'HEAD') return send(response, 200);
      response.writeHead(200);
      response.write('{');
    });
    const answer = await open({
      timeoutMs: 60,
      retries: { limit: 0, firstPause: 1, longestPause: 1 },
    }).lookUp(`${server.host}/web:1`);
    expect(answer.kind).toBe('unknown');
  });

  test('that sends more than a manifest can have is left', async () => {
    await using server = await scriptedRegistry((asked, response) =>
      asked.method === 'HEAD' ? send(response, 200) : send(response, 200, {}, 'x'.repeat(5 * 1024 * 1024)),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('more than 4194304 bytes'),
    });
  });

  test.each(['<html>Log in</html>', '[]', '"x"', '', 'null'])('200 with %j is no manifest', async (body) => {
    await using server = await scriptedRegistry((_asked, response) => send(response, 200, {}, body));
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('no manifest'),
    });
  });

  test('nobody listens', async () => {
    const server = await scriptedRegistry(found);
    const { host } = server;
    await server[Symbol.asyncDispose]();
    expect(await open().lookUp(`${host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('refused the connection'),
    });
  });

  test('its words cannot act on a terminal', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 403, {}, registryError('DENIED', '\u001B[2J\u0007no\nnono')),
    );
    const answer = await open().lookUp(`${server.host}/web:1`);
    // eslint-disable-next-line no-control-regex -- that is what must not be there
    expect(JSON.stringify(answer)).not.toMatch(/\\u001b|\\u0007|\\n/i);
  });
});

test.each(['', 'not an image', 'web:1:2', '${environment.x}/web:1'])(
  '%j is not asked about',
  async (reference) => {
    expect(await open().lookUp(reference)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('not an image reference'),
    });
  },
);
