// What a forward proxy answers in the place of Artifactory.
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { refusals, startRawProxy } from '../../network/test/raw-proxy.ts';
import { errorOf, openPort } from './open-port.ts';

const path = 'p/x.json';

describe.each(refusals)('%s', (_name, head, body, words) => {
  test.each(['http', 'https'])('%s: told as the proxy, asked once, no password', async (scheme) => {
    await using proxy = await startRawProxy(head, body);
    const address = proxy.url.replace('http://', 'http://joe:s3cret@');
    const proxyEnv = { HTTP_PROXY: address, HTTPS_PROXY: address };
    const error = await errorOf(openPort(`${scheme}://repo.test`, { proxyEnv }).read(path, 10));
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toContain(`The proxy ${proxy.url} (HTTP`);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('the server says');
    expect(error.hint).toContain('If repo.test is to be reached without a proxy, name it in NO_PROXY.');
    expect(inspect(error)).not.toContain('s3cret');
    expect(proxy.seen).toHaveLength(1);
  });
});

test('a page of Artifactory itself through the proxy stays its own', async () => {
  const head = '403 Forbidden\r\ncontent-type: text/html\r\nx-jfrog-version: Artifactory/7.77.5 77705900';
  await using proxy = await startRawProxy(head, '<html></html>');
  const error = await errorOf(
    openPort('http://repo.test', { proxyEnv: { HTTP_PROXY: proxy.url } }).read(path, 10),
  );
  expect(error.kind).toBe('forbidden');
});

test('a proxy that closes each connection loses no request', async () => {
  await using proxy = await startRawProxy('404 Not Found');
  const port = openPort('http://repo.test', { proxyEnv: { HTTP_PROXY: proxy.url }, retry: { limit: 0 } });
  for (let call = 0; call < 10; call += 1) expect(await port.read(path, 10)).toBeNull();
  expect(proxy.seen).toHaveLength(10);
});
