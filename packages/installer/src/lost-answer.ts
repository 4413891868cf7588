// A write whose answer was lost: found out by reading, never done again blindly.
import { isEcsError, type Clock, type EcsError } from '@bamboo-ecs/rollout';

/** How often a write whose answer was lost is tried in all, and how often is read after each loss. */
const attempts = 3;

/**
 * Does a write. When its answer is lost, `read` finds out whether it was carried out: its result when it was, null when not;
 * only then is it done again. Every other error passes through.
 */
export async function resolveLost<T>(
  clock: Clock,
  write: () => Promise<T>,
  read: () => Promise<T | null>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await write();
    } catch (error) {
      if (!isEcsError(error) || error.kind !== 'unreachable') throw error;
      const there = await readAfterLoss(clock, read, error);
      if (there !== null) return there;
      if (attempt >= attempts) throw error;
    }
  }
}

async function readAfterLoss<T>(
  clock: Clock,
  read: () => Promise<T | null>,
  lost: EcsError,
): Promise<T | null> {
  for (let attempt = 1; ; attempt += 1) {
    // What was just written may be missing for seconds (eventual consistency).
    await clock.sleep(1000 * attempt);
    try {
      const there = await read();
      if (there !== null || attempt >= attempts) return there;
    } catch (error) {
      if (!isEcsError(error)) throw error;
      if (attempt >= attempts) throw new UnknownOutcome(lost, error);
    }
  }
}

/** The write may have been carried out: still `unreachable`, whatever it was that forbade the reading. */
class UnknownOutcome extends Error implements EcsError {
  override readonly name = 'EcsError';
  readonly kind = 'unreachable';
  readonly operation: string;
  readonly hint = 'Run the same command again when AWS answers: it finds what is there and goes on from it.';
  constructor(lost: EcsError, why: EcsError) {
    super(`${lost.message}; what became of it could not be asked: ${why.message}`, { cause: why });
    this.operation = lost.operation;
  }
}
