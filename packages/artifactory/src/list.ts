import { makeError } from './context.ts';
import type { Context } from './context.ts';
import { readStorage } from './storage.ts';

/** The children of a folder, sorted. The repository itself must be there: a mistyped key is no empty repository. */
export async function listFolder(context: Context, folder: string): Promise<readonly string[]> {
  const info = await readStorage(context, context.locator.storage(folder));
  if (info !== null) return (info.children ?? []).toSorted();
  if (folder !== '') return [];
  if ((await readStorage(context, context.locator.root())) !== null) return [];
  throw makeError(
    context,
    {
      kind: 'not-found',
      lead: `Artifactory has no repository "${context.repository}", or hides it from ${context.who}.`,
      hint: 'Look at the address and the key in the setting "repository", and let an administrator give the permission Read on it.',
    },
    `It was asked at ${context.locator.root()}`,
    404,
  );
}
