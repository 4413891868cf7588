import { RepositoryError } from '../port.ts';
import type { Publication } from './publication.ts';

/** Runs `action`; what it says, in warnings or in an error of the port, goes through `mask`. */
export async function masked(
  mask: ((text: string) => string) | undefined,
  action: () => Promise<Publication>,
): Promise<Publication> {
  if (!mask) return action();
  try {
    const publication = await action();
    return { ...publication, warnings: publication.warnings.map(mask) };
  } catch (error) {
    if (!(error instanceof RepositoryError)) throw error;
    const { kind, message, hint, status } = error;
    // Without the cause: its message was not masked.
    throw new RepositoryError(kind, mask(message), mask(hint), status === undefined ? {} : { status });
  }
}
