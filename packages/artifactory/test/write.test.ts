import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { errorOf, FakePacer, openPort } from './open-port.ts';
import { answer, refuse, startServer } from './small-server.ts';
import type { Asked, Handler } from './small-server.ts';

const content = Buffer.from('{"family":"hid"}');
const sha256 = hex('sha256');
const path = 'hid-generator/1.0.15.RELEASE/x.json';
const properties = { 'build.number': '42' };

function hex(algorithm: string): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** Stores one file; `reply` answers the PUT, `false` says that it has answered otherwise. */
function storing(reply: Handler = (_asked, response) => answer(response, 201, created())): Handler {
  let stored: Asked | null = null;
  return (asked, response, count) => {
    if (asked.method === 'PUT') {
      stored = asked;
      reply(asked, response, count);
    } else if (stored === null) refuse(response, 404, 'File not found.');
    else
      answer(response, 200, stored.body, {
        'x-checksum-sha256': createHash('sha256').update(stored.body).digest('hex'),
      });
  };
}

function created(sha = sha256): string {
  return JSON.stringify({ repo: 'ecs-local', size: '16', checksums: { sha256: sha } });
}

test('a PUT carries the checksums, its properties in the path, and the bytes', async () => {
  await using server = await startServer(storing());
  const odd = {
    'build.name': 'HID GEN',
    'vcs.branch': 'feature/a+b;c=d,e',
    empty: '',
    'vcs.note': 'ä\uD800',
  };
  await openPort(server.url).write(path, content, { properties: odd });
  const put = server.requests.find(({ method }) => method === 'PUT');
  expect(put?.url).toBe(
    '/artifactory/ecs-local/team/hid-generator/1.0.15.RELEASE/x.json;build.name=HID%20GEN;vcs.branch=feature%2Fa%2Bb%3Bc%3Dd%2Ce;vcs.note=%C3%A4%EF%BF%BD',
  );
  expect(put?.headers).toMatchObject({
    'x-checksum-sha1': hex('sha1'),
    'x-checksum-sha256': sha256,
    'x-checksum-md5': hex('md5'),
    'content-type': 'application/json',
    'content-length': String(content.length),
  });
  expect(put?.body).toEqual(content);
  expect(server.requests.map(({ method }) => method)).toEqual(['PUT', 'HEAD']);
});

test('names in the path are encoded, one by one', async () => {
  await using server = await startServer(storing());
  await openPort(server.url).write('a b+c/d,e=f%20.json', content, { properties: {} });
  expect(server.requests[0]?.url).toBe('/artifactory/ecs-local/team/a%20b%2Bc/d%2Ce%3Df%2520.json');
});

test.each([200, 201, 202])('%s is success, with or without a body', async (status) => {
  await using server = await startServer(storing((_asked, response) => answer(response, status, '')));
  await openPort(server.url).write(path, content, { properties });
  expect(server.requests.map(({ method }) => method)).toEqual(['PUT', 'HEAD']);
});

describe('what was accepted is looked at', () => {
  test('another checksum in the answer', async () => {
    await using server = await startServer(
      storing((_asked, response) => answer(response, 201, created('0'.repeat(64)))),
    );
    const error = await errorOf(openPort(server.url).write(path, content, { properties }));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain(sha256);
    expect(error.message).toContain('0'.repeat(64));
  });

  test('other content found afterwards', async () => {
    await using server = await startServer((asked, response) => {
      if (asked.method === 'PUT') answer(response, 201, created());
      else answer(response, 200, 'else', { 'x-checksum-sha256': '1'.repeat(64) });
    });
    const error = await errorOf(openPort(server.url).write(path, content, { properties }));
    expect(error.kind).toBe('conflict');
    expect(error.message).toContain('1'.repeat(64));
  });

  test('a size that differs, where the server tells no checksum', async () => {
    await using server = await startServer((asked, response) => {
      if (asked.method === 'PUT') answer(response, 201);
      else answer(response, 200, '');
    });
    expect((await errorOf(openPort(server.url).write(path, content, { properties }))).kind).toBe('conflict');
  });

  test('a file that shows a moment later', async () => {
    await using server = await startServer((asked, response, count) => {
      if (asked.method === 'PUT') answer(response, 202);
      else if (count < 3) answer(response, 404);
      else answer(response, 200, content, { 'x-checksum-sha256': sha256 });
    });
    const clock = new FakePacer();
    await openPort(server.url, { clock }).write(path, content, { properties });
    expect(clock.sleeps).toEqual([250, 500]);
  });

  test('a file that never shows', async () => {
    await using server = await startServer((asked, response) =>
      answer(response, asked.method === 'PUT' ? 201 : 404),
    );
    const error = await errorOf(openPort(server.url).write(path, content, { properties }));
    expect(error.message).toContain('not there to be read');
    expect(error.hint).toContain('permission Read');
  });
});

describe('exclusive', () => {
  const there =
    (body: string | Buffer, headers = {}): Handler =>
    (_asked, response) =>
      answer(response, 200, body, headers);

  test('the same content is there: nothing is sent', async () => {
    await using server = await startServer(there(content, { 'x-checksum-sha256': sha256.toUpperCase() }));
    await openPort(server.url).write(path, content, { properties, exclusive: true });
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('other content is there: conflict, nothing is sent', async () => {
    await using server = await startServer(there('else', { 'x-checksum-sha256': '1'.repeat(64) }));
    const error = await errorOf(openPort(server.url).write(path, content, { properties, exclusive: true }));
    expect(error.kind).toBe('conflict');
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD']);
  });

  test('a server without checksums is read', async () => {
    await using same = await startServer(there(content));
    await openPort(same.url).write(path, content, { properties, exclusive: true });
    expect(same.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    await using other = await startServer(there(Buffer.from('{"family":"dih"}')));
    expect(
      (await errorOf(openPort(other.url).write(path, content, { properties, exclusive: true }))).kind,
    ).toBe('conflict');
  });
});

test('a PUT whose answer is lost is sent again, whole', async () => {
  await using server = await startServer(
    storing((_asked, response, count) => {
      if (count === 1) response.destroy();
      else answer(response, 201, created());
    }),
  );
  await openPort(server.url).write(path, content, { properties });
  const puts = server.requests.filter(({ method }) => method === 'PUT');
  expect(puts.map(({ body }) => body)).toEqual([content, content]);
});

test.each([301, 302, 303, 307, 308])('a PUT is never redirected: %s', async (status) => {
  await using server = await startServer((_asked, response) =>
    answer(response, status, '', {
      location: 'https://user:s3cr3t@repo.example.com/artifactory/ecs-local/x.json?token=s3cr3t',
    }),
  );
  const error = await errorOf(openPort(server.url).write(path, content, { properties }));
  expect(error.kind).toBe('misconfigured');
  expect(error.message).toContain('redirects to https://***@repo.example.com/artifactory/ecs-local/x.json');
  expect(error.message).not.toContain('s3cr3t');
  expect(error.hint).toContain('https, not http');
  expect(server.requests).toHaveLength(1);
});

test('a property name that Artifactory would refuse is refused before', async () => {
  await using server = await startServer(storing());
  const error = await errorOf(openPort(server.url).write(path, content, { properties: { 'a b': 'x' } }));
  expect(error.kind).toBe('misconfigured');
  expect(server.requests).toHaveLength(0);
});
