// The S3 adapter against moto's server: the suite of the port, then what only S3 has.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { parseRepositoryAddress, repositoryConformance, RepositoryError } from '@bamboo-ecs/repository';
import { createS3Repository } from '@bamboo-ecs/s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { requires } from './requires.ts';

const program = path.join(import.meta.dirname, '../../.venv/bin/moto_server');
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const region = 'eu-west-1';
// Plain requests are enough beside the adapter: moto reads who asks, and checks no signature.
const signed = {
  authorization: `AWS4-HMAC-SHA256 Credential=test/20261124/${region}/s3/aws4_request, SignedHeaders=host, Signature=0`,
};

let moto: ChildProcess | undefined;
let endpoint = '';
let buckets = 0;

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}

async function startMoto(): Promise<void> {
  const port = await freePort();
  endpoint = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  moto = child;
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with ${child.exitCode}`);
    const ready = await fetch(`${endpoint}/moto-api/data.json`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 100);
    });
  }
  throw new Error('moto_server does not answer');
}

function openBucket(bucket: string, prefix = 'team/releases') {
  const address = parseRepositoryAddress(`s3://${bucket}/${prefix}`, 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError(bucket);
  return createS3Repository({ address: address.value, region, endpoint, credentials });
}

async function makeBucket(): Promise<string> {
  buckets += 1;
  const bucket = `releases-${buckets}`;
  const body = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  const reply = await fetch(`${endpoint}/${bucket}`, { method: 'PUT', body, headers: signed });
  if (!reply.ok) throw new Error(`moto made no bucket: ${reply.status} ${await reply.text()}`);
  return bucket;
}

async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

if (requires('moto[server]', existsSync(program), 'make third-party')) {
  beforeAll(startMoto, 60_000);
  afterAll(() => {
    moto?.kill();
  });

  const makePort = async () => ({ port: openBucket(await makeBucket()), close: async () => undefined });
  repositoryConformance('S3 (moto)', makePort, { describe, test, expect });

  test('of many exclusive writers at one time exactly one wins', async () => {
    const port = openBucket(await makeBucket());
    const contents = Array.from({ length: 8 }, (_none, index) => String(index).repeat(1000));
    const results = await Promise.allSettled(
      contents.map((content) => port.write('p/x', Buffer.from(content), { properties: {}, exclusive: true })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = contents[results.findIndex(({ status }) => status === 'fulfilled')];
    expect(Buffer.from((await port.read('p/x', 10_000)) ?? []).toString()).toBe(winner);
  });

  test('checksums are kept by the store, and properties as metadata', async () => {
    const bucket = await makeBucket();
    const port = openBucket(bucket);
    await port.write('p/x.json', Buffer.from('{}'), {
      properties: { 'build.name': 'HID-GEN', 'vcs.branch': 'für/1' },
    });
    expect(await port.stat('p/x.json')).toEqual({
      sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      size: 2,
    });
    const { headers } = await fetch(`${endpoint}/${bucket}/team/releases/p/x.json`, {
      method: 'HEAD',
      headers: signed,
    });
    expect(headers.get('x-amz-meta-build.name')).toBe('HID-GEN');
    expect(headers.get('x-amz-meta-vcs.branch')).toBe('f%C3%BCr%2F1');
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('more than a thousand versions are listed, page by page', async () => {
    const port = openBucket(await makeBucket());
    const names = Array.from({ length: 1100 }, (_none, patch) => `1.0.${patch}.MILESTONE`);
    for (let start = 0; start < names.length; start += 50) {
      const some = names.slice(start, start + 50);
      await Promise.all(some.map((name) => port.write(`p/${name}/x`, Buffer.from('x'), { properties: {} })));
    }
    expect(await port.list('p')).toEqual(names.toSorted());
  }, 60_000);

  test('without a prefix the bucket itself is the root', async () => {
    const port = openBucket(await makeBucket(), '');
    await port.write('p/x', Buffer.from('x'), { properties: {} });
    expect(await port.list('')).toEqual(['p']);
  });

  test('a bucket that is not there', async () => {
    const port = openBucket('no-such-bucket-here');
    const actions = [
      () => port.read('p/x', 10),
      () => port.list('p'),
      () => port.write('p/x', Buffer.from('x'), { properties: {} }),
    ];
    for (const action of actions) {
      const error = await errorOf(action());
      expect(error.kind).toBe('not-found');
      expect(error.message).toContain('There is no bucket no-such-bucket-here');
    }
  });
}
