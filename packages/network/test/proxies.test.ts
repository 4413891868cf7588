// NO_PROXY and the proxies' addresses; what is said here of "directly" is compared with what Node's agent really does.
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { proxyOf, readProxies, type Environment, type Proxies } from '../src/index.ts';

function read(environment: Environment): Proxies {
  const proxies = readProxies(environment);
  if ('bad' in proxies) throw new TypeError(proxies.bad.join());
  return proxies;
}

test('the variable of the scheme counts, the small spelling first, spaces around it do not', () => {
  const proxies = read({
    HTTP_PROXY: 'http://a:1',
    https_proxy: ' http://joe:pw@b:2 ',
    HTTPS_PROXY: 'http://c:3',
  });
  expect(proxyOf(proxies, 'http://x.test/')).toEqual({
    variable: 'HTTP_PROXY',
    address: 'http://a:1',
    hasUser: false,
  });
  expect(proxyOf(proxies, 'https://x.test/')).toEqual({
    variable: 'https_proxy',
    address: 'http://b:2',
    hasUser: true,
  });
  expect(proxyOf(read({ HTTP_PROXY: 'http://a:1', HTTPS_PROXY: '' }), 'https://x.test')).toBeNull();
  expect(proxyOf(proxies, 'no address')).toBeNull();
});

test('what is no http proxy is named, all of it', () => {
  const environment = { HTTP_PROXY: 'proxy:3128', https_proxy: 'socks5://proxy', HTTPS_PROXY: 'http://fine' };
  expect(readProxies(environment)).toEqual({ bad: ['HTTP_PROXY', 'https_proxy'] });
});

test('secrets in every form', () => {
  const { secrets } = read({ HTTPS_PROXY: 'http://joe:p%40ss@proxy' });
  expect(secrets).toEqual(['p%40ss', 'p@ss', Buffer.from('joe:p@ss').toString('base64')]);
  expect(read({ HTTPS_PROXY: 'http://joe:100%@proxy' }).secrets).toContain('100%');
});

describe('NO_PROXY', () => {
  // Answers everything itself, as a proxy can for http.
  const proxy = http.createServer((_request, response) => response.end('by the proxy'));
  let address = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  });
  afterAll(() => void proxy.close());

  /** Whether Node sends it to the proxy: a direct connection is not made but refused by the look-up. */
  async function reallyByProxy(proxies: Proxies, url: string): Promise<boolean> {
    const agent = new http.Agent({ proxyEnv: { ...proxies.variables } });
    const { hostname } = new URL(url);
    return new Promise((resolve) => {
      const request = http.get(url, {
        agent,
        lookup: (name, _options, callback) => {
          callback(Object.assign(new Error(name), { code: 'ENOTFOUND' }), '', 4);
        },
      });
      request.on('response', (response) => {
        response.resume();
        resolve(true);
      });
      // Addresses are not looked up: nothing listens there.
      request.on('error', () => resolve(false));
      if (/^[\d.]+$/u.test(hostname)) request.setTimeout(200, () => request.destroy(new Error('directly')));
    });
  }

  test.each([
    ['http://example.com/', 'example.com', 'directly'],
    ['http://api.example.com/', 'example.com', 'directly'],
    ['http://api.example.com/', '.example.com', 'directly'],
    ['http://api.example.com/', '*.example.com', 'directly'],
    ['http://API.Example.com/', 'EXAMPLE.com', 'directly'],
    ['http://notexample.com/', 'example.com', 'by the proxy'],
    ['http://notexample.com/', '.example.com', 'by the proxy'],
    ['http://example.com.evil.test/', 'example.com', 'by the proxy'],
    ['http://other.test/', 'example.com,other.test', 'directly'],
    ['http://other.test/', 'example.com other.test', 'directly'],
    ['http://example.com:8081/', 'example.com:8081', 'directly'],
    ['http://example.com:8082/', 'example.com:8081', 'by the proxy'],
    ['http://127.1.2.3:1/', '127.1.0.0/16', 'directly'],
    ['http://127.2.2.3:1/', '127.1.0.0/16', 'by the proxy'],
    ['http://127.1.2.3:1/', '127.1.2.3', 'directly'],
    ['http://127.1.2.3:1/', '127.1.2.0-127.1.2.9', 'directly'],
    ['http://127.1.2.3:1/', '0.0.0.0/0', 'directly'],
    ['http://any.test/', '*', 'directly'],
    ['http://any.test/', '', 'by the proxy'],
    ['http://any.test/', ' , ,', 'by the proxy'],
    ['http://any.test/', '10.0.0.0/33,10.0.0.0/8/8,/,-,.', 'by the proxy'],
    ['http://localhost:1/', '', 'directly'],
    ['http://127.0.0.1:1/', 'example.com', 'directly'],
    ['http://[::1]:1/', '', 'directly'],
  ])('%s with %j: %s', async (url, noProxy, way) => {
    const proxies = read({ HTTP_PROXY: address, NO_PROXY: noProxy });
    expect(proxyOf(proxies, url) === null ? 'directly' : 'by the proxy').toBe(way);
    expect((await reallyByProxy(proxies, url)) ? 'by the proxy' : 'directly').toBe(way);
  });
});
