import { describe, expect, test } from '@jest/globals';
import { basic, hash, start } from './try-out.ts';

const body = '{}';
const gate = expect.stringContaining(
  'This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features)',
);

describe('storage info', () => {
  test('of a file', async () => {
    let time = Date.UTC(2026, 0, 1);
    await using server = await start({ now: () => time });
    await server.ask('PUT', 'r/a/x.json', { body: 'first', as: basic('ci', 'ci-pass') });
    time += 1000;
    await server.ask('PUT', 'r/a/x.json', { body });
    const answer = await server.ask('GET', 'api/storage/r/a/x.json');
    expect(answer.json).toEqual({
      repo: 'r',
      path: '/a/x.json',
      created: '2026-01-01T00:00:00.000Z',
      createdBy: 'ci',
      lastModified: '2026-01-01T00:00:01.000Z',
      modifiedBy: 'admin',
      lastUpdated: '2026-01-01T00:00:01.000Z',
      downloadUri: `${server.url}/r/a/x.json`,
      mimeType: 'application/json',
      size: '2',
      checksums: { sha1: hash('sha1', body), md5: hash('md5', body), sha256: hash('sha256', body) },
      originalChecksums: { sha256: hash('sha256', body) },
      uri: `${server.url}/api/storage/r/a/x.json`,
    });
  });

  test('of a folder and of a root: children, no size', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/a/x.json', { body });
    await server.ask('PUT', 'r/a/b/y.json', { body });
    const folder = await server.ask('GET', 'api/storage/r/a');
    expect(folder.json).toMatchObject({
      path: '/a',
      children: [
        { uri: '/b', folder: true },
        { uri: '/x.json', folder: false },
      ],
    });
    expect(folder.json).not.toHaveProperty('size');
    expect((await server.ask('GET', 'api/storage/r')).json).toMatchObject({
      path: '/',
      children: [{ uri: '/a', folder: true }],
    });
  });

  test.each(['api/storage/r/none', 'api/storage/nowhere', 'api/storage/'])('%s: not found', async (path) => {
    await using server = await start();
    expect(await server.ask('GET', path)).toMatchObject({ status: 404, message: 'Unable to find item' });
  });

  test('properties, all and some, and none', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.json;a=1;b=2;c=3', { body });
    await server.ask('PUT', 'r/y.json', { body });
    expect((await server.ask('GET', 'api/storage/r/x.json?properties=a,c')).json).toEqual({
      properties: { a: ['1'], c: ['3'] },
      uri: `${server.url}/api/storage/r/x.json`,
    });
    expect(await server.ask('GET', 'api/storage/r/y.json?properties')).toMatchObject({
      status: 404,
      message: 'No properties could be found.',
    });
    expect((await server.ask('GET', 'api/storage/r/x.json?properties=d')).status).toBe(404);
  });
});

describe('properties after the deployment', () => {
  test('are gated on OSS, by their exact text', async () => {
    await using server = await start({ edition: 'oss' });
    await server.ask('PUT', 'r/x.json', { body });
    for (const [method, path] of [
      ['PUT', 'api/storage/r/x.json?properties=a=1'],
      ['DELETE', 'api/storage/r/x.json?properties=a'],
      ['PATCH', 'api/metadata/r/x.json'],
      ['GET', 'api/storage/r?list'],
      ['GET', 'api/storage/r?lastModified'],
      ['POST', 'api/copy/r/x.json?to=/r/y.json'],
      ['POST', 'api/move/r/x.json?to=/r/y.json'],
    ] as const) {
      expect(await server.ask(method, path)).toMatchObject({ status: 400, message: gate });
    }
  });

  test('separators, encoded and escaped', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/x.json;old=0', { body });
    const list = 'a=1%2C2;b=x+y|c=1%5C%2C2%5C%3D3;d=p=q';
    expect((await server.ask('PUT', `api/storage/r/x.json?properties=${list}&recursive=0`)).status).toBe(204);
    expect((await server.ask('GET', 'api/storage/r/x.json?properties')).json).toMatchObject({
      properties: { old: ['0'], a: ['1', '2'], b: ['x y'], c: ['1,2=3'], d: ['p=q'] },
    });
    expect((await server.ask('DELETE', 'api/storage/r/x.json?properties=a,old')).status).toBe(204);
    expect(
      Object.keys(
        ((await server.ask('GET', 'api/storage/r/x.json?properties')).json as { properties: object })
          .properties,
      ),
    ).toEqual(['b', 'c', 'd']);
  });

  test('empty values are refused', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/x.json', { body });
    for (const list of ['a=', 'a', '', 'a=1,']) {
      expect(await server.ask('PUT', `api/storage/r/x.json?properties=${list}`)).toMatchObject({
        status: 400,
        message: 'Properties value cannot be empty.',
      });
    }
  });

  test('a folder passes them on, unless recursive=0', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/a/b/x.json', { body });
    await server.ask('PUT', 'api/storage/r/a?properties=k=v');
    await server.ask('PUT', 'api/storage/r/a?properties=only=here&recursive=0');
    expect((await server.ask('GET', 'api/storage/r/a/b/x.json?properties')).json).toMatchObject({
      properties: { k: ['v'] },
    });
    expect((await server.ask('GET', 'api/storage/r/a?properties')).json).toMatchObject({
      properties: { k: ['v'], only: ['here'] },
    });
  });

  test('PATCH sets and removes', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/x.json;a=1;b=2', { body });
    const props = { props: { a: null, c: ['x', 'y'], d: 'z' } };
    expect((await server.ask('PATCH', 'api/metadata/r/x.json', { body: JSON.stringify(props) })).status).toBe(
      204,
    );
    expect((await server.ask('GET', 'api/storage/r/x.json?properties')).json).toMatchObject({
      properties: { b: ['2'], c: ['x', 'y'], d: ['z'] },
    });
    for (const wrong of ['', '[]', '{"props":[]}', '{"props":{"a":1}}']) {
      expect((await server.ask('PATCH', 'api/metadata/r/x.json', { body: wrong })).status).toBe(400);
    }
  });
});

describe('?list', () => {
  test('depth, folders and the root', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/a/x.json;k=v', { body });
    await server.ask('PUT', 'r/a/b/c/y.json', { body });
    const uris = async (query: string) =>
      (
        (await server.ask('GET', `api/storage/r/a?list${query}`)).json as { files: { uri: string }[] }
      ).files.map(({ uri }) => uri);
    expect(await uris('')).toEqual(['/x.json']);
    expect(await uris('&deep=1')).toEqual(['/b/c/y.json', '/x.json']);
    expect(await uris('&deep=1&depth=2&listFolders=1')).toEqual(['/b', '/b/c', '/x.json']);
    expect(await uris('&listFolders=1&includeRootPath=1')).toEqual(['/', '/b', '/x.json']);
    const listed = await server.ask('GET', 'api/storage/r/a?list&mdTimestamps=1');
    expect(listed.json).toMatchObject({
      uri: `${server.url}/api/storage/r/a`,
      files: [
        {
          size: 2,
          folder: false,
          sha1: hash('sha1', body),
          mdTimestamps: { properties: expect.any(String) },
        },
      ],
    });
    expect(await server.ask('GET', 'api/storage/r/a/x.json?list')).toMatchObject({
      status: 400,
      message: 'Expected a folder but found a file, at: r:a/x.json',
    });
  });
});

describe('copy and move', () => {
  test('a file with its properties, then into a folder, then away', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/a/x.json;k=v', { body });
    expect(await server.ask('POST', 'api/copy/r/a/x.json?to=/other/b/y.json')).toMatchObject({
      status: 200,
      json: {
        messages: [
          {
            level: 'INFO',
            message:
              'copying r:a/x.json to other:b/y.json completed successfully, 1 artifacts and 0 folders were copied',
          },
        ],
      },
    });
    expect((await server.ask('GET', 'api/storage/other/b/y.json?properties')).json).toMatchObject({
      properties: { k: ['v'] },
    });
    await server.ask('POST', 'api/move/r/a?to=other/b');
    expect((await server.ask('GET', 'other/b/a/x.json')).text).toBe(body);
    expect((await server.ask('GET', 'r/a/x.json')).status).toBe(404);
  });

  test('dry=1 changes nothing; what is missing is told', async () => {
    await using server = await start({ edition: 'pro' });
    await server.ask('PUT', 'r/x.json', { body });
    expect((await server.ask('POST', 'api/move/r/x.json?to=/r/y.json&dry=1')).status).toBe(200);
    expect((await server.ask('GET', 'r/x.json')).status).toBe(200);
    expect((await server.ask('GET', 'r/y.json')).status).toBe(404);
    expect((await server.ask('POST', 'api/copy/r/none?to=/r/y')).json).toMatchObject({
      messages: [{ level: 'ERROR' }],
    });
    expect((await server.ask('POST', 'api/copy/r/x.json')).status).toBe(400);
    expect((await server.ask('POST', 'api/copy/r/x.json?to=/nowhere/y')).status).toBe(400);
  });

  test('without the right to delete nothing is replaced or moved away', async () => {
    await using server = await start({ edition: 'pro' });
    const as = basic('ci', 'ci-pass');
    await server.ask('PUT', 'r/x.json', { body });
    await server.ask('PUT', 'r/y.json', { body });
    expect(await server.ask('POST', 'api/copy/r/x.json?to=/r/y.json', { as })).toMatchObject({
      status: 403,
      json: {
        messages: [
          { message: "User doesn't have permissions to override 'r:y.json'. Needs delete permissions." },
        ],
      },
    });
    expect((await server.ask('POST', 'api/move/r/x.json?to=/r/z.json', { as })).status).toBe(403);
    expect((await server.ask('POST', 'api/copy/r/x.json?to=/r/z.json', { as })).status).toBe(200);
  });
});
