// Proxies and private authorities, with Node's own agents behind got.
import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createRegistry, type RegistryOptions, type RegistryPort } from '../src/index.ts';
import { scriptedRegistry, send, someDigest } from './scripted-registry.ts';

const quick: RegistryOptions = {
  timeoutMs: 2000,
  proxyEnv: {},
  retries: { limit: 0, firstPause: 1, longestPause: 1 },
};
const open = (options: Partial<RegistryOptions> = {}): RegistryPort =>
  createRegistry({ ...quick, ...options });
const fixture = (name: string): string =>
  readFileSync(path.join(import.meta.dirname, 'fixtures/tls', name), 'utf8');

describe('a registry behind a proxy, with a private authority', () => {
  const asked: string[] = [];
  const tunnels: string[] = [];
  const registry = https.createServer(
    { key: fixture('server.key'), cert: fixture('server.pem') },
    (request, response) => {
      asked.push(`${request.method} ${request.headers.host}${request.url}`);
      response.writeHead(200, { 'docker-content-digest': someDigest });
      response.end();
    },
  );
  const proxy = http.createServer();
  proxy.on('connect', (request, socket) => {
    tunnels.push(request.url ?? '');
    const { port } = registry.address() as AddressInfo;
    const onward = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });

  beforeAll(async () => {
    await new Promise<void>((resolve) => void registry.listen(0, '127.0.0.1', resolve));
    await new Promise<void>((resolve) => void proxy.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    registry.close();
    registry.closeAllConnections();
    proxy.close();
    proxy.closeAllConnections();
  });
  const proxyEnv = (): Record<string, string> => ({
    HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
  });

  test('is reached by https through the proxy', async () => {
    const answer = await open({ proxyEnv: proxyEnv(), ca: fixture('ca.pem') }).lookUp(
      'registry.example.test/web:1',
    );
    expect(answer).toEqual({ kind: 'found', digest: someDigest });
    expect(tunnels).toContain('registry.example.test:443');
    expect(asked).toEqual(['HEAD registry.example.test/v2/web/manifests/1']);
  });

  test('is not trusted without the authority, and the message says what to give', async () => {
    const answer = await open({ proxyEnv: proxyEnv() }).lookUp('registry.example.test/web:1');
    expect(answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('not trusted'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });

  test('is not believed under another name', async () => {
    const answer = await open({ proxyEnv: proxyEnv(), ca: fixture('ca.pem') }).lookUp(
      'other.example.test/web:1',
    );
    expect(answer).toMatchObject({
      kind: 'unknown',
      message: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
    });
  });

  test('is asked directly when NO_PROXY says so', async () => {
    const before = tunnels.length;
    const answer = await open({
      proxyEnv: { ...proxyEnv(), NO_PROXY: '.example.test' },
      ca: fixture('ca.pem'),
    }).lookUp('registry.example.test/web:1');
    expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining('not known here') });
    expect(tunnels).toHaveLength(before);
  });
});

test('a host of this machine is never asked by a proxy', async () => {
  await using server = await scriptedRegistry((_asked, response) =>
    send(response, 200, { 'docker-content-digest': someDigest }),
  );
  const registry = open({ proxyEnv: { HTTP_PROXY: 'http://127.0.0.1:1', http_proxy: 'http://127.0.0.1:1' } });
  expect(await registry.lookUp(`${server.host}/web:1`)).toEqual({ kind: 'found', digest: someDigest });
});

test.each([
  [{ proxyEnv: { HTTPS_PROXY: 'ann:s3cret@proxy:3128' } }, 'HTTPS_PROXY'],
  [{ proxyEnv: { http_proxy: 'socks5://proxy' } }, 'http_proxy'],
  [{ ca: 'not a certificate' }, 'PEM'],
  [{ ca: '-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n' }, 'PEM'],
])('settings that cannot be used are told with each answer: %j', async (options, what) => {
  const answer = await open(options).lookUp('registry.example.test/web:1');
  expect(answer).toMatchObject({ kind: 'unknown', message: expect.stringContaining(what) });
  expect(JSON.stringify(answer)).not.toContain('s3cret');
});
