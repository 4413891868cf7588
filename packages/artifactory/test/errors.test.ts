import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { formsOf } from '../src/credentials.ts';
import { errorOf, openPort, password, user } from './open-port.ts';
import { answer, refuse, startServer } from './small-server.ts';
import type { Handler } from './small-server.ts';

const path = 'p/x.json';
const content = Buffer.from('{}');
const gate =
  'This REST API is available only in Artifactory Pro (see: jfrog.com/artifactory/features). If you are already running Artifactory Pro please make sure your server is activated with a valid license key.\n';
const checksums =
  "Checksum policy 'LocalRepoChecksumPolicy: CLIENT' rejected the artifact 'ecs-local:p/x.json'. Checksums info: ChecksumsInfo{checksums={SHA-1=ChecksumInfo{type=SHA-1, original='aaaa', actual='bbbb'}, MD5=ChecksumInfo{type=MD5, original='', actual='cccc'}}}";

/** Every message of a server in this table repeats the password, as a hostile or careless one may. */
const leak = ` (${password} ${formsOf(password).join(' ')} ${Buffer.from(`${user}:${password}`).toString('base64')})`;
const table: readonly (readonly [
  string,
  'read' | 'write' | 'stat' | 'list',
  Handler,
  string,
  RegExp,
  RegExp,
])[] = [
  [
    'wrong password',
    'write',
    json(401, 'Bad Credentials'),
    'unauthenticated',
    /does not accept.*user "ann".*Bad Credentials/,
    /once only.*lock/,
  ],
  [
    'expired token',
    'read',
    json(401, 'Token failed verification: expired'),
    'unauthenticated',
    /have expired/,
    /new access token/,
  ],
  [
    'locked out',
    'read',
    json(403, 'This request is blocked due to recurrent login failures, please try again in 5 seconds'),
    'forbidden',
    /locked out/,
    /wait/,
  ],
  [
    'overwrite',
    'write',
    json(
      403,
      "Not enough permissions to delete/overwrite artifact 'ecs-local:p/x.json' (user: 'ann' needs DELETE permission).",
    ),
    'conflict',
    /immutable.*DELETE permission/,
    /raise the version number/,
  ],
  [
    'no right to deploy',
    'write',
    json(403, "User ann is not permitted to deploy 'p/x.json' into 'ecs-local:p/x.json'."),
    'forbidden',
    /may not deploy/,
    /Deploy\/Cache/,
  ],
  ['no right to read', 'read', json(403, 'Forbidden'), 'forbidden', /may not read/, /permission Read/],
  [
    'pattern',
    'write',
    json(
      403,
      "The repository 'ecs-local' rejected the artifact 'p/x.json' due to its include/exclude patterns settings.",
    ),
    'misconfigured',
    /patterns/,
    /\*\.json/,
  ],
  [
    'repository missing',
    'write',
    json(404, 'Could not find a local repository named ecs-local to deploy to.'),
    'not-found',
    /no local repository "ecs-local"; or the file is there already/,
    /raise the version number/,
  ],
  [
    'masked refusal',
    'write',
    json(404, "Could not locate artifact 'ecs-local:p/x.json'."),
    'conflict',
    /may not replace it.*or there is no local repository/,
    /releases are immutable/,
  ],
  [
    'virtual repository',
    'write',
    json(405, 'No default deployment'),
    'misconfigured',
    /does not allow PUT/,
    /default deployment repository/,
  ],
  [
    'proxy wants a login',
    'read',
    json(407, 'proxy'),
    'misconfigured',
    /proxy asks for credentials/,
    /HTTP_PROXY/,
  ],
  ['checksums', 'write', json(409, checksums), 'corrupt', /declared aaaa, actual bbbb/, /again/],
  [
    'policy',
    'write',
    json(
      409,
      "The repository 'ecs-local' rejected the resolution of an artifact due to conflict in the snapshot release handling policy.",
    ),
    'misconfigured',
    /policy/,
    /Generic/,
  ],
  [
    'too large',
    'write',
    json(413, 'Datastore disk usage is too high'),
    'misconfigured',
    /too large, or its storage quota/,
    /quota/,
  ],
  ['line too long', 'write', json(414, ''), 'misconfigured', /too long/, /Shorten/],
  ['Pro gate', 'list', json(400, gate), 'misconfigured', /edition of Artifactory lacks/, /free edition/],
  ['bad request', 'read', json(400, 'what'), 'misconfigured', /does not understand.*what/, /proxy/],
  ['HTML of a proxy', 'read', html(502), 'unreachable', /Bad Gateway nginx & co/, /again/],
  [
    'OAuth form',
    'read',
    text(400, JSON.stringify({ error: 'x', error_description: 'no such scope' })),
    'misconfigured',
    /no such scope/,
    /./,
  ],
  ['plain text', 'read', text(418, 'short\r\nand\tstout'), 'misconfigured', /short and stout/, /log/],
  [
    'errors of an odd shape',
    'read',
    text(400, '{"errors":{"message":[1]}}'),
    'misconfigured',
    /understand/,
    /./,
  ],
  ['a long text', 'read', text(400, 'x'.repeat(5000)), 'misconfigured', /x{400}…$/, /./],
  ['a refused HEAD', 'stat', json(403, 'no'), 'forbidden', /may not read/, /Read/],
  ['insufficient storage', 'write', json(507, 'full'), 'unreachable', /full/, /log/],
];

function json(status: number, message: string): Handler {
  return (_asked, response) => refuse(response, status, message + (message === '' ? '' : leak));
}
function text(status: number, body: string): Handler {
  return (_asked, response) => answer(response, status, body, { 'content-type': 'text/plain' });
}
function html(status: number): Handler {
  const page =
    '<html><head><title>502</title><style>p{}</style></head><body><h1>Bad Gateway</h1><hr>nginx &amp; co</body></html>';
  return (_asked, response) => answer(response, status, page, { 'content-type': 'text/html' });
}

function run(port: ReturnType<typeof openPort>, what: 'read' | 'write' | 'stat' | 'list'): Promise<unknown> {
  if (what === 'read') return port.read(path, 10_000);
  if (what === 'stat') return port.stat(path);
  return what === 'list'
    ? port.list('p')
    : port.write(path, content, { properties: { 'build.number': '42' } });
}

describe('each refusal is told with its cause, the address, the server’s words and what to do; never with a secret', () => {
  test.each(table)('%s', async (_name, what, handler, kind, message, hint) => {
    await using server = await startServer(handler);
    const error = await errorOf(run(openPort(server.url, { retry: { limit: 0 } }), what));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expect(error.message).toContain(`${server.url}/artifactory/`);
    expect(error.message).not.toContain(';build.number');
    expect(error.message).not.toMatch(/[\n\r\t<]/);
    expect(error.status).toBe(Number(/answered (\d+)/.exec(error.message)?.[1]));
    expectNoSecret(error);
  });

  test('a secret at the place where long words are cut is not shown in part', async () => {
    for (let padding = 395 - password.length; padding <= 400; padding += 1) {
      await using server = await startServer(json(403, `${'x'.repeat(padding)}${password} and more`));
      const error = await errorOf(openPort(server.url, { retry: { limit: 0 } }).read(path, 10_000));
      expect(error.message).not.toContain(`x${password.slice(0, 3)}`);
    }
  });

  test('without credentials they are asked for', async () => {
    await using server = await startServer((_asked, response) =>
      refuse(response, 401, 'Authentication is required'),
    );
    const error = await errorOf(openPort(server.url, { user: '', password: '' }).read(path, 10));
    expect(error.message).toContain('asks for credentials, and none are set');
    expect(error.hint).toContain('artifactory-user');
  });
});

describe('a server that cannot be reached', () => {
  test.each([
    ['http://127.0.0.1:1', /Nothing answers at 127\.0\.0\.1:1, in 2 attempts/, /port/],
    ['http://no-such-host.invalid', /no-such-host\.invalid is not known/, /spelt rightly/],
  ])('%s', async (url, message, hint) => {
    const error = await errorOf(openPort(url, { retry: { limit: 1 } }).read(path, 10));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
    expectNoSecret(error);
  });

  test('https spoken to an http port', async () => {
    await using server = await startServer((_asked, response) => answer(response, 200));
    const error = await errorOf(openPort(server.url.replace('http:', 'https:')).read(path, 10));
    expect(error.kind).toBe('misconfigured');
    expect(error.hint).toContain('http or https');
    expectNoSecret(error);
  });

  test('something that speaks no http', async () => {
    await using server = await startServer((_asked, response) => {
      response.socket?.end('SSH-2.0-OpenSSH_9\r\n');
    });
    const error = await errorOf(openPort(server.url).read(path, 10));
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toContain('does not answer in http');
    expectNoSecret(error);
  });
});

function expectNoSecret(error: Error): void {
  const everything =
    inspect(error, { depth: 10, showHidden: true }) + String(error.stack) + JSON.stringify(error);
  for (const secret of [...formsOf(password), Buffer.from(`${user}:${password}`).toString('base64')]) {
    expect(everything).not.toContain(secret);
  }
}
