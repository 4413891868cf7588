import { describe, expect, test } from '@jest/globals';
import { createRegistry, type RegistryOptions, type RegistryPort } from '../src/index.ts';
import {
  type Answer,
  type Asked,
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
const password = 'p4ss:w0rd ü';
const basic = (user: string): string => `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
const denied = registryError('UNAUTHORIZED', 'authentication required');

function ask401(header: string, allowed: (asked: Asked) => boolean): Answer {
  return (asked, response) =>
    allowed(asked)
      ? send(response, 200, { 'docker-content-digest': someDigest })
      : send(response, 401, { 'www-authenticate': header }, denied);
}

describe('Basic authentication', () => {
  test('answers the challenge of its own host', async () => {
    await using server = await scriptedRegistry(
      ask401('Basic realm="Registry"', ({ headers }) => headers.authorization === basic('ann')),
    );
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined, basic('ann')]);
  });

  test('is not tried at another host, and no password is in the message', async () => {
    await using server = await scriptedRegistry(ask401('Basic realm="Registry"', () => false));
    const registry = open({ credentials: { host: 'registry.example.com', user: 'ann', password } });
    const answer = await registry.lookUp(`${server.host}/web:1`);
    expect(answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('without credentials'),
    });
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('that a helper of the Docker configuration may know is told', async () => {
    await using server = await scriptedRegistry(ask401('Basic realm="Registry"', () => false));
    const answer = await open({ dockerConfig: { credsStore: 'pass' } }).lookUp(`${server.host}/web:1`);
    expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('helper pass') });
  });

  test('that is refused is not tried again', async () => {
    await using server = await scriptedRegistry(ask401('Basic realm="Registry"', () => false));
    const answer = await open({ credentials: { host: server.host, user: 'ann', password } }).lookUp(
      `${server.host}/web:1`,
    );
    expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('the user "ann"') });
    expect(server.asked).toHaveLength(2);
    expect(JSON.stringify(answer)).not.toContain('p4ss');
  });

  test('403 is not tried again', async () => {
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 403, {}, registryError('DENIED', 'no pull')),
    );
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('403'),
    });
    expect(server.asked).toHaveLength(1);
  });

  test.each(['Negotiate', ''])('another proof (%j) is not known', async (header) => {
    await using server = await scriptedRegistry(ask401(header, () => false));
    expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('not known here'),
    });
  });
});

describe('token authentication', () => {
  const withToken = ({ headers }: Asked): boolean => headers.authorization === 'Bearer t0ken';

  test('fetches a token anonymously for this repository', async () => {
    await using tokens = await scriptedRegistry((_asked, response) =>
      send(response, 200, {}, '{"token":"t0ken"}'),
    );
    const challenge = `Bearer realm="http://${tokens.host}/token?a=b",service="registry.example.com"`;
    await using server = await scriptedRegistry(ask401(challenge, withToken));
    expect(await open().lookUp(`${server.host}/team/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(tokens.asked[0]?.path).toBe(
      '/token?a=b&service=registry.example.com&scope=repository%3Ateam%2Fweb%3Apull',
    );
    expect(tokens.asked[0]?.headers.authorization).toBeUndefined();
  });

  test('fetches it with the credentials of the registry', async () => {
    await using tokens = await scriptedRegistry((_asked, response) =>
      send(response, 200, {}, '{"access_token":"t0ken"}'),
    );
    await using server = await scriptedRegistry(
      ask401(`Bearer realm="http://${tokens.host}/token",scope="repository:web:pull"`, withToken),
    );
    const registry = open({
      dockerConfig: { auths: { [server.host]: { auth: Buffer.from(`ann:${password}`).toString('base64') } } },
    });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(tokens.asked[0]?.headers.authorization).toBe(basic('ann'));
    expect(tokens.asked[0]?.path).toContain('account=ann');
    expect(server.asked.every(({ headers }) => headers.authorization !== basic('ann'))).toBe(true);
  });

  test('an identity token is exchanged', async () => {
    await using tokens = await scriptedRegistry((_asked, response) =>
      send(response, 200, {}, '{"access_token":"t0ken"}'),
    );
    await using server = await scriptedRegistry(
      ask401(`Bearer realm="http://${tokens.host}/token",service="s"`, withToken),
    );
    const registry = open({ dockerConfig: { auths: { [server.host]: { identitytoken: 'refresh me' } } } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(tokens.asked[0]?.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(tokens.asked[0]?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh me',
      service: 's',
    });
  });

  test('a registry token is sent as it is', async () => {
    await using server = await scriptedRegistry(ask401('Bearer realm="https://auth.example.com"', withToken));
    const registry = open({ dockerConfig: { auths: { [server.host]: { registrytoken: 't0ken' } } } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
  });

  test.each([
    ['Bearer service="s"', 'names no address'],
    ['Bearer realm="not a url"', 'names no address'],
    ['Bearer realm="http://auth.example.com/token"', 'not https'],
    ['Bearer realm="ftp://auth.example.com/token"', 'not https'],
    ['Bearer realm="javascript:alert(1)"', 'not https'],
  ])('%s is not followed', async (header, why) => {
    await using server = await scriptedRegistry(ask401(header, () => false));
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining(why),
    });
  });

  test.each([
    [200, '{}', 'gave no token'],
    [200, '<html>', 'gave no token'],
    [200, '{"token":"a\\nb"}', 'gave no token'],
    [401, '{}', 'refused (401)'],
    [403, '{}', 'refused (403)'],
    [302, '', 'answered 302'],
  ])('a token server that answers %d %s', async (status, body, why) => {
    await using tokens = await scriptedRegistry((_asked, response) =>
      send(response, status, { location: 'https://evil.example.com/' }, body),
    );
    await using server = await scriptedRegistry(
      ask401(`Bearer realm="http://${tokens.host}/token"`, () => false),
    );
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    const answer = await registry.lookUp(`${server.host}/web:1`);
    expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining(why) });
    expect(tokens.asked).toHaveLength(1);
    expect(JSON.stringify(answer)).not.toContain('p4ss');
  });
});

describe('a redirect', () => {
  test('is followed, but the proof stays at home', async () => {
    await using elsewhere = await scriptedRegistry((_asked, response) =>
      send(response, 200, { 'docker-content-digest': someDigest }),
    );
    await using server = await scriptedRegistry((asked, response) => {
      if (asked.headers.authorization === undefined)
        return send(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      return send(response, 307, { location: `http://${elsewhere.host}/blob` });
    });
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
    expect(elsewhere.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('to a host that asks for a proof gets none', async () => {
    await using elsewhere = await scriptedRegistry((_asked, response) =>
      send(response, 401, { 'www-authenticate': 'Basic realm="x"' }),
    );
    await using server = await scriptedRegistry((_asked, response) =>
      send(response, 302, { location: `http://${elsewhere.host}/` }),
    );
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('401'),
    });
    expect(elsewhere.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('within the host keeps the proof', async () => {
    await using server = await scriptedRegistry((asked, response) => {
      if (asked.headers.authorization === undefined)
        return send(response, 401, { 'www-authenticate': 'Basic realm="x"' });
      if (asked.path !== '/there') return send(response, 301, { location: '/there' });
      return send(response, 200, { 'docker-content-digest': someDigest });
    });
    const registry = open({ credentials: { host: server.host, user: 'ann', password } });
    expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
  });

  test.each(['/v2/round', 'http://user:pass@[bad', ''])(
    'without end or goal (%s) is given up',
    async (location) => {
      await using server = await scriptedRegistry((_asked, response) => send(response, 302, { location }));
      expect(await open().lookUp(`${server.host}/web:1`)).toMatchObject({
        kind: 'unknown',
        message: expect.stringContaining('302'),
      });
      expect(server.asked.length).toBeLessThan(6);
    },
  );
});

describe('Amazon ECR', () => {
  const image = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/web:1';

  test('without credentials is not asked, and says what it needs', async () => {
    const answer = await open().lookUp(image);
    expect(answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('Amazon ECR'),
      hint: expect.stringContaining('image-digest'),
    });
  });

  test('a credential helper is named', async () => {
    const answer = await open({
      dockerConfig: { credHelpers: { '123456789012.dkr.ecr.eu-central-1.amazonaws.com': 'ecr-login' } },
    }).lookUp(image);
    expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('ecr-login') });
  });
});

describe('a registry that echoes what it was sent', () => {
  const secret = 'correct-horse/7';
  const pair = Buffer.from(`ann:${secret}`).toString('base64');

  test.each<[string, (host: string) => Partial<RegistryOptions>]>([
    ['the given credentials', (host) => ({ credentials: { host, user: 'ann', password: secret } })],
    [
      'a log-in of the Docker configuration',
      (host) => ({ dockerConfig: { auths: { [host]: { auth: pair } } } }),
    ],
    [
      'a token of the Docker configuration',
      (host) => ({ dockerConfig: { auths: { [host]: { registrytoken: secret } } } }),
    ],
  ])('shows nothing of %s, at any place of its words', async (_name, options) => {
    for (const padding of [0, 150, 420, 440, 460, 480, 3000]) {
      await using server = await scriptedRegistry(({ headers }, response) => {
        const { authorization = '' } = headers;
        const said = `${'x'.repeat(padding)} ${secret} ${encodeURIComponent(secret)} ${authorization}`;
        if (authorization === '')
          send(response, 401, { 'www-authenticate': 'Basic realm="Registry"' }, denied);
        // HEAD has no body: it is asked for again in full.
        else send(response, 405, {}, registryError('DENIED', said));
      });
      const answer = await open(options(server.host)).lookUp(`${server.host}/web:1`);
      expect(server.asked.some(({ headers }) => headers.authorization !== undefined)).toBe(true);
      expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('DENIED') });
      const told = JSON.stringify(answer);
      expect(told.length).toBeLessThan(900);
      for (const form of [secret.slice(0, 8), pair.slice(0, 8)]) expect(told).not.toContain(form);
    }
  });
});
