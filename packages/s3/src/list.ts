import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { call, folderOf } from './context.ts';
import type { Context } from './context.ts';

/** The names right under a folder, page by page. */
export async function listObjects(context: Context, folder: string): Promise<readonly string[]> {
  const prefix = folderOf(context, folder);
  const names = new Set<string>();
  let token: string | undefined;
  do {
    const page = await listPage(context, prefix, token);
    const keys = [
      ...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix.replace(/\/$/, '')),
      ...(page.Contents ?? []).map(({ Key = '' }) => Key),
    ];
    for (const key of keys) names.add(key.slice(prefix.length));
    // A store that repeats its token would keep us here for ever.
    const next = page.IsTruncated ? page.NextContinuationToken : undefined;
    token = next === token ? undefined : next;
  } while (token !== undefined);
  // The console makes empty objects named as the folder itself.
  names.delete('');
  return Array.from(names)
    .filter((name) => !name.includes('/'))
    .toSorted();
}

function listPage(context: Context, prefix: string, token: string | undefined) {
  const command = new ListObjectsV2Command({
    Bucket: context.address.bucket,
    Delimiter: '/',
    ...(prefix === '' ? {} : { Prefix: prefix }),
    ...(token === undefined ? {} : { ContinuationToken: token }),
  });
  return call(context, 'ListObjectsV2', prefix, (abortSignal) =>
    context.client.send(command, { abortSignal }),
  );
}
