import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { errorOf, openPort } from './open-port.ts';
import { answer, refuse, startServer } from './small-server.ts';

const path = 'p/x.json';
const body = '{}';
const sha256 = createHash('sha256').update(body).digest('hex');

test.each([{}, { user: '', auth: 'api-key' }, { user: '', auth: 'bearer' }] as const)(
  'to another origin a read goes on without credentials: %j',
  async (who) => {
    await using storage = await startServer((_asked, response) => answer(response, 200, body));
    await using server = await startServer((_asked, response) =>
      answer(response, 302, '', { location: `${storage.url}/signed?X-Amz-Signature=abc` }),
    );
    expect(await openPort(server.url, { password: 'plain', ...who }).read(path, 100)).not.toBeNull();
    const { authorization, 'x-jfrog-art-api': key, cookie } = storage.requests[0]?.headers ?? {};
    expect([authorization, key, cookie]).toEqual([undefined, undefined, undefined]);
    expect(storage.requests[0]?.url).toBe('/signed?X-Amz-Signature=abc');
  },
);

test('and back again: still without', async () => {
  await using other = await startServer((_asked, response) =>
    answer(response, 302, '', { location: `${server.url}/back` }),
  );
  await using server = await startServer((asked, response) => {
    if (asked.url === '/back') answer(response, 302, '', { location: '/end' });
    else if (asked.url === '/end') answer(response, 200, body);
    else answer(response, 302, '', { location: `${other.url}/there` });
  });
  expect(await openPort(server.url).read(path, 100)).not.toBeNull();
  expect(server.requests.map(({ headers }) => headers.authorization !== undefined)).toEqual([
    true,
    false,
    false,
  ]);
});

test('on the same origin the credentials stay', async () => {
  await using server = await startServer((asked, response) =>
    asked.url === '/moved' ? answer(response, 200, body) : answer(response, 307, '', { location: '/moved' }),
  );
  expect(await openPort(server.url).read(path, 100)).not.toBeNull();
  expect(server.requests[1]?.headers.authorization).toMatch(/^Basic /);
});

test('the checksum that Artifactory told is held against the bytes of the storage', async () => {
  await using storage = await startServer((_asked, response) => answer(response, 200, 'changed'));
  await using server = await startServer((_asked, response) =>
    answer(response, 302, '', { location: storage.url, 'x-checksum-sha256': sha256 }),
  );
  expect((await errorOf(openPort(server.url, { retry: { limit: 0 } }).read(path, 100))).kind).toBe('corrupt');
});

test('refused elsewhere: the address is at fault, and a signature is not shown', async () => {
  await using secure = await startServer((_asked, response) =>
    refuse(response, 401, 'Authentication is required'),
  );
  await using server = await startServer((_asked, response) =>
    answer(response, 301, '', { location: `${secure.url}/artifactory/x?sig=s3cr3t` }),
  );
  const error = await errorOf(openPort(server.url).read(path, 100));
  expect(error.kind).toBe('misconfigured');
  expect(error.message).toContain(secure.url);
  expect(error.message).not.toContain('s3cr3t');
  expect(error.hint).toContain('setting "repository"');
});

test('a file that the storage lost is not "not there"', async () => {
  await using storage = await startServer((_asked, response) => answer(response, 404));
  await using server = await startServer((_asked, response) =>
    answer(response, 302, '', { location: storage.url }),
  );
  expect((await errorOf(openPort(server.url).read(path, 100))).kind).toBe('unreachable');
});

test.each(['/loop', '', 'file:///etc/passwd', 'http://[', undefined])(
  'a redirect that leads nowhere: %j',
  async (location) => {
    await using server = await startServer((_asked, response) =>
      answer(response, 302, '', location === undefined ? {} : { location }),
    );
    const error = await errorOf(openPort(server.url).read(path, 100));
    expect(error.kind).toBe('misconfigured');
    expect(server.requests.length).toBeLessThanOrEqual(6);
  },
);

test('stat does not follow a signed link, which is good for GET only: it asks for the storage info', async () => {
  await using storage = await startServer((_asked, response) => answer(response, 403));
  await using server = await startServer((asked, response) => {
    if (asked.url.includes('/api/storage/'))
      answer(response, 200, JSON.stringify({ repo: 'ecs-local', size: '2', checksums: { sha256 } }));
    else answer(response, 302, '', { location: storage.url });
  });
  expect(await openPort(server.url).stat(path)).toEqual({ sha256, size: 2 });
  expect(storage.requests).toEqual([]);
});
