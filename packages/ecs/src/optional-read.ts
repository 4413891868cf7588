// A read that is welcome and not worth a wait: asked once, and what is denied or not known there becomes a sentence.
import type { ECSClient } from '@aws-sdk/client-ecs';
import { call } from './call.ts';
import type { Context } from './context.ts';
import { EcsCallError } from './error.ts';

const longestMs = 10_000;

export interface OptionalRead<T> {
  readonly value?: T;
  /** Why there is none. */
  readonly gap?: string;
}

/** `send` gets the client that repeats nothing; it may call it several times. Never rejects for an answer of AWS. */
export async function readIfAllowed<T>(
  { client }: Context,
  operation: string,
  subject: string,
  send: (once: ECSClient, options: { abortSignal: AbortSignal }) => Promise<T>,
): Promise<OptionalRead<T>> {
  try {
    const limit = Math.min(longestMs, client.limits.call);
    const what = { operation, subject, mode: 'optional' } as const;
    return { value: await call(what, limit, async (options) => send(client.writes, options)) };
  } catch (error) {
    if (!(error instanceof EcsCallError)) throw error;
    return { gap: error.hint === undefined ? `${error.message}.` : `${error.message}. ${error.hint}` };
  }
}
