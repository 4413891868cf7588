// The adapter against a server that answers what a test tells it; how it works with a store shows in test/third-party/s3.test.ts.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parseRepositoryAddress, RepositoryError } from '@bamboo-ecs/repository';
import { answer, startServer } from '../../artifactory/test/small-server.ts';
import type { Handler } from '../../artifactory/test/small-server.ts';
import { createS3Repository } from '../src/index.ts';
import type { S3Options } from '../src/index.ts';

const secret = 's3cr3t/KEY+x';
const body = '{"a":1}';
const checksum = createHash('sha256').update(body).digest('base64');
const path = 'p/1.0.0.RELEASE/x.json';

function openPort(endpoint: string, options: Partial<S3Options> = {}) {
  const address = parseRepositoryAddress('s3://bucket/team', 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError('address');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: secret, sessionToken: 's3ss10n' };
  return createS3Repository({
    address: address.value,
    endpoint,
    region: 'eu-west-1',
    credentials,
    attempts: 1,
    ...options,
  });
}

async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

function refuse(status: number, code: string, more = ''): Handler {
  const text = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>what ${code} means</Message>${more}</Error>`;
  return (_asked, response) => answer(response, status, text, { 'content-type': 'application/xml' });
}

describe('refusals of S3', () => {
  test.each([
    [404, 'NoSuchBucket', 'not-found', /no bucket bucket/, /setting "repository"/],
    [403, 'AccessDenied', 'forbidden', /denied/, /s3:GetObject and s3:ListBucket/],
    [403, 'InvalidAccessKeyId', 'unauthenticated', /does not accept/, /AWS_ACCESS_KEY_ID/],
    [403, 'SignatureDoesNotMatch', 'unauthenticated', /does not accept/, /AWS_SECRET_ACCESS_KEY/],
    [400, 'ExpiredToken', 'unauthenticated', /have expired/, /new ones/],
    [403, 'RequestTimeTooSkewed', 'unauthenticated', /clock of this agent/, /NTP/],
    [400, 'InvalidBucketName', 'misconfigured', /no name of a bucket/, /repository/],
    [503, 'SlowDown', 'unreachable', /slow down/, /later/],
    [500, 'InternalError', 'unreachable', /could not answer/, /again/],
    [400, 'InvalidRequest', 'misconfigured', /did not do/, /./],
    [401, 'Unauthorized', 'unauthenticated', /credentials/, /AWS_/],
  ])('%s %s', async (status, code, kind, message, hint) => {
    await using server = await startServer(refuse(status, code));
    const error = await errorOf(openPort(server.url).read(path, 100));
    expect(error).toMatchObject({ kind, status });
    expect(error.message).toMatch(message);
    expect(error.message).toContain(
      `GetObject s3://bucket/team/${path} ended with ${status} ${code}: what ${code} means`,
    );
    expect(error.hint).toMatch(hint);
    expectNoSecret(error);
  });

  test.each([
    [refuse(301, 'PermanentRedirect', '<Endpoint>x</Endpoint>'), /another region/],
    [refuse(400, 'AuthorizationHeaderMalformed', '<Region>us-east-2</Region>'), /the region us-east-2/],
  ] as const)('another region: %#', async (handler, message) => {
    await using server = await startServer(handler);
    const error = await errorOf(openPort(server.url).list('p'));
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toMatch(message);
    expect(error.hint).toContain('AWS_REGION');
  });

  test('the right for writing is the one that is named when writing is denied', async () => {
    await using server = await startServer(refuse(403, 'AccessDenied'));
    const error = await errorOf(openPort(server.url).write(path, Buffer.from(body), { properties: {} }));
    expect(error.hint).toContain('s3:PutObject on arn:aws:s3:::bucket');
  });

  test('a HEAD that is denied has no words, and is explained all the same', async () => {
    await using server = await startServer((_asked, response) => answer(response, 403));
    const error = await errorOf(openPort(server.url).stat(path));
    expect(error.kind).toBe('forbidden');
    expect(error.hint).toContain('s3:ListBucket');
  });
});

describe('answers that are none', () => {
  test('what is not there', async () => {
    await using server = await startServer(refuse(404, 'NoSuchKey'));
    expect(await openPort(server.url).read(path, 10)).toBeNull();
    expect(await openPort(server.url).stat(path)).toBeNull();
  });

  test('a web page in place of a list', async () => {
    await using server = await startServer((_asked, response) =>
      answer(response, 200, '<html><body>log in</html>', { 'content-type': 'text/html' }),
    );
    const error = await errorOf(openPort(server.url).list('p'));
    expect(error.kind).toBe('foreign');
    expect(error.hint).toContain('AWS_ENDPOINT_URL');
  });

  test('a file beyond the limit, declared or not', async () => {
    await using server = await startServer((_asked, response, count) => {
      response.writeHead(200, count === 1 ? { 'content-length': 100_000_000 } : {});
      response.write(Buffer.alloc(1000));
    });
    const port = openPort(server.url);
    expect((await errorOf(port.read(path, 100))).kind).toBe('foreign');
    expect((await errorOf(port.read(path, 100))).kind).toBe('foreign');
  });

  test('nothing there to answer', async () => {
    const error = await errorOf(openPort('http://127.0.0.1:1').read(path, 10));
    expect(error.kind).toBe('unreachable');
    expect(error.hint).toContain('HTTPS_PROXY');
    expectNoSecret(error);
  });

  test('a server that is silent costs its time and no more', async () => {
    await using server = await startServer(() => undefined);
    const error = await errorOf(openPort(server.url, { limits: { total: 100 } }).read(path, 10));
    expect(error.message).toContain('within 1 s');
    await using slow = await startServer((_asked, response) => {
      response.writeHead(200, { 'content-length': 5 });
      response.write('{');
    });
    expect((await errorOf(openPort(slow.url, { limits: { total: 100 } }).read(path, 10))).kind).toBe(
      'unreachable',
    );
  });

  test('no credentials', async () => {
    await using server = await startServer((_asked, response) => answer(response, 200));
    const credentials = () =>
      Promise.reject(
        Object.assign(new Error('Could not load credentials from any providers'), {
          name: 'CredentialsProviderError',
        }),
      );
    const error = await errorOf(openPort(server.url, { credentials }).read(path, 10));
    expect(error.kind).toBe('unauthenticated');
    expect(error.message).toContain('no AWS credentials');
    expect(server.requests).toEqual([]);
  });
});

describe('bytes', () => {
  const good: Handler = (_asked, response) =>
    answer(response, 200, body, { 'x-amz-checksum-sha256': checksum, 'x-amz-checksum-type': 'FULL_OBJECT' });

  test('come whole, compared with the checksum', async () => {
    await using server = await startServer(good);
    expect(Buffer.from((await openPort(server.url).read(path, 100)) ?? []).toString()).toBe(body);
    expect(server.requests[0]).toMatchObject({ method: 'GET', url: `/bucket/team/${path}?x-id=GetObject` });
    expect(server.requests[0]?.headers['x-amz-checksum-mode']).toBe('ENABLED');
  });

  test('cut off or changed: asked for again, then corrupt', async () => {
    const cut: Handler = (_asked, response) => {
      response.writeHead(200, { 'content-length': 7 });
      response.write('{"a"', () => response.destroy());
    };
    const changed: Handler = (_asked, response) =>
      answer(response, 200, '{"a":2}', { 'x-amz-checksum-sha256': checksum });
    for (const bad of [cut, changed]) {
      await using healing = await startServer((asked, response, count) =>
        (count < 3 ? bad : good)(asked, response, count),
      );
      expect(await openPort(healing.url).read(path, 100)).not.toBeNull();
      await using broken = await startServer(bad);
      const error = await errorOf(openPort(broken.url).read(path, 100));
      expect(error.kind).toBe('corrupt');
      expect(broken.requests).toHaveLength(3);
    }
  });

  test('are written with their checksum, and exclusively when asked to', async () => {
    await using server = await startServer((_asked, response) => answer(response, 200));
    const port = openPort(server.url);
    await port.write(path, Buffer.from(body), {
      properties: { 'build.number': '42', empty: '' },
      exclusive: true,
    });
    await port.write(path, Buffer.from(body), { properties: {} });
    expect(server.requests[0]?.headers).toMatchObject({
      'x-amz-checksum-sha256': checksum,
      'if-none-match': '*',
      'x-amz-meta-build.number': '42',
      'content-type': 'application/json',
    });
    expect(server.requests[0]?.headers['x-amz-meta-empty']).toBeUndefined();
    expect(server.requests[1]?.headers['if-none-match']).toBeUndefined();
    expect(server.requests[0]?.body.toString()).toBe(body);
  });

  test.each([
    [412, 'PreconditionFailed'],
    [409, 'ConditionalRequestConflict'],
  ])(
    '%s %s: our own bytes are success, others a conflict; with and without checksums',
    async (status, code) => {
      const store =
        (headers: Record<string, string>): Handler =>
        (asked, response, count) =>
          asked.method === 'PUT'
            ? refuse(status, code)(asked, response, count)
            : answer(response, 200, body, headers);
      for (const headers of [{ 'x-amz-checksum-sha256': checksum }, {}]) {
        await using server = await startServer(store(headers));
        const port = openPort(server.url);
        await port.write(path, Buffer.from(body), { properties: {}, exclusive: true });
        for (const other of ['{"a":2}', 'longer than that']) {
          const error = await errorOf(
            port.write(path, Buffer.from(other), { properties: {}, exclusive: true }),
          );
          expect(error.kind).toBe('conflict');
        }
      }
    },
  );

  test('a busy store is asked again', async () => {
    await using server = await startServer((asked, response, count) =>
      (count < 3 ? refuse(503, 'SlowDown') : good)(asked, response, count),
    );
    expect(await openPort(server.url, { attempts: 3 }).read(path, 100)).not.toBeNull();
  });
});

test('metadata stays within what S3 takes', async () => {
  await using server = await startServer((_asked, response) => answer(response, 200));
  const long = Object.fromEntries(
    Array.from({ length: 30 }, (_none, index) => [`k${index}`, 'ä'.repeat(2000)]),
  );
  await openPort(server.url).write(path, Buffer.from(body), { properties: { branch: 'für/a\nb', ...long } });
  const metadata = Object.entries(server.requests[0]?.headers ?? {}).filter(([name]) =>
    name.startsWith('x-amz-meta-'),
  );
  expect(Object.fromEntries(metadata)['x-amz-meta-branch']).toBe('f%C3%BCr%2Fa%20b');
  expect(
    metadata.map(([name, value]) => name.length + String(value).length).reduce((sum, size) => sum + size, 0),
  ).toBeLessThan(2048);
});

test('a private authority is trusted with ca-file and named without', async () => {
  const fixtures = join(import.meta.dirname, '../../artifactory/test/fixtures/tls');
  const pem = (name: string) => readFileSync(join(fixtures, name), 'utf8');
  await using server = await startServer(refuse(404, 'NoSuchKey'), {
    key: pem('server.key'),
    cert: pem('server.pem'),
  });
  expect(await openPort(server.url, { ca: pem('ca.pem') }).read(path, 10)).toBeNull();
  const error = await errorOf(openPort(server.url).read(path, 10));
  expect(error.kind).toBe('misconfigured');
  expect(error.hint).toContain('ca-file');
});

test('a proxy is used, unless NO_PROXY names the host', async () => {
  await using proxy = await startServer((_asked, response) => answer(response, 407));
  await using server = await startServer(refuse(404, 'NoSuchKey'));
  const through = { HTTP_PROXY: proxy.url };
  const refused = await errorOf(openPort('http://s3.test', { proxyEnv: through }).read(path, 10));
  expect(refused.message).toContain(`The proxy ${proxy.url} (HTTP_PROXY) asks for credentials`);
  expect(proxy.requests[0]?.url).toBe(`http://s3.test/bucket/team/${path}?x-id=GetObject`);
  for (const direct of [through, { ...through, NO_PROXY: '*' }])
    expect(await openPort(server.url, { proxyEnv: direct }).read(path, 10)).toBeNull();
});

test('each call is told', async () => {
  await using server = await startServer(refuse(404, 'NoSuchKey'));
  const calls: string[] = [];
  const onCall = (...call: string[]) => calls.push(call.join(' '));
  await openPort(server.url, { onCall }).read(path, 10);
  expect(calls).toEqual([`GetObject team/${path} NoSuchKey`]);
});

function expectNoSecret(error: Error): void {
  const everything = inspect(error, { depth: 10, showHidden: true });
  for (const part of [secret, encodeURIComponent(secret), 's3ss10n', 'AWS4-HMAC'])
    expect(everything).not.toContain(part);
}
