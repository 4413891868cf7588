import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { RequestNote } from '../src/index.ts';
import { errorOf, FakePacer, openPort } from './open-port.ts';
import { answer, refuse, startServer } from './small-server.ts';

const path = 'p/1.0.0.RELEASE/x.json';
const body = '{"a":"ä"}';
const sha256 = createHash('sha256').update(body).digest('hex');
const json = { 'content-type': 'application/json' };

test('the bytes come whole, checked against the checksum', async () => {
  await using server = await startServer((_asked, response) =>
    answer(response, 200, body, { ...json, 'x-checksum-sha256': sha256 }),
  );
  const bytes = await openPort(server.url).read(path, 100);
  expect(Buffer.from(bytes ?? []).toString()).toBe(body);
  expect(server.requests[0]).toMatchObject({
    method: 'GET',
    url: '/artifactory/ecs-local/team/p/1.0.0.RELEASE/x.json',
  });
});

test('404 is null', async () => {
  await using server = await startServer((_asked, response) => refuse(response, 404, 'File not found.'));
  expect(await openPort(server.url).read(path, 100)).toBeNull();
  expect(await openPort(server.url).stat(path)).toBeNull();
});

describe('never more than asked for', () => {
  test('a declared length beyond the limit is not read', async () => {
    await using server = await startServer((_asked, response) => {
      response.writeHead(200, { ...json, 'content-length': 100 * 1024 * 1024 });
      response.write('x');
    });
    const error = await errorOf(openPort(server.url).read(path, 1000));
    expect(error.kind).toBe('foreign');
    expect(error.message).toContain('104857600 bytes');
    expect(server.requests).toHaveLength(1);
  });

  test('a body without an end is cut', async () => {
    let sent = 0;
    await using server = await startServer((_asked, response) => {
      response.writeHead(200, json);
      const timer = setInterval(() => {
        sent += 64 * 1024;
        response.write(Buffer.alloc(64 * 1024));
      }, 1);
      response.on('close', () => clearInterval(timer));
    });
    expect((await errorOf(openPort(server.url).read(path, 1000))).kind).toBe('foreign');
    expect(sent).toBeLessThan(10 * 1024 * 1024);
  });

  test('of an error page the beginning is enough', async () => {
    await using server = await startServer((_asked, response) =>
      answer(response, 404, 'x'.repeat(1_000_000)),
    );
    expect(await openPort(server.url).read(path, 1000)).toBeNull();
  });

  test('a packed body is not unpacked', async () => {
    await using server = await startServer((_asked, response) =>
      answer(response, 200, 'packed', { ...json, 'content-encoding': 'gzip' }),
    );
    expect(Buffer.from((await openPort(server.url).read(path, 1000)) ?? []).toString()).toBe('packed');
    expect(server.requests[0]?.headers['accept-encoding']).toBeUndefined();
  });
});

test('a web page with status 200 is foreign, unless a page was asked for', async () => {
  const page = '<html>please log in</html>';
  await using server = await startServer((_asked, response) =>
    answer(response, 200, page, { 'content-type': 'Text/HTML; charset=utf-8' }),
  );
  const port = openPort(server.url);
  for (const action of [() => port.read(path, 1000), () => port.stat(path), () => port.list('p')]) {
    const error = await errorOf(action());
    expect(error.kind).toBe('foreign');
    expect(error.message).toContain('web page');
  }
  expect(await port.read('p/record.html', 1000)).not.toBeNull();
});

describe('bytes that arrive changed', () => {
  test('once: asked for again', async () => {
    await using server = await startServer((_asked, response, count) =>
      answer(response, 200, count === 1 ? '{"a":"b"}' : body, { ...json, 'x-checksum-sha256': sha256 }),
    );
    expect(await openPort(server.url).read(path, 100)).not.toBeNull();
    expect(server.requests).toHaveLength(2);
  });

  test('always: corrupt, with both checksums', async () => {
    await using server = await startServer((_asked, response) =>
      answer(response, 200, '{}', { ...json, 'x-checksum-sha256': sha256 }),
    );
    const error = await errorOf(openPort(server.url, { retry: { limit: 2 } }).read(path, 100));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain(sha256);
    expect(server.requests).toHaveLength(3);
  });

  test('cut off: asked for again, then corrupt', async () => {
    const cut = startServer((_asked, response, count) => {
      if (count === 3) return answer(response, 200, body, json);
      response.writeHead(200, { ...json, 'content-length': 100 });
      response.write('{"a"', () => response.destroy());
      return undefined;
    });
    await using server = await cut;
    expect(await openPort(server.url).read(path, 100)).not.toBeNull();
    await using other = await startServer((_asked, response) => {
      response.writeHead(200, { ...json, 'content-length': 100 });
      response.write('{"a"', () => response.destroy());
    });
    const error = await errorOf(openPort(other.url, { retry: { limit: 1 } }).read(path, 100));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain('2 attempts');
  });
});

describe('attempts', () => {
  test.each([408, 429, 500, 502, 503, 504])('%s is asked again, with growing pauses', async (status) => {
    await using server = await startServer((_asked, response, count) =>
      count < 4 ? answer(response, status, 'busy') : answer(response, 200, body, json),
    );
    const clock = new FakePacer();
    const notes: RequestNote[] = [];
    const onRequest = (note: RequestNote) => notes.push(note);
    await openPort(server.url, { clock, onRequest, random: () => 0.999_999 }).read(path, 100);
    expect(clock.sleeps).toEqual([500, 1000, 2000]);
    expect(notes.map(({ status: seen, attempt }) => [seen, attempt])).toEqual([
      [status, 1],
      [status, 2],
      [status, 3],
      [200, 4],
    ]);
    expect(notes[0]?.address).toBe(`${server.url}/artifactory/ecs-local/team/${path}`);
  });

  test.each([400, 401, 403, 405, 409, 410, 413, 501])('%s is not', async (status) => {
    await using server = await startServer((_asked, response) => refuse(response, status, 'no'));
    await errorOf(openPort(server.url).read(path, 100));
    expect(server.requests).toHaveLength(1);
  });

  test('end with the limit', async () => {
    await using server = await startServer((_asked, response) => answer(response, 503, 'busy'));
    const error = await errorOf(openPort(server.url, { retry: { limit: 2 } }).read(path, 100));
    expect(error).toMatchObject({ kind: 'unreachable', status: 503 });
    expect(error.message).toContain('in 3 attempts');
    expect(server.requests).toHaveLength(3);
  });

  test('end with the time', async () => {
    await using server = await startServer((_asked, response) => answer(response, 503, 'busy'));
    const clock = new FakePacer();
    await errorOf(openPort(server.url, { clock, retry: { limit: 1000 } }).read(path, 100));
    expect(clock.now()).toBeLessThan(300_000);
    expect(clock.now()).toBeGreaterThan(250_000);
  });

  test('Retry-After is waited for; too long a wait is told at once', async () => {
    await using server = await startServer((_asked, response, count) =>
      count === 1 ? answer(response, 429, '', { 'retry-after': '7' }) : answer(response, 200, body, json),
    );
    const clock = new FakePacer();
    await openPort(server.url, { clock }).read(path, 100);
    expect(clock.sleeps).toEqual([7000]);
    await using other = await startServer((_asked, response) =>
      answer(response, 429, '', { 'retry-after': '3600' }),
    );
    const error = await errorOf(openPort(other.url).read(path, 100));
    expect(error.message).toContain('asks to wait 3600 s');
    expect(other.requests).toHaveLength(1);
  });

  test('a server that does not answer, or not to the end, costs its time and no more', async () => {
    await using silent = await startServer(() => undefined);
    const timeouts = { response: 50, request: 100 };
    const error = await errorOf(openPort(silent.url, { timeouts, retry: { limit: 1 } }).read(path, 100));
    expect(error.kind).toBe('unreachable');
    expect(silent.requests).toHaveLength(2);
    await using slow = await startServer((_asked, response) => {
      response.writeHead(200, json);
      response.write('{');
    });
    const cut = await errorOf(openPort(slow.url, { timeouts, retry: { limit: 1 } }).read(path, 100));
    expect(cut.kind).toBe('unreachable');
    expect(slow.requests).toHaveLength(2);
  });
});

describe('stat', () => {
  test('tells checksum and size from the headers', async () => {
    await using server = await startServer((_asked, response) =>
      answer(response, 200, body, { ...json, 'x-checksum-sha256': sha256 }),
    );
    expect(await openPort(server.url).stat(path)).toEqual({ sha256, size: Buffer.byteLength(body) });
    expect(server.requests[0]?.method).toBe('HEAD');
  });

  test('an old server tells no checksum', async () => {
    await using server = await startServer((_asked, response) => answer(response, 200, body, json));
    expect(await openPort(server.url).stat(path)).toEqual({ sha256: null, size: Buffer.byteLength(body) });
  });
});

describe('list', () => {
  const info = (children: readonly unknown[]) =>
    JSON.stringify({ repo: 'ecs-local', path: '/team', children });

  test('gives the names, sorted; a name that cannot be one is left out', async () => {
    const children = [
      { uri: '/b', folder: true },
      { uri: '/a%20b c' },
      { uri: '/../x' },
      { uri: 7 },
      null,
      { uri: '/' },
    ];
    await using server = await startServer((_asked, response) => answer(response, 200, info(children), json));
    expect(await openPort(server.url).list('p')).toEqual(['a%20b c', 'b']);
    expect(server.requests[0]?.url).toBe('/artifactory/api/storage/ecs-local/team/p');
  });

  test('a folder that is not there is empty, a repository that is not there is an error', async () => {
    await using server = await startServer((asked, response) =>
      asked.url.endsWith('/ecs-local')
        ? answer(response, 200, info([]), json)
        : refuse(response, 404, 'Unable to find item'),
    );
    expect(await openPort(server.url).list('p')).toEqual([]);
    expect(await openPort(server.url).list('')).toEqual([]);
    await using none = await startServer((_asked, response) => refuse(response, 404, 'Unable to find item'));
    const error = await errorOf(openPort(none.url).list(''));
    expect(error.message).toContain('no repository "ecs-local"');
  });

  test.each(['', '[]', '{}', 'null', '{"children":[]}', 'OK'])(
    'an answer that is no storage info: %j',
    async (text) => {
      await using server = await startServer((_asked, response) => answer(response, 200, text, json));
      expect((await errorOf(openPort(server.url).list('p'))).kind).toBe('foreign');
    },
  );
});
