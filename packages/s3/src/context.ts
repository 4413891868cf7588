// One call of the SDK with a limit of time, and its error told.
import type { S3Client } from '@aws-sdk/client-s3';
import type { S3Address } from '@bamboo-ecs/repository';
import { fileSegments, pathSegments, RepositoryError } from '@bamboo-ecs/repository';
import { explain } from './explain.ts';
import type { Limits } from './options.ts';

export interface Context {
  readonly client: S3Client;
  readonly address: S3Address;
  readonly limits: Limits;
  readonly onUnconditional: () => void;
  readonly onCall: (operation: string, key: string, ended: string) => void;
}

/** Key of a file: the prefix and the path. */
export function keyOf({ address }: Context, path: string): string {
  return [...(address.prefix === '' ? [] : [address.prefix]), ...fileSegments(path)].join('/');
}

/** What the keys of a folder begin with: empty, or ending in `/`. */
export function folderOf({ address }: Context, folder: string): string {
  const parts = [...(address.prefix === '' ? [] : [address.prefix]), ...pathSegments(folder)];
  return parts.length === 0 ? '' : `${parts.join('/')}/`;
}

/** Runs `action`. Errors of the SDK become those of the port, except those that `expected` takes: their value is the answer. */
export async function call<T>(
  context: Context,
  operation: string,
  key: string,
  action: (signal: AbortSignal) => Promise<T>,
  expected: (error: unknown) => { readonly value: T } | null = () => null,
): Promise<T> {
  const signal = AbortSignal.timeout(context.limits.total);
  try {
    const value = await action(signal);
    context.onCall(operation, key, 'ok');
    return value;
  } catch (error) {
    context.onCall(operation, key, nameOf(error));
    if (error instanceof RepositoryError) throw error;
    const answer = expected(error);
    if (answer) return answer.value;
    throw explain(error, {
      operation,
      key,
      address: context.address,
      timedOut: signal.aborted,
      total: context.limits.total,
    });
  }
}

/** The name of an error of the SDK or AWS's own code: `NoSuchKey`. */
export function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}

/** Null when there was no answer. */
export function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) return null;
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}
