// The registry stand-in beside the Distribution project's own server: the same conversation, the same answers.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pushImage, startRegistryStandIn } from '@bamboo-ecs/rehearsal';
import { expect, test } from '@jest/globals';
import { requires } from './requires.ts';

const canRun = requires(
  'docker-registry',
  isHere('docker-registry'),
  'apt-get install -y --no-install-recommends docker-registry',
);

function isHere(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function startReal(): Promise<{ url: string } & AsyncDisposable> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'registry-'));
  const port = await freePort();
  const config = path.join(folder, 'config.yml');
  const storage = `storage: {filesystem: {rootdirectory: ${JSON.stringify(folder)}}, delete: {enabled: true}}`;
  const http = `http: {addr: "127.0.0.1:${port}"}`;
  writeFileSync(
    config,
    `version: 0.1\nlog: {level: error, accesslog: {disabled: true}}\n${storage}\n${http}\n`,
  );
  const child = spawn('docker-registry', ['serve', config], { stdio: 'ignore' });
  const stop = async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null) {
      child.kill();
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilAnswering(url, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, [Symbol.asyncDispose]: stop };
}

async function untilAnswering(url: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const up = await fetch(`${url}/v2/`).then(
      (response) => response.ok,
      () => false,
    );
    if (up) return;
    if (child.exitCode !== null) throw new Error(`docker-registry ended with ${child.exitCode}`);
    await sleep(100);
  }
  throw new Error('docker-registry does not answer');
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

/** One conversation; what a client can rely on in each answer. */
async function converse(url: string): Promise<unknown[]> {
  const heard: unknown[] = [];
  const ask = async (
    method: string,
    address: string,
    body?: string,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(new URL(address, url), {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
    });
    const text = await response.text();
    const code = /"code":\s*"(\w+)"/u.exec(text)?.[1];
    heard.push([
      method,
      // An address may be whole or begin with its path, and names an upload in its own way.
      address.replace(url, '').replace(/uploads\/[^/?]+.*/u, 'uploads/…'),
      response.status,
      response.headers.get('docker-content-digest'),
      code ?? (response.status === 200 && method === 'GET' ? text.trim() : ''),
      method === 'HEAD' && response.ok ? response.headers.get('content-length') : '',
      method !== 'PATCH' && response.ok && address.includes('/manifests/')
        ? response.headers.get('content-type')
        : '',
    ]);
    return response;
  };
  const image = 'team/web';
  heard.push(await pushImage(url, image, '1', 'one'), await pushImage(url, image, '1', 'two'));
  const digest = await pushImage(url, image, '2', 'two');
  await ask('GET', '/v2/');
  await ask('GET', '/v2/_catalog');
  const { tags } = (await (await fetch(`${url}/v2/${image}/tags/list`)).json()) as { tags: string[] };
  heard.push(tags.sort());
  await ask('GET', '/v2/team/none/tags/list');
  for (const reference of ['1', digest, 'none', digestOf('none')]) {
    await ask('HEAD', `/v2/${image}/manifests/${reference}`, undefined, {
      Accept: 'application/vnd.oci.image.manifest.v1+json',
    });
    await ask('GET', `/v2/${image}/manifests/${reference}`, undefined, {
      Accept: 'application/vnd.oci.image.manifest.v1+json',
    });
  }
  await ask('GET', '/v2/team/none/manifests/1');
  await ask('HEAD', `/v2/${image}/blobs/${digestOf('one')}`);
  await ask('GET', `/v2/${image}/blobs/${digestOf('one')}`);
  await ask('GET', `/v2/${image}/blobs/${digestOf('none')}`);
  const type = { 'Content-Type': 'application/vnd.oci.image.manifest.v1+json' };
  const unknownLayer = JSON.stringify({
    schemaVersion: 2,
    mediaType: type['Content-Type'],
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('none'), size: 4 },
    layers: [],
  });
  await ask('PUT', `/v2/${image}/manifests/3`, unknownLayer, type);
  await ask('PUT', `/v2/${image}/manifests/3`, '{', type);
  const begin = async () => (await ask('POST', `/v2/${image}/blobs/uploads/`)).headers.get('location') ?? '';
  const withDigest = (place: string, text: string) => {
    const address = new URL(place, url);
    address.searchParams.set('digest', digestOf(text));
    return address.pathname + address.search;
  };
  const pieces = await begin();
  const next =
    (await ask('PATCH', pieces, 'one two', { 'Content-Type': 'application/octet-stream' })).headers.get(
      'location',
    ) ?? '';
  await ask('PUT', withDigest(next, 'one two'));
  await ask('PUT', withDigest(await begin(), 'something else'), 'wrong');
  await ask('POST', `/v2/team/other/blobs/uploads/?mount=${digestOf('one')}&from=${image}`);
  await ask('DELETE', `/v2/${image}/manifests/${digest}`);
  await ask('GET', `/v2/${image}/manifests/2`);
  return heard;
}

if (canRun) {
  test('the stand-in answers as the Distribution server does', async () => {
    await using real = await startReal();
    await using standIn = await startRegistryStandIn();
    expect(await converse(standIn.url)).toEqual(await converse(real.url));
  });
}
