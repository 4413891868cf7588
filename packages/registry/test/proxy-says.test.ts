// What a forward proxy answers in the place of a registry.
import { expect, test } from '@jest/globals';
import { refusals, startRawProxy, startSilentProxy } from '../../network/test/raw-proxy.ts';
import { createRegistry } from '../src/index.ts';

const quick = { timeoutMs: 2000, retries: { limit: 0, firstPause: 1, longestPause: 1 } };

test.each(refusals)('%s', async (_name, head, body, words) => {
  await using proxy = await startRawProxy(head, body);
  const proxyEnv = { HTTPS_PROXY: proxy.url.replace('http://', 'http://joe:s3cret@') };
  const answer = await createRegistry({ ...quick, proxyEnv }).lookUp('registry.test/web:1');
  expect(answer).toMatchObject({
    kind: 'unknown',
    message: expect.stringMatching(words),
    hint: expect.stringContaining('name it in NO_PROXY. Otherwise set `image-digest` to `off`.'),
  });
  expect(JSON.stringify(answer)).not.toContain('s3cret');
  expect(proxy.seen).toEqual(['CONNECT registry.test:443 HTTP/1.1']);
});

test('a proxy that is down', async () => {
  const proxyEnv = { HTTPS_PROXY: 'http://127.0.0.1:1' };
  const answer = await createRegistry({ ...quick, proxyEnv }).lookUp('registry.test/web:1');
  expect(answer).toMatchObject({
    message: expect.stringContaining('The proxy http://127.0.0.1:1 (HTTPS_PROXY) cannot be reached'),
  });
});

test('a proxy that takes the connection and says nothing holds nobody up', async () => {
  await using proxy = await startSilentProxy();
  const registry = createRegistry({ ...quick, timeoutMs: 300, proxyEnv: { HTTPS_PROXY: proxy.url } });
  const answer = await registry.lookUp('registry.test/web:1');
  expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('HTTPS_PROXY') });
  expect(proxy.seen).toEqual(['CONNECT registry.test:443 HTTP/1.1']);
});
