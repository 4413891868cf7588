// Certificates and proxies, over real sockets.
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { startSilentProxy } from '../../network/test/raw-proxy.ts';
import { errorOf, openPort } from './open-port.ts';
import { answer, startServer } from './small-server.ts';

const fixtures = join(import.meta.dirname, 'fixtures', 'tls');
const path = 'p/x.json';

async function pem(name: string): Promise<string> {
  return readFile(join(fixtures, name), 'utf8');
}

async function startSecure(name: string) {
  const tls = { key: await pem(`${name}.key`), cert: await pem(`${name}.pem`) };
  return startServer((_asked, response) => answer(response, 404), tls);
}

describe('certificates', () => {
  test('of a private authority are trusted with ca-file, also from a file of several', async () => {
    await using server = await startSecure('server');
    const ca = `# ours\n${await pem('self.pem')}\n${await pem('ca.pem')}`;
    expect(await openPort(server.url, { ca }).read(path, 10)).toBeNull();
  });

  test.each([
    ['server', undefined, /authority.*not known here|private authority/, /ca-file.*NODE_EXTRA_CA_CERTS/],
    ['self', undefined, /self-signed certificate/, /ca-file/],
    ['expired', 'ca.pem', /has expired/, /clock/],
    ['other', 'ca.pem', /another name than 127\.0\.0\.1/, /name that stands in the certificate/],
  ])('%s is refused at once and explained', async (name, ca, message, hint) => {
    await using server = await startSecure(name);
    const error = await errorOf(
      openPort(server.url, ca === undefined ? {} : { ca: await pem(ca) }).read(path, 10),
    );
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(server.requests).toEqual([]);
  });

  test.each(['', 'text', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'a ca-file that holds none: %j',
    async (ca) => {
      const error = await errorOf((async () => openPort('https://127.0.0.1:1', { ca }))());
      expect(error.message).toContain('ca-file');
    },
  );
});

interface Proxy extends AsyncDisposable {
  readonly address: string;
  readonly seen: string[];
}

/** Lets through who says `bob:pr0xy`, to a server of this machine whatever its name. */
async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const wanted = `Basic ${Buffer.from('bob:pr0xy').toString('base64')}`;
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (request.headers['proxy-authorization'] !== wanted) {
      response.writeHead(407).end('who are you?');
      return;
    }
    const forward = http.request(
      (request.url ?? '').replace('repo.example.com', '127.0.0.1'),
      { method: request.method, headers: { ...request.headers, connection: 'close' } },
      (reply) => {
        response.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(response);
      },
    );
    forward.on('error', () => response.destroy());
    request.pipe(forward);
  });
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket) => sockets.add(socket));
  server.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`);
    if (request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    const onward = net.connect(Number(request.url?.split(':')[1]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

describe('proxies', () => {
  test('https goes through the tunnel, and the private authority is still the one that counts', async () => {
    await using proxy = await startProxy();
    await using server = await startSecure('other');
    const url = `https://other.example.com:${server.port}`;
    const proxyEnv = { HTTPS_PROXY: `http://bob:pr0xy@${proxy.address}` };
    expect(await openPort(url, { proxyEnv, ca: await pem('ca.pem') }).read(path, 10)).toBeNull();
    expect(proxy.seen).toEqual([`CONNECT other.example.com:${server.port}`]);
    expect(server.requests[0]?.headers['proxy-authorization']).toBeUndefined();
    expect((await errorOf(openPort(url, { proxyEnv }).read(path, 10))).hint).toContain('ca-file');
  });

  test('http goes over http_proxy, either case', async () => {
    await using proxy = await startProxy();
    await using server = await startServer((_asked, response) => answer(response, 404));
    const proxyEnv = { http_proxy: ` http://bob:pr0xy@${proxy.address} ` };
    const url = `http://repo.example.com:${server.port}`;
    expect(await openPort(url, { proxyEnv }).read(path, 10)).toBeNull();
    expect(proxy.seen).toEqual([`GET ${url}/artifactory/ecs-local/team/p/x.json`]);
  });

  test.each(['', 'example.com', '*'])(
    'this machine is asked directly, whatever NO_PROXY says: %j',
    async (noProxy) => {
      await using proxy = await startProxy();
      await using server = await startServer((_asked, response) => answer(response, 404));
      const proxyEnv = { HTTP_PROXY: `http://${proxy.address}`, NO_PROXY: noProxy };
      expect(await openPort(server.url, { proxyEnv }).read(path, 10)).toBeNull();
      expect(proxy.seen).toEqual([]);
    },
  );

  test.each(['http', 'https'])(
    'a proxy that wants a login is told, without its password: %s',
    async (scheme) => {
      await using proxy = await startProxy();
      const proxyEnv = {
        HTTP_PROXY: `http://bob:s3cr3t@${proxy.address}`,
        HTTPS_PROXY: `http://bob:s3cr3t@${proxy.address}`,
      };
      const error = await errorOf(openPort(`${scheme}://repo.example.com`, { proxyEnv }).read(path, 10));
      expect(error.kind).toBe('misconfigured');
      expect(error.message).toMatch(
        /The proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS?_PROXY\) does not accept the user and password/u,
      );
      expect(error.hint).toContain('NO_PROXY');
      expect(inspect(error)).not.toContain('s3cr3t');
      expect(inspect(error)).not.toContain(Buffer.from('bob:s3cr3t').toString('base64'));
    },
  );

  test('a proxy that is not there names the setting', async () => {
    const proxyEnv = { HTTPS_PROXY: 'http://bob:s3cr3t@127.0.0.1:1' };
    const error = await errorOf(
      openPort('https://repo.example.com', { proxyEnv, retry: { limit: 0 } }).read(path, 10),
    );
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('The proxy http://127.0.0.1:1 (HTTPS_PROXY) cannot be reached');
    expect(error.hint).toContain('HTTPS_PROXY');
    expect(inspect(error)).not.toContain('s3cr3t');
  });
});

test('a proxy that takes the connection and says nothing is given up, and told', async () => {
  await using proxy = await startSilentProxy();
  const timeouts = { connect: 300, response: 300, request: 600, total: 2000 };
  const options = { proxyEnv: { HTTPS_PROXY: proxy.url }, timeouts, retry: { limit: 0 } };
  const error = await errorOf(openPort('https://artifactory.example.com', options).read(path, 10));
  expect(error.kind).toBe('unreachable');
  expect(`${error.message} ${error.hint ?? ''}`).toContain('HTTPS_PROXY');
});

test('a tunnel that stands has time for a slow answer', async () => {
  await using proxy = await startProxy();
  const tls = { key: await pem('other.key'), cert: await pem('other.pem') };
  await using server = await startServer(
    (_asked, response) => void setTimeout(() => answer(response, 404), 1500),
    tls,
  );
  const proxyEnv = { HTTPS_PROXY: `http://bob:pr0xy@${proxy.address}` };
  const options = { proxyEnv, ca: await pem('ca.pem'), timeouts: { connect: 500 }, retry: { limit: 0 } };
  expect(await openPort(`https://other.example.com:${server.port}`, options).read(path, 10)).toBeNull();
});
