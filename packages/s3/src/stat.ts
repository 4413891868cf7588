import { HeadObjectCommand } from './clients/s3.ts';
import type { StoredFile } from '@bamboo-ecs/repository';
import { call, keyOf, statusOf } from './context.ts';
import type { Context } from './context.ts';
import { hexOf } from './checksum.ts';

export async function statObject(context: Context, path: string): Promise<StoredFile | null> {
  const key = keyOf(context, path);
  return call<StoredFile | null>(
    context,
    'HeadObject',
    key,
    async (abortSignal) => {
      const input = { Bucket: context.address.bucket, Key: key, ChecksumMode: 'ENABLED' } as const;
      const reply = await context.client.send(new HeadObjectCommand(input), { abortSignal });
      return { sha256: hexOf(reply.ChecksumSHA256), size: reply.ContentLength ?? null };
    },
    // An answer to HEAD has no body, so the missing key and the missing bucket look alike.
    (error) => (statusOf(error) === 404 ? { value: null } : null),
  );
}
