import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { GetObjectCommand } from './clients/s3.ts';
import { RepositoryError } from '@bamboo-ecs/repository';
import { call, keyOf, nameOf } from './context.ts';
import type { Context } from './context.ts';
import { hexOf } from './checksum.ts';

/** The SDK asks again for the beginning of an answer only; what breaks within it is asked for again here. */
const attempts = 3;

/** The bytes of an object, compared with its SHA-256 where the store tells it. */
export async function readObject(
  context: Context,
  path: string,
  maxBytes: number,
): Promise<Uint8Array | null> {
  const key = keyOf(context, path);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await call<Uint8Array | null>(
        context,
        'GetObject',
        key,
        (signal) => get(context, key, maxBytes, signal),
        (error) => (nameOf(error) === 'NoSuchKey' || nameOf(error) === 'NotFound' ? { value: null } : null),
      );
    } catch (error) {
      const again = error instanceof RepositoryError && error.kind === 'corrupt' && attempt < attempts;
      if (!again) throw error;
    }
  }
}

async function get(
  context: Context,
  key: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const where = `s3://${context.address.bucket}/${key}`;
  const input = { Bucket: context.address.bucket, Key: key, ChecksumMode: 'ENABLED' } as const;
  const reply = await context.client.send(new GetObjectCommand(input), { abortSignal: signal });
  // In Node the SDK gives a Readable; its type names those of browsers, too.
  const body = reply.Body as Readable | undefined;
  if (body === undefined) return new Uint8Array();
  if ((reply.ContentLength ?? 0) > maxBytes) {
    body.destroy();
    throw tooLarge(where, `${reply.ContentLength} bytes`, maxBytes);
  }
  const bytes = await collect(body, where, maxBytes, signal);
  const expected = hexOf(reply.ChecksumSHA256);
  const actual = createHash('sha256').update(bytes).digest('hex');
  if (expected !== null && expected !== actual) {
    throw corrupt(where, `sha256 told by S3 ${expected}, of the bytes that came ${actual}`);
  }
  if (reply.ContentLength !== undefined && reply.ContentLength !== bytes.length) {
    throw corrupt(where, `${bytes.length} of ${reply.ContentLength} bytes came`);
  }
  return bytes;
}

async function collect(
  body: Readable,
  where: string,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const stop = () => body.destroy(new Error('the time is up'));
  signal.addEventListener('abort', stop, { once: true });
  const chunks: Uint8Array[] = [];
  let received = 0;
  try {
    for await (const chunk of body) {
      const bytes: Uint8Array = chunk;
      received += bytes.length;
      if (received > maxBytes) throw tooLarge(where, 'more', maxBytes);
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof RepositoryError || signal.aborted) throw error;
    throw corrupt(
      where,
      `it broke off after ${received} bytes: ${Error.isError(error) ? error.message : String(error)}`,
    );
  } finally {
    signal.removeEventListener('abort', stop);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

function tooLarge(where: string, size: string, maxBytes: number): RepositoryError {
  return new RepositoryError(
    'foreign',
    `${where} is too large to be one of ours: ${size}, at most ${maxBytes} are read.`,
    'Look what lies there; bamboo-ecs has not published it.',
  );
}

function corrupt(where: string, how: string): RepositoryError {
  return new RepositoryError(
    'corrupt',
    `${where} arrived changed: ${how}.`,
    'Run this again. If it stays so, look at the network and the proxy between this machine and S3.',
  );
}
