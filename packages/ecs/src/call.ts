// One way for all calls: a time limit, the port's errors, and repetition of writes that were surely not carried out.
import type { Clock } from '@bamboo-ecs/rollout';
import { surelyNotDone } from './classify.ts';
import { EcsCallError, toEcsError } from './error.ts';
import type { Call } from './facts.ts';

type Send<T> = (options: { abortSignal: AbortSignal }) => Promise<T>;

/** Calls once (the SDK repeats within it what may be repeated); every error is the port's, none takes longer than `limit` ms. */
export async function call<T>(what: Call, limit: number, send: Send<T>): Promise<T> {
  try {
    return await withLimit(what, limit, send);
  } catch (error) {
    throw toEcsError(error, what);
  }
}

/** Longest waits between repetitions of one write, in ms: the bucket of RegisterTaskDefinition refills with 1/s ("Request throttling for the Amazon ECS API"). */
const waits = [500, 1000, 2000, 4000, 8000, 8000, 8000];

/**
 * A write goes out once. Only when AWS said that it did nothing (throttled, somebody else is registering this
 * family, a signature of the wrong minute) is it sent again, after a wait on the passed-in clock.
 */
export async function write<T>(
  what: Omit<Call, 'mode'>,
  limit: number,
  clock: Clock,
  random: () => number,
  send: Send<T>,
): Promise<T> {
  const full: Call = { ...what, mode: 'write' };
  for (let attempt = 0; ; attempt++) {
    try {
      return await withLimit(full, limit, send);
    } catch (error) {
      const wait = waits[attempt];
      if (wait === undefined || !surelyNotDone(error)) throw toEcsError(error, full);
      // Half of it fixed, half by chance: builds that collided must not collide again.
      await clock.sleep(Math.round(wait / 2 + (random() * wait) / 2));
    }
  }
}

async function withLimit<T>(what: Call, limit: number, send: Send<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const seconds = Math.round(limit / 100) / 10;
      reject(
        new EcsCallError(
          'unreachable',
          what.operation,
          `${what.operation} (${what.subject}): no answer within ${seconds} s`,
          {
            hint: 'Check the network and the proxy; credentials are searched for within this time, too.',
          },
        ),
      );
      controller.abort();
    }, limit);
  });
  const answer = send({ abortSignal: controller.signal });
  // When the limit wins, the aborted call's own error has nobody else to take it.
  answer.catch(() => {});
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
