import { readFileSync } from 'node:fs';
import * as http from 'node:http';
import * as https from 'node:https';
import * as net from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { portTo, startScriptedServer } from './scripted-server.ts';

const pem = (name: string) =>
  readFileSync(new URL(`fixtures/localhost-${name}.pem`, import.meta.url), 'utf8');
const answer = JSON.stringify({ services: [], failures: [] });

async function listen(server: http.Server | https.Server): Promise<{ port: number } & AsyncDisposable> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const tlsServer = () =>
  listen(https.createServer({ key: pem('key'), cert: pem('cert') }, (_, response) => response.end(answer)));

/** A proxy that remembers the targets it was asked for, tunnels (CONNECT) and plain requests alike. */
async function startProxy() {
  const seen: string[] = [];
  const server = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    response.end(answer);
  });
  const sockets = new Set<net.Socket>();
  server.on('connect', (request, socket: net.Socket) => {
    seen.push(`CONNECT ${request.url}`);
    // Whatever the name, the server runs here.
    const port = Number((request.url ?? '').split(':')[1]);
    const upstream = net.connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const each of [socket, upstream]) {
      sockets.add(each);
      each.on('error', () => each.destroy());
    }
  });
  const running = await listen(server);
  return {
    url: `http://127.0.0.1:${running.port}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      for (const socket of sockets) socket.destroy();
      await running[Symbol.asyncDispose]();
    },
  };
}

describe('private certificate authorities', () => {
  test('a certificate that nobody vouches for is refused once, with the remedy', async () => {
    await using server = await tlsServer();
    const { port } = portTo({ url: `https://127.0.0.1:${server.port}` });
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
      kind: 'unreachable',
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
      hint: expect.stringContaining('certificate authority'),
    });
  });

  test.each(['', 'not a certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'])(
    'an authority that is none is refused: %j',
    async (ca) => {
      const { port } = portTo({ url: 'https://127.0.0.1:9' }, { ca });
      await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('no certificate in PEM form'),
      });
    },
  );

  test('with its authority it is trusted', async () => {
    await using server = await tlsServer();
    const { port } = portTo({ url: `https://127.0.0.1:${server.port}` }, { ca: [pem('cert')] });
    await expect(port.describeServices('qa', ['web'])).resolves.toHaveLength(1);
  });
});

describe('proxies', () => {
  test('HTTPS_PROXY tunnels reads and writes', async () => {
    await using server = await tlsServer();
    await using proxy = await startProxy();
    const { port, client } = portTo(
      { url: `https://ecs.test:${server.port}` },
      { ca: pem('cert'), proxyEnv: { HTTPS_PROXY: proxy.url } },
    );
    await port.describeServices('qa', ['web']);
    await port.updateService({ service: 'web' }).catch(() => {});
    client.destroy();
    expect(proxy.seen).toEqual([`CONNECT ecs.test:${server.port}`, `CONNECT ecs.test:${server.port}`]);
  });

  test.each(['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy'])(
    'a %s that is none is refused, and its value not shown',
    async (name) => {
      await using server = await startScriptedServer([{ body: { services: [], failures: [] } }]);
      const { port } = portTo(server, { proxyEnv: { [name]: 'user:s3cret@proxy:3128' } });
      const error: unknown = await port.describeServices('qa', ['web']).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ kind: 'refused', hint: expect.stringContaining('http://') });
      expect(String(error)).toContain(name);
      expect(String(error)).not.toContain('s3cret');
      expect(server.asked).toEqual([]);
    },
  );

  test('lower case and HTTP_PROXY for a plain address', async () => {
    await using proxy = await startProxy();
    const { port, client } = portTo({ url: 'http://ecs.invalid' }, { proxyEnv: { http_proxy: proxy.url } });
    await expect(port.describeServices('qa', ['web'])).resolves.toHaveLength(1);
    client.destroy();
    expect(proxy.seen).toEqual(['POST http://ecs.invalid/']);
  });

  test.each([
    ['a name in NO_PROXY', 'ecs.test', { NO_PROXY: 'other.test, ecs.test' }],
    ['a name in no_proxy', 'ecs.test', { no_proxy: '.test' }],
    ['this machine', '127.0.0.1', {}],
    ['this machine, with other names in NO_PROXY', '127.0.0.1', { NO_PROXY: 'other.test' }],
  ])('%s is asked directly', async (_, host, more) => {
    await using server = await tlsServer();
    await using proxy = await startProxy();
    const { port, client } = portTo(
      { url: `https://${host}:${server.port}` },
      { ca: pem('cert'), proxyEnv: { HTTPS_PROXY: proxy.url, ...more } },
    );
    // Nobody knows ecs.test outside of the proxy.
    await port.describeServices('qa', ['web']).catch(() => {});
    client.destroy();
    expect(proxy.seen).toEqual([]);
  });

  test('without proxyEnv the environment is left alone', async () => {
    await using server = await startScriptedServer([{ body: { services: [], failures: [] } }]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', ['web'])).resolves.toHaveLength(1);
  });
});

describe('a role to assume', () => {
  const session = (
    expiration: string,
    token: string,
  ) => `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult>
    <Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
    <SessionToken>${token}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  const soon = () => new Date(Date.now() + 1000).toISOString();
  const later = () => new Date(Date.now() + 3_600_000).toISOString();
  const ecs = { body: { services: [], failures: [], service: { serviceName: 'web' } } };

  test('is assumed once for reads and writes', async () => {
    await using server = await startScriptedServer([
      { type: 'text/xml', body: session(later(), 'token-1') },
      ecs,
    ]);
    const { port } = portTo(server, { roleArn: 'arn:aws:iam::1:role/deploy' });
    await port.describeServices('qa', ['web']);
    await port.updateService({ service: 'web' });
    expect(server.asked[0]?.body['text']).toContain('RoleArn=arn%3Aaws%3Aiam%3A%3A1%3Arole%2Fdeploy');
    expect(
      server.asked.map(({ operation, headers }) => [operation, headers['x-amz-security-token']]),
    ).toEqual([
      ['', undefined],
      ['DescribeServices', 'token-1'],
      ['UpdateService', 'token-1'],
    ]);
  });

  test('is assumed again before the session ends', async () => {
    let sessions = 0;
    await using server = await startScriptedServer(({ operation }) => {
      if (operation !== '') return ecs;
      sessions += 1;
      return { type: 'text/xml', body: session(sessions === 1 ? soon() : later(), `token-${sessions}`) };
    });
    const { port } = portTo(server, { roleArn: 'arn:aws:iam::1:role/deploy' });
    for (let call = 0; call < 4; call++) await port.describeServices('qa', ['web']);
    const tokens = server.asked.flatMap(({ headers }) => headers['x-amz-security-token'] ?? []);
    // The session that is about to end is not used any more, the next one is kept.
    expect(tokens).toEqual(['token-2', 'token-2', 'token-2', 'token-2']);
    expect(sessions).toBe(2);
  });

  test('that may not be assumed is access denied, for sts:AssumeRole', async () => {
    const words =
      'User: arn:aws:iam::1:user/b is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::1:role/deploy';
    await using server = await startScriptedServer([
      {
        status: 403,
        type: 'text/xml',
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${words}</Message></Error></ErrorResponse>`,
      },
    ]);
    const { port } = portTo(server, { roleArn: 'arn:aws:iam::1:role/deploy' });
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
      kind: 'access-denied',
      message: `DescribeServices (service web in cluster qa): ${words} (AccessDenied)`,
      hint: 'Allow the action sts:AssumeRole on arn:aws:iam::1:role/deploy to arn:aws:iam::1:user/b.',
    });
  });
});

test('the program names itself to AWS', async () => {
  await using server = await startScriptedServer([{ body: { services: [], failures: [] } }]);
  const { port } = portTo(server, { userAgent: 'bamboo-ecs/1.2.3' });
  await port.describeServices('qa', ['web']);
  expect(server.asked[0]?.headers['user-agent']).toContain('bamboo-ecs/1.2.3');
});

test('every request on the wire is counted', async () => {
  await using server = await startScriptedServer([
    { trouble: 'drop' },
    { body: { services: [], failures: [] } },
  ]);
  const calls: string[] = [];
  const { port } = portTo(server, { onCall: (operation) => calls.push(operation) });
  await port.describeServices('qa', ['web']);
  expect(calls).toEqual(['DescribeServices', 'DescribeServices']);
});
