// What a forward proxy answers in the place of S3.
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { parseRepositoryAddress, RepositoryError } from '@bamboo-ecs/repository';
import { refusals, startRawProxy, startSilentProxy } from '../../network/test/raw-proxy.ts';
import { createS3Repository, type S3Options } from '../src/index.ts';

function openPort(
  endpoint: string,
  proxyEnv: Readonly<Record<string, string>>,
  limits: S3Options['limits'] = {},
) {
  const address = parseRepositoryAddress('s3://bucket/team', 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError('address');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return createS3Repository({
    address: address.value,
    endpoint,
    region: 'eu-west-1',
    credentials,
    proxyEnv,
    limits,
  });
}

describe.each(refusals)('%s', (_name, head, body, words) => {
  test.each(['http', 'https'])('%s: told as the proxy, asked once, no password', async (scheme) => {
    await using proxy = await startRawProxy(head, body);
    const address = proxy.url.replace('http://', 'http://joe:s3cret@');
    const port = openPort(`${scheme}://s3.test`, { HTTP_PROXY: address, HTTPS_PROXY: address });
    const error: unknown = await port.read('p/x', 10).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(RepositoryError);
    expect(error).toMatchObject({
      kind: 'misconfigured',
      message: expect.stringMatching(words),
      hint: expect.stringContaining('If s3.test is to be reached without a proxy, name it in NO_PROXY.'),
    });
    expect(String(error)).toContain(`The proxy ${proxy.url} (HTTP`);
    expect(inspect(error)).not.toContain('s3cret');
    expect(proxy.seen).toHaveLength(1);
  });
});

test('what is no proxy is refused, and nothing goes out some other way', () => {
  expect(() => openPort('http://s3.test', { HTTP_PROXY: 'joe:s3cret@proxy:3128' })).toThrow(
    /the environment variable HTTP_PROXY is not the address of an http proxy/u,
  );
});

test('a proxy that takes the connection and says nothing holds nobody up', async () => {
  await using proxy = await startSilentProxy();
  const port = openPort('https://s3.test', { HTTPS_PROXY: proxy.url }, { connect: 300, request: 300 });
  await expect(port.read('p/x', 10)).rejects.toMatchObject({ kind: 'unreachable' });
  expect(proxy.seen.length).toBeGreaterThan(0);
});
