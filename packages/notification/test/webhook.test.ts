import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { postWebhook } from '../src/index.ts';

const secret = 'T0123/B4567/abcdefghijklmnop';
const servers: Server[] = [];

async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ readonly url: string; readonly bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      bodies.push(Buffer.concat(chunks).toString('utf8'));
      answer(request, response, bodies.length);
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/services/${secret}`, bodies };
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

describe('a webhook', () => {
  test('gets the message once', async () => {
    const { url, bodies } = await serve((request, response) => {
      response.statusCode = request.headers['content-type'] === 'application/json' ? 200 : 415;
      response.end('ok');
    });
    expect(await postWebhook({ url }, '{"schema":1}')).toBeNull();
    expect(bodies).toEqual(['{"schema":1}']);
  });

  test('that fails once gets it again', async () => {
    const { url, bodies } = await serve((_, response, count) => {
      response.statusCode = count === 1 ? 503 : 204;
      response.end();
    });
    expect(await postWebhook({ url }, 'x')).toBeNull();
    expect(bodies).toHaveLength(2);
  });

  test.each([
    [400, 'invalid_payload', /answered 400 \(invalid_payload\)\. Look whether notify-format/u, 1],
    [404, 'no_service', /answered 404 \(no_service\)\. Look whether the webhook still exists/u, 1],
    [500, '', /answered 500\. The receiver is in trouble/u, 2],
    [302, '', /answered 302\. Redirects are not followed/u, 1],
    [403, '<html><h1>No</h1>\n<p>entry</p></html>', /answered 403 \(No entry\)/u, 1],
  ])('that answers %d is told of, with its words', async (status, body, expected, times) => {
    const { url, bodies } = await serve((_, response) => {
      response.writeHead(status, { location: 'http://127.0.0.1:1/elsewhere' });
      response.end(body);
    });
    expect(await postWebhook({ url }, 'x')).toMatch(expected);
    expect(bodies).toHaveLength(times);
  });

  test('that repeats its own address does not give it away', async () => {
    const { url } = await serve((request, response) => {
      response.statusCode = 404;
      response.end(`no such hook: ${request.url ?? ''} (${encodeURIComponent(request.url ?? '')})`);
    });
    const trouble = await postWebhook({ url }, 'x');
    expect(trouble).toContain('no such hook');
    for (const part of secret.split('/')) expect(trouble).not.toContain(part);
  });

  test('that never answers holds up nobody', async () => {
    const { url } = await serve(() => {});
    const before = performance.now();
    expect(await postWebhook({ url, limitMs: 900 }, 'x')).toMatch(/no answer in time/u);
    expect(performance.now() - before).toBeLessThan(2500);
  });

  test('that answers without end is not listened to for ever', async () => {
    const { url } = await serve((_, response) => {
      const more = (): void => {
        if (!response.destroyed) response.write('x'.repeat(64 * 1024), more);
      };
      more();
    });
    expect(await postWebhook({ url, limitMs: 2000 }, 'x')).toBeNull();
  });

  test('that has answered and then never ends its answer is not told a second time', async () => {
    const { url, bodies } = await serve((_, response) => {
      response.writeHead(200);
      response.write('o');
    });
    expect(await postWebhook({ url, limitMs: 1500 }, 'x')).toBeNull();
    expect(bodies).toHaveLength(1);
  });

  test('that hangs up without an answer is tried again, and told', async () => {
    const { url, bodies } = await serve((request) => request.socket.destroy());
    expect(await postWebhook({ url }, 'x')).toMatch(/could not be called: .*\./u);
    expect(bodies).toHaveLength(2);
  });

  test('that says what it has read of its address does not give it away', async () => {
    const { url } = await serve((request, response) => {
      const { searchParams, pathname } = new URL(request.url ?? '', 'http://x');
      const told = [...searchParams.values(), ...pathname.split('/').map(decodeURIComponent)];
      response.writeHead(403).end(`not allowed: ${told.join(' ')}`);
    });
    const secretUrl = `${new URL(url).origin}/a/geheimer%20Weg?token=s3cr3t-t0ken&key=a+b%2Fcdef`;
    const withUser = secretUrl.replace('http://', 'http://somebody:p%40ssw0rd@');
    for (const address of [secretUrl, withUser]) {
      const trouble = await postWebhook({ url: address }, 'x');
      expect(trouble).toContain('answered 403 (not allowed:');
      expect(trouble).not.toMatch(/s3cr3t-t0ken|geheimer|a b\/cdef|p@ssw0rd|p%40ssw0rd|somebody/u);
    }
  });

  test('behind a closed port, an unknown name, no address at all', async () => {
    const { url } = await serve(() => {});
    servers[0]?.closeAllConnections();
    await new Promise((resolve) => servers[0]?.close(resolve));
    expect(await postWebhook({ url, limitMs: 2000 }, 'x')).toMatch(/nothing listens there/u);
    expect(await postWebhook({ url: `http://nowhere.invalid/${secret}`, limitMs: 2000 }, 'x')).toMatch(
      /the name of its host is not known|no answer in time/u,
    );
    for (const none of ['', 'hooks.example.com/x', 'file:///etc/passwd', 'javascript:alert(1)', 'http://'])
      expect(await postWebhook({ url: none }, 'x')).toMatch(/no http or https address/u);
  });

  test('behind a proxy that takes the connection and says nothing holds up nobody', async () => {
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => sockets.push(socket.on('error', () => {})));
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = silent.address() as AddressInfo;
      const proxyEnv = { HTTPS_PROXY: `http://somebody:hunter22@127.0.0.1:${port}` };
      const url = `https://hooks.example.com/${secret}`;
      const trouble = await postWebhook({ url, proxyEnv, limitMs: 1500 }, 'x');
      expect(trouble).toContain('The webhook was not called.');
      expect(trouble).not.toMatch(/hunter22|abcdefghijklmnop/u);
    } finally {
      for (const socket of sockets) socket.destroy();
      silent.close();
    }
  });

  test('is called by the proxy of the environment, and a proxy that is none is told', async () => {
    const proxy = await serve((request, response) => {
      response.statusCode = request.url?.startsWith('http://hooks.invalid/') === true ? 200 : 500;
      response.end();
    });
    const proxyEnv = { HTTP_PROXY: new URL(proxy.url).origin };
    expect(await postWebhook({ url: 'http://hooks.invalid/services/x', proxyEnv }, 'x')).toBeNull();
    const bad = { HTTP_PROXY: 'socks5://user:hunter22@proxy' };
    const trouble = await postWebhook({ url: 'http://hooks.invalid/x', proxyEnv: bad }, 'x');
    expect(trouble).toMatch(/HTTP_PROXY is not the address of an http proxy/u);
    expect(trouble).not.toContain('hunter22');
  });
});
