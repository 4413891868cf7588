// What a forward proxy answers in the place of AWS.
import { describe, expect, test } from '@jest/globals';
import { refusals, startRawProxy, startSilentProxy } from '../../network/test/raw-proxy.ts';
import { portTo } from './scripted-server.ts';

describe.each(refusals)('%s', (_name, head, body, words) => {
  test.each(['http', 'https'])('%s: told as the proxy, asked once, no password', async (scheme) => {
    await using proxy = await startRawProxy(head, body);
    const address = proxy.url.replace('http://', 'http://joe:s3cret@');
    const { port, client } = portTo(
      { url: `${scheme}://ecs.test` },
      { proxyEnv: { HTTP_PROXY: address, HTTPS_PROXY: address } },
    );
    const error: unknown = await port.describeServices('qa', ['web']).catch((reason: unknown) => reason);
    client.destroy();
    expect(error).toMatchObject({
      kind: 'unreachable',
      message: expect.stringMatching(words),
      hint: expect.stringContaining('If ecs.test is to be reached without a proxy, name it in NO_PROXY.'),
    });
    expect(String(error)).toContain(`The proxy ${proxy.url} (HTTP`);
    expect(JSON.stringify(error) + String(error)).not.toContain('s3cret');
    expect(proxy.seen).toHaveLength(1);
  });
});

test('a proxy that cannot reach AWS is asked again, and named', async () => {
  await using proxy = await startRawProxy('503 Service Unavailable\r\nx-squid-error: ERR_CONNECT_FAIL 111');
  const { port, client } = portTo({ url: 'http://ecs.test' }, { proxyEnv: { HTTP_PROXY: proxy.url } });
  await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
    message: expect.stringContaining('could not reach ecs.test (503 Service Unavailable)'),
  });
  client.destroy();
  expect(proxy.seen.length).toBeGreaterThan(1);
});

test('a refusal of AWS through the proxy stays a refusal of AWS', async () => {
  const body = '{"__type":"AccessDeniedException","message":"no"}';
  await using proxy = await startRawProxy(
    '400 Bad Request\r\ncontent-type: application/x-amz-json-1.1',
    body,
  );
  const { port, client } = portTo({ url: 'http://ecs.test' }, { proxyEnv: { HTTP_PROXY: proxy.url } });
  await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({ kind: 'access-denied' });
  client.destroy();
});

test('a proxy that closes each connection loses no request', async () => {
  const body = '{"services":[],"failures":[]}';
  await using proxy = await startRawProxy('200 OK\r\ncontent-type: application/x-amz-json-1.1', body);
  const calls: string[] = [];
  const { port, client } = portTo(
    { url: 'http://ecs.test' },
    { proxyEnv: { HTTP_PROXY: proxy.url }, onCall: (operation) => calls.push(operation) },
  );
  for (let call = 0; call < 10; call += 1) await port.describeServices('qa', ['web']);
  client.destroy();
  // No attempt was repeated.
  expect([calls.length, proxy.seen.length]).toEqual([10, 10]);
});

test('a proxy that takes the connection and says nothing holds nobody up', async () => {
  await using proxy = await startSilentProxy();
  const limits = { connect: 300, request: 300, call: 5000 };
  const { port, client } = portTo(
    { url: 'https://ecs.test' },
    { proxyEnv: { HTTPS_PROXY: proxy.url }, limits },
  );
  await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({ kind: 'unreachable' });
  client.destroy();
  expect(proxy.seen.length).toBeGreaterThan(0);
});
