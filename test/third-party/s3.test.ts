// The S3 adapter against two servers that somebody else wrote: the suite of the port, then what only S3 has.
import { parseRepositoryAddress, repositoryConformance, RepositoryError } from '@bamboo-ecs/repository';
import { createS3Repository } from '@bamboo-ecs/s3';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { authorization, iamCall } from './aws-calls.ts';
import { type Emulator, type EmulatorKind, ministack, moto } from './emulators.ts';
import { requires } from './requires.ts';

const region = 'eu-west-1';
type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string };
const anybody: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
// Plain requests are enough beside the adapter: both read who asks, and check no signature unless told to.
const signed = { authorization: authorization('s3', region) };

interface OpenOptions {
  readonly prefix?: string;
  readonly credentials?: Credentials;
}

function openBucket(endpoint: string, bucket: string, options: OpenOptions = {}) {
  const { prefix = 'team/releases', credentials = anybody } = options;
  const address = parseRepositoryAddress(`s3://${bucket}/${prefix}`, 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError(bucket);
  return createS3Repository({ address: address.value, region, endpoint, credentials });
}

let buckets = 0;

async function makeBucket(endpoint: string, home = region): Promise<string> {
  buckets += 1;
  const bucket = `releases-${buckets}`;
  const body = `<CreateBucketConfiguration><LocationConstraint>${home}</LocationConstraint></CreateBucketConfiguration>`;
  const reply = await fetch(`${endpoint}/${bucket}`, {
    method: 'PUT',
    body,
    headers: { authorization: authorization('s3', home) },
  });
  if (!reply.ok) throw new Error(`no bucket was made: ${reply.status} ${await reply.text()}`);
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

describe.each([moto, ministack])('S3 of $name', (kind) => {
  if (requires(kind.name, kind.isHere, 'make third-party')) describeStore(kind);
});

function describeStore(kind: EmulatorKind): void {
  let server: Emulator;
  beforeAll(async () => {
    server = await kind.start();
  }, 60_000);
  afterAll(async () => server[Symbol.asyncDispose]());
  const open = async () => openBucket(server.url, await makeBucket(server.url));

  const makePort = async () => ({ port: await open(), close: async () => undefined });
  repositoryConformance(`S3 (${kind.name})`, makePort, { describe, test, expect });

  test('of many exclusive writers at one time exactly one wins', async () => {
    const port = await open();
    const contents = Array.from({ length: 8 }, (_none, index) => String(index).repeat(1000));
    const results = await Promise.allSettled(
      contents.map((content) => port.write('p/x', Buffer.from(content), { properties: {}, exclusive: true })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const winner = contents[results.findIndex(({ status }) => status === 'fulfilled')];
    expect(Buffer.from((await port.read('p/x', 10_000)) ?? []).toString()).toBe(winner);
  });

  test('checksums are kept by the store, and properties as metadata', async () => {
    const bucket = await makeBucket(server.url);
    const port = openBucket(server.url, bucket);
    await port.write('p/x.json', Buffer.from('{}'), {
      properties: { 'build.name': 'HID-GEN', 'vcs.branch': 'für/1' },
    });
    expect(await port.stat('p/x.json')).toEqual({
      sha256: '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
      size: 2,
    });
    const { headers } = await fetch(`${server.url}/${bucket}/team/releases/p/x.json`, {
      method: 'HEAD',
      headers: signed,
    });
    expect(headers.get('x-amz-meta-build.name')).toBe('HID-GEN');
    expect(headers.get('x-amz-meta-vcs.branch')).toBe('f%C3%BCr%2F1');
    expect(headers.get('content-type')).toBe('application/json');
  });

  test('more than a thousand versions are listed, page by page', async () => {
    const port = await open();
    const names = Array.from({ length: 1100 }, (_none, patch) => `1.0.${patch}.MILESTONE`);
    for (let start = 0; start < names.length; start += 50) {
      const some = names.slice(start, start + 50);
      await Promise.all(some.map((name) => port.write(`p/${name}/x`, Buffer.from('x'), { properties: {} })));
    }
    expect(await port.list('p')).toEqual(names.toSorted());
  }, 60_000);

  test('without a prefix the bucket itself is the root', async () => {
    const port = openBucket(server.url, await makeBucket(server.url), { prefix: '' });
    await port.write('p/x', Buffer.from('x'), { properties: {} });
    expect(await port.list('')).toEqual(['p']);
  });

  test('a bucket that is not there', async () => {
    const port = openBucket(server.url, 'no-such-bucket-here');
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

// moto keeps every bucket in every region.
if (requires(ministack.name, ministack.isHere, 'make third-party')) {
  test('a bucket in another region than the one that is set: found by the redirect of the store', async () => {
    await using server = await ministack.start();
    const bucket = await makeBucket(server.url, 'eu-central-1');
    const plain = await fetch(`${server.url}/${bucket}/x`, { headers: signed, redirect: 'manual' });
    expect([plain.status, plain.headers.get('x-amz-bucket-region')]).toEqual([301, 'eu-central-1']);
    const port = openBucket(server.url, bucket);
    const there = { properties: {}, exclusive: true };
    await port.write('p/1.0.0.RELEASE/x', Buffer.from('x'), there);
    await port.write('p/1.0.0.RELEASE/x', Buffer.from('x'), there);
    expect(await errorOf(port.write('p/1.0.0.RELEASE/x', Buffer.from('y'), there))).toMatchObject({
      kind: 'conflict',
    });
    expect(await port.stat('p/1.0.0.RELEASE/x')).toMatchObject({ size: 1 });
    expect(Buffer.from((await port.read('p/1.0.0.RELEASE/x', 10)) ?? []).toString()).toBe('x');
    expect(await port.list('p')).toEqual(['1.0.0.RELEASE']);
  }, 60_000);
}

// ministack checks keys only when it is told to for everything; moto can be told while it runs.
if (requires(moto.name, moto.isHere, 'make third-party')) {
  describe('moto with its checks of access', () => {
    let server: Emulator;
    let bucket: string;
    let user: Credentials;

    beforeAll(async () => {
      server = await moto.start();
      bucket = await makeBucket(server.url);
      await iamCall(server.url, { Action: 'CreateUser', UserName: 'bamboo' });
      const made = await iamCall(server.url, { Action: 'CreateAccessKey', UserName: 'bamboo' });
      const part = (name: string) => new RegExp(`<${name}>(.+?)<`, 'u').exec(made)?.[1] ?? '';
      user = { accessKeyId: part('AccessKeyId'), secretAccessKey: part('SecretAccessKey') };
      const statement = { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: '*' };
      await iamCall(server.url, {
        Action: 'PutUserPolicy',
        UserName: 'bamboo',
        PolicyName: 'read',
        PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
      });
      await fetch(`${server.url}/moto-api/reset-auth`, { method: 'POST', body: '0' });
    }, 60_000);
    afterAll(async () => server[Symbol.asyncDispose]());

    test('a user who may read only: the right that is missing is named', async () => {
      const port = openBucket(server.url, bucket, { credentials: user });
      expect(await port.read('p/x', 10)).toBeNull();
      expect(await port.list('p')).toEqual([]);
      const error = await errorOf(port.write('p/x', Buffer.from('x'), { properties: {} }));
      expect(error).toMatchObject({ kind: 'forbidden', status: 403 });
      expect(error.message).toContain(`Access to the bucket ${bucket} is denied.`);
      expect(error.hint).toContain(`s3:PutObject on arn:aws:s3:::${bucket}`);
    });

    test.each([
      ['a key that nobody has', { accessKeyId: 'AKIAUNKNOWN' }, 'InvalidAccessKeyId'],
      ['a wrong secret', { secretAccessKey: 'n0-secret-of-mine' }, 'SignatureDoesNotMatch'],
    ])('%s', async (_name, wrong, code) => {
      const port = openBucket(server.url, bucket, { credentials: { ...user, ...wrong } });
      const error = await errorOf(port.read('p/x', 10));
      expect(error).toMatchObject({ kind: 'unauthenticated', status: 403 });
      expect(error.message).toContain(code);
      expect(error.message + error.hint).not.toContain('n0-secret-of-mine');
    });
  });
}
