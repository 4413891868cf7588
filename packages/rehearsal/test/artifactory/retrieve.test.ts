import { describe, expect, test } from '@jest/globals';
import { hash, start } from './try-out.ts';

const body = '0123456789';

describe('retrieving', () => {
  test('the headers of a file, for GET and HEAD alike', async () => {
    await using server = await start({ now: () => Date.UTC(2026, 0, 2, 3, 4, 5, 678) });
    await server.ask('PUT', 'r/a/Größe "x".json', { body });
    for (const method of ['GET', 'HEAD']) {
      const answer = await server.ask(method, 'r/a/Größe "x".json');
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        etag: hash('sha1', body),
        'x-checksum-sha1': hash('sha1', body),
        'x-checksum-sha256': hash('sha256', body),
        'x-checksum-md5': hash('md5', body),
        'accept-ranges': 'bytes',
        'content-length': '10',
        'content-type': 'application/json',
        'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
        'content-disposition': `attachment; filename="Gr__e _x_.json"; filename*=UTF-8''Gr%C3%B6%C3%9Fe%20%22x%22.json`,
      });
      expect(answer.text).toBe(method === 'GET' ? body : '');
    }
  });

  test('missing', async () => {
    await using server = await start();
    expect(await server.ask('GET', 'r/a/x.json')).toMatchObject({
      status: 404,
      message: "File not found.; Path: 'r:a/x.json'",
    });
    expect((await server.ask('HEAD', 'r/a/x.json')).status).toBe(404);
    expect((await server.ask('GET', 'nowhere/x.json')).status).toBe(404);
  });

  test.each([
    ['bytes=2-4', 206, '234', 'bytes 2-4/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-3', 206, '789', 'bytes 7-9/10'],
    ['bytes=8-100', 206, '89', 'bytes 8-9/10'],
    ['bytes=-100', 206, body, 'bytes 0-9/10'],
    ['bytes=4-2', 200, body, null],
    ['bytes=1-2,4-5', 200, body, null],
    ['pages=1-2', 200, body, null],
  ])('Range: %s', async (range, status, text, contentRange) => {
    await using server = await start();
    await server.ask('PUT', 'r/x.txt', { body });
    const answer = await server.ask('GET', 'r/x.txt', { headers: { Range: range } });
    expect(answer).toMatchObject({ status, text });
    expect(answer.headers.get('content-range')).toBe(contentRange);
  });

  test.each(['bytes=10-', 'bytes=-0'])('Range: %s is none', async (range) => {
    await using server = await start();
    await server.ask('PUT', 'r/x.txt', { body });
    expect((await server.ask('GET', 'r/x.txt', { headers: { Range: range } })).status).toBe(416);
  });

  test('conditions', async () => {
    await using server = await start({ now: () => Date.UTC(2026, 0, 1, 0, 0, 0, 500) });
    await server.ask('PUT', 'r/x.txt', { body });
    const sha1 = hash('sha1', body);
    const conditional = async (headers: Record<string, string>, method = 'GET') =>
      (await server.ask(method, 'r/x.txt', { headers })).status;
    const same = 'Thu, 01 Jan 2026 00:00:00 GMT';
    expect(await conditional({ 'If-None-Match': sha1 })).toBe(304);
    expect(await conditional({ 'If-None-Match': `"${sha1}"` })).toBe(304);
    expect(await conditional({ 'If-None-Match': sha1 }, 'HEAD')).toBe(200);
    expect(await conditional({ 'If-None-Match': 'else', 'If-Modified-Since': same })).toBe(200);
    expect(await conditional({ 'If-Modified-Since': same })).toBe(304);
    expect(await conditional({ 'If-Modified-Since': 'Wed, 31 Dec 2025 23:59:59 GMT' })).toBe(200);
  });

  test('a folder is a page with links', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/a/%3Cb%3E.txt', { body });
    const answer = await server.ask('GET', 'r/a/');
    expect(answer.headers.get('content-type')).toBe('text/html');
    expect(answer.text).toContain('&#60;b&#62;.txt');
  });
});

describe('the system', () => {
  test('ping and readiness without logging in, even with wrong credentials', async () => {
    await using server = await start();
    expect(await server.ask('GET', 'api/system/ping', { as: {} })).toMatchObject({ status: 200, text: 'OK' });
    expect((await server.ask('GET', 'api/system/ping', { as: { Authorization: 'Bearer x' } })).status).toBe(
      200,
    );
    expect((await server.ask('GET', 'api/v1/system/readiness', { as: {} })).json).toEqual({ code: 'OK' });
    expect((await server.ask('GET', '../router/api/v1/system/readiness', { as: {} })).json).toEqual({
      code: 'OK',
    });
    expect((await server.ask('GET', 'api/system/version')).json).toMatchObject({ version: '7.161.20' });
    expect((await server.ask('GET', 'api/repositories')).json).toMatchObject([
      { key: 'r' },
      { key: 'other' },
    ]);
  });

  test('/artifactory/artifactory is a page of Tomcat', async () => {
    await using server = await start();
    const answer = await server.ask('PUT', 'artifactory/r/x.json', { body });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(answer.text).toContain('HTTP Status 405');
  });

  test('outside of /artifactory', async () => {
    await using server = await start();
    expect(await server.ask('GET', '../elsewhere')).toMatchObject({ status: 404, json: undefined });
  });

  test('a part of the API that the stand-in does not have says so', async () => {
    await using server = await start();
    expect(await server.ask('GET', 'api/search/artifact?name=x')).toMatchObject({
      status: 501,
      message: "The stand-in does not have this part of Artifactory's REST API: GET /api/search/artifact",
    });
  });
});
