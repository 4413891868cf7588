// Amazon S3, or a store that speaks it, as a repository.
import type { RepositoryPort } from '@bamboo-ecs/repository';
import { makeClient } from './client.ts';
import type { Context } from './context.ts';
import { listObjects } from './list.ts';
import type { S3Options } from './options.ts';
import { readObject } from './read.ts';
import { statObject } from './stat.ts';
import { writeObject } from './write.ts';

/** Nothing is asked of AWS before the first call. */
export function createS3Repository(options: S3Options): RepositoryPort {
  const { client, limits } = makeClient(options);
  const context: Context = {
    client,
    limits,
    address: options.address,
    onUnconditional: once(options.onUnconditional),
    onCall: options.onCall ?? (() => undefined),
  };
  return {
    address: options.address.shown,
    read: (path, maxBytes) => readObject(context, path, maxBytes),
    stat: (path) => statObject(context, path),
    write: (path, bytes, writeOptions) => writeObject(context, path, bytes, writeOptions),
    list: (folder) => listObjects(context, folder),
  };
}

function once(tell: (() => void) | undefined): () => void {
  let told = false;
  return () => {
    if (!told) tell?.();
    told = true;
  };
}
