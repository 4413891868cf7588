import { ListObjectsV2Command } from './clients/s3.ts';
import { RepositoryError } from '@bamboo-ecs/repository';
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
    const next = page.IsTruncated ? page.NextContinuationToken : undefined;
    // Half a list would make an old release the latest; a token that comes again would keep us here for ever.
    if (page.IsTruncated && (next === undefined || next === token))
      throw new RepositoryError(
        'foreign',
        `The list of s3://${context.address.bucket}/${prefix} ends half-way: the store says that there is more, and not how to go on.`,
        'Look whether the store knows ListObjectsV2 with more than 1,000 keys (AWS_ENDPOINT_URL), and at what stands between.',
      );
    token = next;
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
