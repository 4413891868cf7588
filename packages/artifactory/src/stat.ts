import type { StoredFile } from '@bamboo-ecs/repository';
import type { Call } from './client.ts';
import type { Context } from './context.ts';
import { checksumOf, headerOf, locationOf } from './follow.ts';
import { ask, checkNoPage, refused } from './settle.ts';
import { readStorage } from './storage.ts';

/** Checksum and size by HEAD. A server that redirects it to its storage is asked for the storage info instead. */
export async function statFile(context: Context, path: string): Promise<StoredFile | null> {
  const call: Call = { method: 'HEAD', url: context.locator.file(path), maxBytes: 0 };
  const settled = await ask(context, call);
  const { reply } = settled;
  if (reply.status === 404) return null;
  const sha256 = checksumOf(reply);
  if (locationOf(reply) !== null) {
    return sha256 === null ? statByStorage(context, path) : { sha256, size: null };
  }
  if (reply.status !== 200) throw refused(context, call, settled);
  checkNoPage(context, call, reply, path);
  return { sha256, size: sizeOf(headerOf(reply, 'content-length')) };
}

async function statByStorage(context: Context, path: string): Promise<StoredFile | null> {
  const info = await readStorage(context, context.locator.storage(path));
  if (info === null || info.children !== null) return null;
  return { sha256: info.sha256, size: info.size };
}

function sizeOf(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}
