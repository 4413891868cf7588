// The registry adapter against the Distribution project's own server, as Debian ships it.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createRegistry } from '@bamboo-ecs/registry';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requires } from './requires.ts';

const hasRegistry = requires(
  'docker-registry',
  onPath('docker-registry'),
  'apt-get install -y --no-install-recommends docker-registry',
);
const hasHtpasswd = requires(
  'htpasswd',
  onPath('htpasswd'),
  'apt-get install -y --no-install-recommends apache2-utils',
);

function onPath(program: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .some((folder) => isProgram(path.join(folder, program)));
}

function isProgram(file: string): boolean {
  try {
    execFileSync('test', ['-x', file]);
    return true;
  } catch {
    return false;
  }
}

interface Running {
  readonly host: string;
  stop(): Promise<void>;
}

/** `authorization`: for its health check. */
async function startRegistry(auth: string, authorization?: string): Promise<Running> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'registry-'));
  mkdirSync(path.join(folder, 'data'));
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  const config = path.join(folder, 'config.yml');
  const lines = [
    'version: 0.1',
    'log: {level: error, accesslog: {disabled: true}}',
    `storage: {filesystem: {rootdirectory: ${JSON.stringify(path.join(folder, 'data'))}}}`,
    `http: {addr: "${host}"}`,
  ];
  writeFileSync(config, [...lines, auth, ''].join('\n'));
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  try {
    await answers(`http://${host}/v2/`, child, authorization);
  } catch (error) {
    child.kill();
    throw error;
  }
  return {
    host,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(url: string, child: ChildProcess, authorization: string | undefined): Promise<void> {
  const headers = authorization === undefined ? {} : { authorization };
  for (let attempt = 0; attempt < 100 && child.exitCode === null; attempt++) {
    try {
      if ((await fetch(url, { headers })).ok) return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`docker-registry does not answer at ${url}`);
}

const sha256 = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** A whole image of no layers. Returns the digest of its manifest. */
async function push(
  host: string,
  name: string,
  tag: string,
  label: string,
  authorization?: string,
): Promise<string> {
  const headers = authorization === undefined ? {} : { authorization };
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { release: label } },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const begun = await fetch(`http://${host}/v2/${name}/blobs/uploads/`, { method: 'POST', headers });
  const upload = new URL(begun.headers.get('location') ?? '', `http://${host}`);
  upload.searchParams.set('digest', sha256(config));
  const stored = await fetch(upload, {
    method: 'PUT',
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: config,
  });
  expect(stored.status).toBe(201);
  const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      size: config.length,
      digest: sha256(config),
    },
    layers: [],
  });
  const put = await fetch(`http://${host}/v2/${name}/manifests/${tag}`, {
    method: 'PUT',
    headers: { ...headers, 'content-type': mediaType },
    body: manifest,
  });
  expect(put.status).toBe(201);
  return sha256(manifest);
}

const options = { timeoutMs: 5000, proxyEnv: {} };

if (hasRegistry) {
  describe('an open registry', () => {
    let registry: Running;
    beforeAll(async () => {
      registry = await startRegistry('');
    });
    afterAll(() => registry.stop());

    test('gives the digest of a tag that was pushed', async () => {
      const digest = await push(registry.host, 'team/hid-generator', '1.0.15.RELEASE', 'one');
      expect(
        await createRegistry(options).lookUp(`${registry.host}/team/hid-generator:1.0.15.RELEASE`),
      ).toEqual({ kind: 'found', digest });
    });

    test('gives the new digest when a MILESTONE was built again under its tag', async () => {
      const reference = `${registry.host}/hid-generator:1.0.16.MILESTONE`;
      const first = await push(registry.host, 'hid-generator', '1.0.16.MILESTONE', 'one');
      const before = await createRegistry(options).lookUp(reference);
      const second = await push(registry.host, 'hid-generator', '1.0.16.MILESTONE', 'two');
      const after = await createRegistry(options).lookUp(reference);
      expect(second).not.toBe(first);
      expect([before, after]).toEqual([
        { kind: 'found', digest: first },
        { kind: 'found', digest: second },
      ]);
    });

    test('says that a tag is missing', async () => {
      await push(registry.host, 'hid-generator', '1.0.14.RELEASE', 'one');
      const answer = await createRegistry(options).lookUp(`${registry.host}/hid-generator:9.9.9.RELEASE`);
      expect(answer).toMatchObject({ kind: 'missing', message: expect.stringContaining('9.9.9.RELEASE') });
    });

    test('says that a repository is missing', async () => {
      expect(await createRegistry(options).lookUp(`${registry.host}/never/pushed:1`)).toMatchObject({
        kind: 'missing',
      });
    });
  });
}

if (hasRegistry && hasHtpasswd) {
  describe('a registry that asks for a password', () => {
    const user = 'bamboo';
    const password = 'correct horse';
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    let folder: string;
    let registry: Running;
    let digest: string;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'htpasswd-'));
      const file = path.join(folder, 'htpasswd');
      writeFileSync(file, execFileSync('htpasswd', ['-nbB', user, password]));
      registry = await startRegistry(
        `auth: {htpasswd: {realm: Registry, path: ${JSON.stringify(file)}}}`,
        authorization,
      );
      digest = await push(registry.host, 'hid-generator', '1.0.15.RELEASE', 'one', authorization);
    });
    afterAll(async () => {
      await registry.stop();
      rmSync(folder, { recursive: true });
    });
    const reference = (): string => `${registry.host}/hid-generator:1.0.15.RELEASE`;

    test('answers with the right one', async () => {
      const given = createRegistry({ ...options, credentials: { host: registry.host, user, password } });
      const auth = Buffer.from(`${user}:${password}`).toString('base64');
      const loggedIn = createRegistry({ ...options, dockerConfig: { auths: { [registry.host]: { auth } } } });
      expect(await given.lookUp(reference())).toEqual({ kind: 'found', digest });
      expect(await loggedIn.lookUp(reference())).toEqual({ kind: 'found', digest });
    });

    test('says missing with the right one, not refused', async () => {
      const given = createRegistry({ ...options, credentials: { host: registry.host, user, password } });
      expect(await given.lookUp(`${registry.host}/hid-generator:2.0.0.RELEASE`)).toMatchObject({
        kind: 'missing',
      });
    });

    test('refuses a wrong one, and none', async () => {
      const wrong = createRegistry({
        ...options,
        credentials: { host: registry.host, user, password: 'wrong' },
      });
      expect(await wrong.lookUp(reference())).toMatchObject({
        kind: 'unknown',
        message: expect.stringContaining('the user "bamboo"'),
      });
      expect(await createRegistry(options).lookUp(reference())).toMatchObject({
        kind: 'unknown',
        message: expect.stringContaining('without credentials'),
      });
    });
  });
}
