// Stores that speak S3 in ways of their own, and answers of Amazon S3 that come seldom.
import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { parseRepositoryAddress, RepositoryError } from '@bamboo-ecs/repository';
import { answer, startServer, type Handler } from '../../artifactory/test/small-server.ts';
import { createS3Repository, type S3Options } from '../src/index.ts';

const path = 'p/1.0.0.RELEASE/x.json';
const ours = Buffer.from('{"a":1}');
const exclusive = { properties: {}, exclusive: true };

function open(endpoint: string, options: Partial<S3Options> = {}) {
  const address = parseRepositoryAddress('s3://bucket/team', 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError('address');
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's3cr3t' };
  return createS3Repository({
    address: address.value,
    endpoint,
    region: 'eu-west-1',
    credentials,
    attempts: 1,
    ...options,
  });
}

async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  const error: unknown = await action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof RepositoryError) return error;
  throw new Error(`no error of the port: ${String(error)}`);
}

const refuse = (status: number, code: string, words = `what ${code} means`): Handler => {
  const text = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${words}</Message></Error>`;
  return (_asked, response) => answer(response, status, text, { 'content-type': 'application/xml' });
};

/** One object, written by PUT; `refusal` answers a PUT with If-None-Match, as often as it returns a handler. */
function store(refusal: (count: number) => Handler | null): {
  readonly handler: Handler;
  stored: Buffer | null;
} {
  let conditional = 0;
  const state = {
    stored: null as Buffer | null,
    handler: ((asked, response, count) => {
      if (asked.method === 'PUT') {
        const refused = asked.headers['if-none-match'] === undefined ? null : refusal((conditional += 1));
        if (refused) return refused(asked, response, count);
        state.stored = asked.body;
        return answer(response, 200);
      }
      if (state.stored === null) return refuse(404, 'NoSuchKey')(asked, response, count);
      const checksum = createHash('sha256').update(state.stored).digest('base64');
      return answer(response, 200, state.stored.toString(), { 'x-amz-checksum-sha256': checksum });
    }) as Handler,
  };
  return state;
}

describe('a store that refuses If-None-Match', () => {
  test.each([
    [
      '501',
      refuse(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented'),
    ],
    ['400', refuse(400, 'InvalidArgument', 'If-None-Match is not supported')],
  ])(
    '%s: looked at, then written without; what is there is not replaced; told once',
    async (_status, refusal) => {
      const one = store(() => refusal);
      await using server = await startServer(one.handler);
      let told = 0;
      const port = open(server.url, { onUnconditional: () => (told += 1) });
      await port.write(path, ours, exclusive);
      expect(one.stored).toEqual(ours);
      await port.write(path, ours, exclusive);
      expect((await errorOf(port.write(path, Buffer.from('{"a":2}'), exclusive))).kind).toBe('conflict');
      expect(one.stored).toEqual(ours);
      await port.write('p/other', ours, { properties: {} });
      one.stored = null;
      await port.write(path, ours, exclusive);
      expect(told).toBe(1);
    },
  );

  test('501 to a plain write is an error', async () => {
    await using server = await startServer(refuse(501, 'NotImplemented'));
    const error = await errorOf(open(server.url).write(path, ours, { properties: {} }));
    expect(error).toMatchObject({ kind: 'misconfigured', status: 501 });
  });
});

describe('409 ConditionalRequestConflict: somebody else is writing', () => {
  const busy = refuse(409, 'ConditionalRequestConflict');

  test('and nothing comes of it: ours is written at the next attempt', async () => {
    const one = store((count) => (count < 3 ? busy : null));
    await using server = await startServer(one.handler);
    await open(server.url).write(path, ours, exclusive);
    expect(one.stored).toEqual(ours);
  });

  test('for ever: told as that, not as a conflict of contents', async () => {
    await using server = await startServer(store(() => busy).handler);
    const error = await errorOf(open(server.url).write(path, ours, exclusive));
    expect(error.kind).toBe('unreachable');
    expect(error.message).toContain('somebody else is writing it, and nothing is there');
  });
});

describe('lists', () => {
  const page = (rest: string): Handler => {
    const key = '<Contents><Key>team/p/one</Key></Contents>';
    const text = `<?xml version="1.0"?><ListBucketResult>${key}${rest}</ListBucketResult>`;
    return (_asked, response) => answer(response, 200, text, { 'content-type': 'application/xml' });
  };

  test.each([
    ['that do not say how to go on', '<IsTruncated>true</IsTruncated><NextMarker>team/p/one</NextMarker>'],
    [
      'whose token comes again',
      '<IsTruncated>true</IsTruncated><NextContinuationToken>t</NextContinuationToken>',
    ],
  ])('%s are an error: half a list would make an old release the latest', async (_name, rest) => {
    await using server = await startServer(page(rest));
    const error = await errorOf(open(server.url).list('p'));
    expect(error.kind).toBe('foreign');
    expect(error.message).toContain('The list of s3://bucket/team/p/ ends half-way');
    expect(server.requests.length).toBeLessThan(3);
  });

  test('that are whole are taken', async () => {
    await using server = await startServer(page('<IsTruncated>false</IsTruncated>'));
    expect(await open(server.url).list('p')).toEqual(['one']);
  });
});

describe('objects that cannot be read now', () => {
  test.each([
    [403, 'InvalidObjectState', 'corrupt', /archived/, /restore/],
    [400, 'KMS.DisabledException', 'misconfigured', /KMS key/, /policy/],
    [400, 'KMS.KMSInvalidStateException', 'misconfigured', /KMS key/, /state/],
    [403, 'AccessDenied', 'forbidden', /denied/, /right to the KMS key/],
  ])('%s %s', async (status, code, kind, message, hint) => {
    await using server = await startServer(refuse(status, code));
    const error = await errorOf(open(server.url).read(path, 100));
    expect(error.kind).toBe(kind);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(hint);
  });
});

test.each([
  [
    'with the header: the other region is asked',
    { 'x-amz-bucket-region': 'eu-central-1' },
    'the region eu-central-1',
  ],
  ['without it: said so', {}, 'another region'],
])('301 %s', async (_name, headers, said) => {
  await using server = await startServer((asked, response) => {
    const text =
      asked.method === 'HEAD' ? '' : '<Error><Code>PermanentRedirect</Code><Message>m</Message></Error>';
    answer(response, 301, text, { 'content-type': 'application/xml', ...headers });
  });
  for (const action of [() => open(server.url).read(path, 10), () => open(server.url).stat(path)]) {
    const error = await errorOf(action());
    expect(error.kind).toBe('misconfigured');
    expect(error.message).toContain(said);
  }
  const regions = server.requests.map(
    ({ headers: sent }) => /\/([a-z0-9-]+)\/s3\/aws4_request/u.exec(String(sent.authorization))?.[1],
  );
  expect(regions.includes('eu-central-1')).toBe('x-amz-bucket-region' in headers);
});

test('keys of odd characters are signed and sent as they are', async () => {
  const one = store(() => null);
  await using server = await startServer(one.handler);
  const address = parseRepositoryAddress("s3://bucket/team a/ü+(1)'!~@$,=", 'RELEASE');
  if (!address.ok || address.value.kind !== 's3') throw new TypeError(JSON.stringify(address));
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 's3cr3t' };
  const port = createS3Repository({
    address: address.value,
    endpoint: server.url,
    region: 'eu-west-1',
    credentials,
  });
  await port.write('p/x', ours, exclusive);
  expect(decodeURIComponent(server.requests[0]?.url.split('?')[0] ?? '')).toBe(
    "/bucket/team a/ü+(1)'!~@$,=/p/x",
  );
  expect(server.requests[0]?.url).toContain('%2B');
});
