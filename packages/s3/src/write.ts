import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { PutObjectCommand } from './clients/s3.ts';
import { RepositoryError } from '@bamboo-ecs/repository';
import type { WriteOptions } from '@bamboo-ecs/repository';
import { call, keyOf, nameOf, statusOf } from './context.ts';
import type { Context } from './context.ts';
import { metadataOf } from './metadata.ts';
import { readObject } from './read.ts';
import { statObject } from './stat.ts';

/** Of a write that meets another one under way ("you may retry the request", PutObject, ConditionalRequestConflict). */
const attempts = 4;
const pauseMs = 100;

type Outcome = 'written' | 'is-there' | 'under-way' | 'no-conditions';

/**
 * PutObject with its SHA-256, which S3 verifies and keeps. `exclusive` is `If-None-Match: *` (Amazon S3 user guide, "How to
 * prevent object overwrites with conditional writes"): of two writers at one time S3 lets one through. A store that refuses
 * the condition itself is looked at before it is written to: nothing that is there is replaced, but two writers at one time
 * may both write.
 */
export async function writeObject(
  context: Context,
  path: string,
  bytes: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await put(context, path, bytes, options);
    if (outcome === 'written') return;
    const there = await contentThere(context, path, bytes);
    if (there === 'ours') return;
    if (there === 'other') throw isThere(context, path);
    if (outcome === 'no-conditions') {
      context.onUnconditional();
      await put(context, path, bytes, { ...options, exclusive: false });
      return;
    }
    if (attempt === attempts) throw isBusy(context, path);
    await sleep(attempt * pauseMs);
  }
}

async function put(
  context: Context,
  path: string,
  bytes: Uint8Array,
  { exclusive = false, contentType = 'application/json', properties }: WriteOptions,
): Promise<Outcome> {
  const key = keyOf(context, path);
  const command = new PutObjectCommand({
    Bucket: context.address.bucket,
    Key: key,
    Body: bytes,
    ContentLength: bytes.length,
    ContentType: contentType,
    ChecksumAlgorithm: 'SHA256',
    ChecksumSHA256: createHash('sha256').update(bytes).digest('base64'),
    Metadata: metadataOf(properties),
    ...(exclusive ? { IfNoneMatch: '*' } : {}),
  });
  return call<Outcome>(
    context,
    'PutObject',
    key,
    async (abortSignal) => {
      await context.client.send(command, { abortSignal });
      return 'written';
    },
    (error) => {
      const outcome = exclusive ? outcomeOf(error) : null;
      return outcome === null ? null : { value: outcome };
    },
  );
}

/** What the refusal of a conditional write means; null for every other error. */
function outcomeOf(error: unknown): Outcome | null {
  const status = statusOf(error);
  const name = nameOf(error);
  if (status === 412 || name === 'PreconditionFailed') return 'is-there';
  if (name === 'ConditionalRequestConflict') return 'under-way';
  const words = Error.isError(error) ? error.message : '';
  const unknown = status === 501 || name === 'NotImplemented' || /if-none-match/i.test(words);
  return unknown ? 'no-conditions' : null;
}

/** `ours` also when our own first attempt wrote it, whose answer was lost, and the SDK sent it again. */
async function contentThere(
  context: Context,
  path: string,
  bytes: Uint8Array,
): Promise<'ours' | 'other' | 'nothing'> {
  const found = await statObject(context, path);
  if (found === null) return 'nothing';
  if (found.sha256 !== null)
    return found.sha256 === createHash('sha256').update(bytes).digest('hex') ? 'ours' : 'other';
  if (found.size !== null && found.size !== bytes.length) return 'other';
  const there = await readObject(context, path, Math.max(bytes.length, 1));
  return there !== null && Buffer.from(bytes).equals(there) ? 'ours' : 'other';
}

function isThere(context: Context, path: string): RepositoryError {
  return new RepositoryError(
    'conflict',
    `s3://${context.address.bucket}/${keyOf(context, path)} is there already, with other content, and it is not replaced.`,
    'Nothing was changed. Look at what is there, or use another name.',
  );
}

function isBusy(context: Context, path: string): RepositoryError {
  return new RepositoryError(
    'unreachable',
    `s3://${context.address.bucket}/${keyOf(context, path)} could not be written in ${attempts} attempts: S3 says each time that somebody else is writing it, and nothing is there.`,
    'Run this again when the other build is done.',
  );
}
