import { describe, expect, test } from '@jest/globals';
import { admin, hash, start } from './try-out.ts';

const body = 'the content';

describe('faults', () => {
  test('429, 500 and a page of a proxy, as often as asked, then well again', async () => {
    await using server = await start();
    server.setFault(
      { kind: 'status', status: 429, retryAfter: 7 },
      { kind: 'status', times: 2 },
      { kind: 'status', status: 502, page: true },
    );
    const answers = [];
    for (let attempt = 0; attempt < 5; attempt++) answers.push(await server.ask('PUT', 'r/x.txt', { body }));
    expect(answers.map(({ status }) => status)).toEqual([429, 500, 500, 502, 201]);
    expect(answers[0]?.headers.get('retry-after')).toBe('7');
    expect(answers[1]?.message).toBe('Internal Server Error');
    expect(answers[3]?.headers.get('content-type')).toContain('text/html');
    expect(server.requests.map(({ status, fault }) => [status, fault])).toEqual([
      [429, 'status'],
      [500, 'status'],
      [500, 'status'],
      [502, 'status'],
      [201, undefined],
    ]);
  });

  test('a response lost after the commit, and a connection dropped before it', async () => {
    await using server = await start();
    server.setFault({ kind: 'drop' }, { kind: 'lost-response' });
    await expect(server.ask('PUT', 'r/x.txt', { body })).rejects.toThrow();
    await expect(server.ask('PUT', 'r/y.txt', { body })).rejects.toThrow();
    expect((await server.ask('HEAD', 'r/x.txt')).status).toBe(404);
    expect((await server.ask('HEAD', 'r/y.txt')).status).toBe(200);
    expect(server.requests.slice(0, 2).map(({ status }) => status)).toEqual([0, 0]);
  });

  test('half a body, other bytes, wrong checksums', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.txt', { body });
    server.setFault({ kind: 'truncated' }, { kind: 'wrong-bytes' }, { kind: 'wrong-checksum' });
    await expect(server.ask('GET', 'r/x.txt')).rejects.toThrow();
    const wrongBytes = await server.ask('GET', 'r/x.txt');
    expect(wrongBytes.text).toHaveLength(body.length);
    expect(wrongBytes.text).not.toBe(body);
    expect(wrongBytes.headers.get('x-checksum-sha256')).toBe(hash('sha256', body));
    const wrongChecksum = await server.ask('GET', 'r/x.txt');
    expect(wrongChecksum.text).toBe(body);
    expect(wrongChecksum.headers.get('x-checksum-sha256')).not.toBe(hash('sha256', body));
    expect((await server.ask('GET', 'r/x.txt')).text).toBe(body);
  });

  test('redirects: to https on a PUT, to signed storage on a GET', async () => {
    await using server = await start();
    await server.ask('PUT', 'r/x.txt', { body });
    server.setFault({ kind: 'redirect-https', method: 'put' }, { kind: 'redirect-storage', method: 'GET' });
    const put = await server.ask('PUT', 'r/y.txt;a=1', { body });
    expect([put.status, put.headers.get('location')]).toEqual([
      301,
      `${server.url.replace('http:', 'https:')}/r/y.txt;a=1`,
    ]);
    const get = await server.ask('GET', 'r/x.txt');
    expect(get.status).toBe(302);
    const signed = get.headers.get('location') ?? '';
    expect(new URL(signed).origin).not.toBe(new URL(server.url).origin);
    expect(await (await fetch(signed)).text()).toBe(body);
    const withCredentials = await fetch(signed, { headers: admin });
    expect(withCredentials.status).toBe(400);
    expect(await withCredentials.text()).toContain('Only one auth mechanism allowed');
    expect((await fetch(signed.slice(0, -1))).status).toBe(403);
  });

  test('a refusal that looks like a 404', async () => {
    await using server = await start();
    server.setFault({ kind: 'masked-404' });
    expect(await server.ask('PUT', 'r/a/x.txt;k=v', { body })).toMatchObject({
      status: 404,
      message: "Could not locate artifact 'r:a/x.txt'.",
    });
  });

  test('by path, for ever, and latency beside another fault', async () => {
    await using server = await start();
    server.setFault(
      { kind: 'status', status: 503, times: 0, path: 'r/bad/*' },
      { kind: 'latency', ms: 60, times: 0 },
    );
    const started = performance.now();
    for (let attempt = 0; attempt < 3; attempt++) {
      expect((await server.ask('PUT', 'r/bad/x', { body })).status).toBe(503);
    }
    expect((await server.ask('PUT', 'r/good/x', { body })).status).toBe(201);
    expect(performance.now() - started).toBeGreaterThanOrEqual(230);
    server.setFault();
    expect((await server.ask('PUT', 'r/bad/x', { body })).status).toBe(201);
  });
});

describe('/_rehearsal', () => {
  test('health, faults, requests and reset over HTTP', async () => {
    await using server = await start();
    const ask = (method: string, path: string, given?: unknown) =>
      fetch(`${new URL(server.url).origin}/_rehearsal/${path}`, {
        method,
        ...(given === undefined ? {} : { body: JSON.stringify(given) }),
      });
    expect(await (await ask('GET', 'health')).json()).toEqual({
      status: 'ok',
      kind: 'artifactory',
      edition: 'oss',
      repositories: ['r', 'other'],
    });
    await ask('POST', 'faults', { kind: 'status', status: 503 });
    await ask('POST', 'faults', [{ kind: 'status', status: 500, times: 2 }]);
    expect((await server.ask('PUT', 'r/x', { body })).status).toBe(503);
    expect(await (await ask('GET', 'faults')).json()).toEqual([{ kind: 'status', status: 500, times: 2 }]);
    await ask('DELETE', 'faults');
    expect((await server.ask('PUT', 'r/x', { body })).status).toBe(201);
    expect(await (await ask('GET', 'requests')).json()).toMatchObject([
      { status: 503 },
      { status: 201, user: 'admin' },
    ]);
    await ask('DELETE', 'requests');
    expect(server.requests).toEqual([]);
    await ask('POST', 'reset');
    expect((await server.ask('GET', 'r/x')).status).toBe(404);
    expect((await ask('GET', 'nonsense')).status).toBe(404);
  });

  test.each([
    'nonsense',
    [],
    'x',
    { kind: 'x' },
    { kind: 'status', status: '500' },
    { kind: 'status', often: 1 },
    { kind: 'latency', ms: -1 },
    null,
  ])('a fault that is none is refused: %j', async (fault) => {
    await using server = await start();
    const response = await fetch(`${new URL(server.url).origin}/_rehearsal/faults`, {
      method: 'POST',
      body: fault === 'nonsense' ? '{' : JSON.stringify(fault),
    });
    expect(response.status).toBe(Array.isArray(fault) ? 200 : 400);
  });

  test('the log shows no credentials', async () => {
    const lines: string[] = [];
    await using server = await start({ log: (line) => lines.push(line) });
    await server.ask('GET', 'r/x', { as: { Authorization: 'Bearer ci-token' } });
    await server.ask('GET', 'r/x', { as: { 'X-JFrog-Art-Api': 'AKCp8key' } });
    await server.ask('GET', 'api/storage/r');
    const shown = JSON.stringify(server.requests) + lines.join('\n');
    expect(shown).not.toMatch(/ci-token|AKCp8key|cGFzc3dvcmQ|password/u);
    expect(server.requests[0]?.headers['authorization']).toBe('Bearer ***');
    expect(lines).toEqual([
      'GET /artifactory/r/x 404 (ci)',
      'GET /artifactory/r/x 404 (admin)',
      'GET /artifactory/api/storage/r 200 (admin)',
    ]);
  });
});
