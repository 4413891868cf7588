import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { RepositoryError } from '@bamboo-ecs/repository';
import type { WriteOptions } from '@bamboo-ecs/repository';
import { call, keyOf, nameOf, statusOf } from './context.ts';
import type { Context } from './context.ts';
import { metadataOf } from './metadata.ts';
import { readObject } from './read.ts';
import { statObject } from './stat.ts';

/**
 * PutObject with its SHA-256, which S3 verifies and keeps. `exclusive` is `If-None-Match: *` (Amazon S3 user guide, "How to
 * prevent object overwrites with conditional writes"): of two writers at one time S3 lets one through.
 */
export async function writeObject(
  context: Context,
  path: string,
  bytes: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const key = keyOf(context, path);
  const sha256 = createHash('sha256').update(bytes).digest('base64');
  const command = new PutObjectCommand({
    Bucket: context.address.bucket,
    Key: key,
    Body: bytes,
    ContentLength: bytes.length,
    ContentType: options.contentType ?? 'application/json',
    ChecksumAlgorithm: 'SHA256',
    ChecksumSHA256: sha256,
    Metadata: metadataOf(options.properties),
    ...(options.exclusive ? { IfNoneMatch: '*' } : {}),
  });
  const written = await call(
    context,
    'PutObject',
    key,
    async (abortSignal) => {
      await context.client.send(command, { abortSignal });
      return true;
    },
    (error) => (options.exclusive && isThere(error) ? { value: false } : null),
  );
  if (written || (await sameContent(context, path, bytes))) return;
  throw new RepositoryError(
    'conflict',
    `s3://${context.address.bucket}/${key} is there already, with other content, and it is not replaced.`,
    'Nothing was changed. Look at what is there, or use another name.',
  );
}

/** 412, or 409 when the other write was still under way. */
function isThere(error: unknown): boolean {
  return (
    statusOf(error) === 412 || ['PreconditionFailed', 'ConditionalRequestConflict'].includes(nameOf(error))
  );
}

/** Also what our own first attempt wrote, when its answer was lost and the SDK sent it again. */
async function sameContent(context: Context, path: string, bytes: Uint8Array): Promise<boolean> {
  const found = await statObject(context, path);
  if (found === null) return false;
  if (found.sha256 !== null) return found.sha256 === createHash('sha256').update(bytes).digest('hex');
  if (found.size !== null && found.size !== bytes.length) return false;
  const there = await readObject(context, path, Math.max(bytes.length, 1));
  return there !== null && Buffer.from(bytes).equals(there);
}
