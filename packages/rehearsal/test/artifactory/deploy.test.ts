import * as http from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { admin, basic, ci, hash, start } from './try-out.ts';

const body = '{"family":"web"}';
const sha1 = hash('sha1', body);
const sha256 = hash('sha256', body);
const md5 = hash('md5', body);

describe('deploying', () => {
  test('201 with the item in Artifactory’s form', async () => {
    await using server = await start({ now: () => Date.UTC(2026, 8, 12, 22, 27, 26, 691) });
    const answer = await server.ask('PUT', 'r/org/web/web-1.0.0.json', {
      body,
      headers: { 'X-Checksum-Sha1': sha1 },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('content-type')).toBe(
      'application/vnd.org.jfrog.artifactory.storage.ItemCreated+json;charset=UTF-8',
    );
    expect(answer.headers.get('location')).toBe(`${server.url}/r/org/web/web-1.0.0.json`);
    expect(answer.headers.get('x-checksum-sha256')).toBe(sha256);
    expect(answer.headers.get('x-jfrog-version')).toBe('Artifactory/7.161.20 86120900');
    expect(answer.json).toEqual({
      repo: 'r',
      path: '/org/web/web-1.0.0.json',
      created: '2026-09-12T22:27:26.691Z',
      createdBy: 'admin',
      downloadUri: `${server.url}/r/org/web/web-1.0.0.json`,
      mimeType: 'application/json',
      size: '16',
      checksums: { sha1, md5, sha256 },
      originalChecksums: { sha1, sha256 },
      uri: `${server.url}/r/org/web/web-1.0.0.json`,
    });
    expect(answer.text).toMatch(/^\{\n {2}"repo" : "r",\n/u);
  });

  test('matrix parameters: repeated keys, + and %3B, and what a path may hold', async () => {
    await using server = await start();
    const path = 'r/a+b/Grüße%20%3B%25.json;k=a;k=b;k=a;text=x+y%2Bz%3B%3D;empty=;flag';
    expect((await server.ask('PUT', path, { body })).status).toBe(201);
    const info = await server.ask('GET', 'api/storage/r/a+b/Gr%C3%BC%C3%9Fe%20%3B%25.json?properties');
    expect(info.json).toMatchObject({
      properties: { k: ['a', 'b'], text: ['x y+z;='], empty: [''], flag: [''] },
      uri: `${server.url}/api/storage/r/a%2Bb/Gr%C3%BC%C3%9Fe%20%3B%25.json`,
    });
  });

  test.each([
    ['X-Checksum-Sha1', sha1],
    ['X-Checksum-Sha256', sha256.toUpperCase()],
    ['X-Checksum-Md5', md5],
    ['X-Checksum', sha256],
    ['X-Checksum', sha1],
    ['X-Checksum', md5],
    ['X-Checksum', 'of no known length'],
  ])('%s: %s fits', async (name, value) => {
    await using server = await start();
    expect((await server.ask('PUT', 'r/x.json', { body, headers: { [name]: value } })).status).toBe(201);
  });

  test.each([
    ['X-Checksum-Sha1', 'a'.repeat(40), 'SHA-1'],
    ['X-Checksum-Sha256', 'a'.repeat(64), 'SHA-256'],
    ['X-Checksum', 'a'.repeat(32), 'MD5'],
  ])('%s that does not fit: 409, and nothing is stored', async (name, value, kind) => {
    await using server = await start();
    const answer = await server.ask('PUT', 'r/x.json', { body, headers: { [name]: value } });
    expect(answer.status).toBe(409);
    expect(answer.message).toContain(
      "Checksum policy 'LocalRepoChecksumPolicy: CLIENT' rejected the artifact 'r:x.json'. Checksums info: ChecksumsInfo{checksums={SHA-1=ChecksumInfo{type=SHA-1, original='",
    );
    expect(answer.message).toContain(`${kind}=ChecksumInfo{type=${kind}, original='${value}', actual='`);
    expect((await server.ask('GET', 'r/x.json')).status).toBe(404);
  });

  test('a repository that is not there', async () => {
    await using server = await start();
    const answer = await server.ask('PUT', 'nowhere/x.json', { body });
    expect(answer).toMatchObject({
      status: 404,
      message: 'Could not find a local repository named nowhere to deploy to.',
    });
    expect(answer.text).toBe(
      '{\n  "errors" : [ {\n    "status" : 404,\n    "message" : "Could not find a local repository named nowhere to deploy to."\n  } ]\n}',
    );
  });

  test('a folder', async () => {
    await using server = await start();
    expect((await server.ask('PUT', 'r/dir/sub/')).status).toBe(201);
    expect((await server.ask('GET', 'api/storage/r/dir')).json).toMatchObject({
      children: [{ uri: '/sub', folder: true }],
    });
  });

  test('a file is no folder, and a folder no file', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/a/b', { body });
    expect(await server.ask('PUT', 'r/a/b/c', { body })).toMatchObject({ status: 400 });
    expect(await server.ask('PUT', 'r/a', { body })).toMatchObject({ status: 400 });
    expect(await server.ask('PUT', 'r/a/b/')).toMatchObject({ status: 400 });
  });

  test.each(['r/a%2Fb', 'r/a%00b', 'r/%zz', 'r/a%5Cb', 'r'])('the address %s is refused', async (path) => {
    await using server = await start();
    expect((await server.ask('PUT', path, { body })).status).toBe(400);
  });

  // fetch resolves the dots by itself, a rude client does not.
  test.each(['r/%2e%2e/x', 'r/../../x', 'r/./x'])('the rude address %s is refused', async (path) => {
    await using server = await start();
    const { hostname, port, pathname } = new URL(server.url);
    const options = { hostname, port, method: 'PUT', path: `${pathname}/${path}`, headers: admin };
    const status = await new Promise((resolve, reject) => {
      const request = http.request(options, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      request.on('error', reject);
      request.end('x');
    });
    expect(status).toBe(400);
  });

  test('double slashes are one', async () => {
    await using server = await start();
    await server.ask('PUT', 'r//a///x.json', { body });
    expect((await server.ask('GET', 'r/a/x.json')).text).toBe(body);
  });

  test('an empty PUT makes an empty file; the last writer wins', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json;k=v', { body });
    expect((await server.ask('PUT', 'r/x.json', { headers: { 'If-None-Match': '*' } })).status).toBe(201);
    expect((await server.ask('GET', 'r/x.json')).text).toBe('');
    expect((await server.ask('GET', 'api/storage/r/x.json?properties')).status).toBe(404);
  });
});

describe('rights', () => {
  test('overwriting needs the right to delete', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json', { body, as: ci });
    expect(await server.ask('PUT', 'r/x.json', { body: 'other', as: ci })).toMatchObject({
      status: 403,
      message:
        "Not enough permissions to delete/overwrite artifact 'r:x.json' (user: 'ci' needs DELETE permission).",
    });
    expect((await server.ask('GET', 'r/x.json')).text).toBe(body);
    expect((await server.ask('PUT', 'r/x.json', { body: 'other' })).status).toBe(201);
  });

  test('the same content with its checksum is no overwriting, without the checksum it is', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json', { body, as: ci });
    expect(
      (await server.ask('PUT', 'r/x.json', { body, as: ci, headers: { 'X-Checksum-Sha1': sha1 } })).status,
    ).toBe(201);
    expect(
      (await server.ask('PUT', 'r/x.json', { body, as: ci, headers: { 'X-Checksum': sha256 } })).status,
    ).toBe(201);
    expect((await server.ask('PUT', 'r/x.json', { body, as: ci })).status).toBe(403);
  });

  test('the checksum of what is there does not let other bytes in', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json', { body, as: ci });
    const answer = await server.ask('PUT', 'r/x.json', {
      body: 'other',
      as: ci,
      headers: { 'X-Checksum-Sha1': sha1 },
    });
    expect(answer.status).toBe(409);
    expect((await server.ask('GET', 'r/x.json')).text).toBe(body);
  });

  test('no right to deploy', async () => {
    await using server = await start();
    expect(await server.ask('PUT', 'r/a/x.json', { body, as: basic('guest', 'guest-pass') })).toMatchObject({
      status: 403,
      message: "User guest is not permitted to deploy 'a/x.json' into 'r:a/x.json'.",
    });
  });

  test('deleting', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/a/x.json', { body });
    expect((await server.ask('DELETE', 'r/a/x.json', { as: ci })).status).toBe(403);
    expect((await server.ask('DELETE', 'r/a')).status).toBe(204);
    expect((await server.ask('GET', 'r/a/x.json')).status).toBe(404);
    expect(await server.ask('DELETE', 'r/a/x.json')).toMatchObject({
      status: 404,
      message: "Could not locate artifact 'r:a/x.json' (Nothing to delete).",
    });
  });
});

describe('deploying by checksum', () => {
  const deploy = { 'X-Checksum-Deploy': 'true' };

  test('known content', async () => {
    await using server = await start();
    await server.ask('PUT', 'other/x.json', { body });
    const answer = await server.ask('PUT', 'r/y.json;k=v', {
      headers: { ...deploy, 'X-Checksum-Sha256': sha256 },
    });
    expect(answer).toMatchObject({ status: 201, json: { checksums: { sha1 } } });
    expect((await server.ask('GET', 'r/y.json')).text).toBe(body);
  });

  test('sha256 wins over sha1', async () => {
    await using server = await start();
    await server.ask('PUT', 'other/x.json', { body });
    const headers = { ...deploy, 'X-Checksum-Sha256': 'b'.repeat(64), 'X-Checksum-Sha1': sha1 };
    expect((await server.ask('PUT', 'r/y.json', { headers })).status).toBe(404);
  });

  test('unknown content, and no checksum', async () => {
    await using server = await start();
    expect(
      await server.ask('PUT', 'r/y.json', { headers: { ...deploy, 'X-Checksum-Sha1': sha1 } }),
    ).toMatchObject({
      status: 404,
      message: `Checksum deploy failed. No existing file with SHA-1: ${sha1}`,
    });
    expect((await server.ask('PUT', 'r/y.json', { headers: deploy })).status).toBe(400);
  });

  test('"false" is an ordinary upload', async () => {
    await using server = await start();
    expect(
      (await server.ask('PUT', 'r/y.json', { body, headers: { 'X-Checksum-Deploy': 'false' } })).status,
    ).toBe(201);
  });
});

describe('checksums beside a file', () => {
  test.each([
    ['sha1', sha1],
    ['md5', md5],
    ['sha256', `${sha256}  x.json\n`],
  ])('%s', async (kind, content) => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json', { body });
    expect((await server.ask('PUT', `r/x.json.${kind}`, { body: content })).status).toBe(201);
    const read = await server.ask('GET', `r/x.json.${kind}`);
    expect(read.headers.get('content-type')).toBe('application/x-checksum');
    expect(read.text).toBe(content.split(' ')[0]);
  });

  test('wrong, and without its file', async () => {
    await using server = await start();
    expect(await server.ask('PUT', 'r/x.json.sha1', { body: sha1 })).toMatchObject({
      status: 404,
      message: "Target file to set checksum on doesn't exist: r:x.json",
    });
    await server.ask('PUT', 'r/x.json', { body });
    expect(await server.ask('PUT', 'r/x.json.sha1', { body: 'abc' })).toMatchObject({
      status: 409,
      message: `Checksum error for 'x.json.sha1': received 'abc' but actual is '${sha1}'`,
    });
  });
});
