// Who failed a request: the proxy, or the server behind it.
import { describe, expect, test } from '@jest/globals';
import { explainProxyAnswer, explainProxyFailure, readProxies, type Proxies } from '../src/index.ts';

const proxies = readProxies({
  HTTP_PROXY: 'http://joe:s3cr3t@proxy.test:3128',
  HTTPS_PROXY: 'http://proxy.test:3129',
  NO_PROXY: 'inside.test',
}) as Proxies;
const html = { 'content-type': 'text/html; charset=utf-8' };

describe('no answer', () => {
  const failure = (code: string, message = code, url = 'https://aws.test/x') =>
    explainProxyFailure(proxies, { url, code, message });

  test.each([
    [
      'ECONNREFUSED',
      /The proxy http:\/\/proxy\.test:3129 \(HTTPS_PROXY\) cannot be reached.*nothing was asked of aws\.test/u,
    ],
    ['ENOTFOUND', /The name of the proxy http:\/\/proxy\.test:3129 \(HTTPS_PROXY\) is not known/u],
    ['EHOSTUNREACH', /cannot be reached/u],
  ])('%s is the proxy, since nobody else was connected to', (code, lead) => {
    const trouble = failure(code);
    expect(trouble?.lead).toMatch(lead);
    expect(trouble?.hint).toContain('If aws.test is to be reached without a proxy, name it in NO_PROXY.');
    expect(trouble?.passing).toBe(true);
  });

  test('the same code in the text only', () => {
    expect(failure('', 'connect ECONNREFUSED 10.0.0.1:3129')?.lead).toContain('cannot be reached');
  });

  test.each([
    [407, 'Proxy Authentication Required', /asks for credentials, and HTTPS_PROXY has none/u, false],
    [401, 'Unauthorized', /asks for credentials/u, false],
    [403, 'Filtered', /does not let us through to aws\.test \(403 Filtered\)/u, false],
    [503, 'Service Unavailable', /could not reach aws\.test \(503 Service Unavailable\)/u, true],
  ])('a tunnel that is refused with %s', (status, words, lead, passing) => {
    const message = `Failed to establish tunnel to aws.test:443 via http://proxy.test:3129/: HTTP/1.1 ${status} ${words}`;
    expect(failure('ERR_PROXY_TUNNEL', message)).toMatchObject({
      lead: expect.stringMatching(lead),
      passing,
    });
  });

  test.each([
    '@smithy/node-http-handler - the request socket did not establish a connection with the server within the configured timeout of 5000 ms.',
    "Timeout awaiting 'connect' for 10000ms",
    "Timeout awaiting 'lookup' for 10000ms",
  ])('no connection in time: %s', (message) => {
    expect(failure('ETIMEDOUT', message)?.lead).toContain(
      '(HTTPS_PROXY) gave no connection to aws.test in time',
    );
  });

  test('an answer that does not come is the server', () => {
    expect(failure('ETIMEDOUT', "Timeout awaiting 'response' for 60000ms")).toBeNull();
  });

  test.each(['ECONNRESET', 'ETIMEDOUT', 'CERT_HAS_EXPIRED', ''])('%j may as well be the server', (code) => {
    expect(failure(code)).toBeNull();
  });

  test('what goes directly is never the proxy', () => {
    expect(failure('ECONNREFUSED', '', 'https://web.inside.test/')).toBeNull();
    expect(failure('ECONNREFUSED', '', 'https://127.0.0.1/')).toBeNull();
  });
});

describe('an answer', () => {
  const answer = (status: number, headers = {}, isServers = false, url = 'http://repo.test/x') =>
    explainProxyAnswer(proxies, { url, status, headers }, isServers);

  test('407 is always the proxy, and it has seen the user', () => {
    expect(answer(407)?.lead).toContain(
      'does not accept the user and password that stand in HTTP_PROXY (407)',
    );
    expect(JSON.stringify(answer(407))).not.toContain('s3cr3t');
  });

  test.each([
    ['tinyproxy', { server: 'tinyproxy/1.11.1' }],
    ['Squid', { 'x-squid-error': 'ERR_ACCESS_DENIED 0' }],
    ['a page where the server has a form of its own', html],
  ])('403 by %s', (_name, headers) => {
    expect(answer(403, headers)?.lead).toContain('does not let us through to repo.test');
  });

  test('what only the server sends makes it the server, whatever it looks like', () => {
    expect(answer(403, html, true)).toBeNull();
    expect(answer(403, { 'content-type': 'application/json' })).toBeNull();
    expect(answer(403)).toBeNull();
  });

  test('through a tunnel every answer is the server’s', () => {
    expect(answer(403, html, false, 'https://aws.test/x')).toBeNull();
    expect(answer(407, {}, false, 'https://aws.test/x')).toBeNull();
  });

  test('success and what goes directly', () => {
    expect(answer(200, html)).toBeNull();
    expect(answer(403, html, false, 'http://inside.test/')).toBeNull();
  });
});
