// The error of the port: built from whatever the SDK, the network or a proxy came up with.
import type { EcsError, EcsErrorKind } from '@bamboo-ecs/rollout';
import { advise } from './advice.ts';
import { classify } from './classify.ts';
import type { Call } from './facts.ts';
import { wordsOf } from './words.ts';

/** An `EcsError` as a class, so that it has a stack and a cause. */
export class EcsCallError extends Error implements EcsError {
  override readonly name = 'EcsError';
  readonly kind: EcsErrorKind;
  readonly operation: string;
  readonly code?: string;
  readonly hint?: string;

  constructor(
    kind: EcsErrorKind,
    operation: string,
    message: string,
    options: { code?: string | undefined; hint?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.operation = operation;
    if (options.code !== undefined) this.code = options.code;
    if (options.hint !== undefined) this.hint = options.hint;
  }
}

/** Turns anything thrown by a call into the port's error; one that is already one is handed on. */
export function toEcsError(error: unknown, call: Call): EcsCallError {
  if (error instanceof EcsCallError) return error;
  const facts = classify(error, call.mode);
  const words = wordsOf(error, facts);
  const message = `${call.operation} (${call.subject}): ${words}`;
  return new EcsCallError(facts.kind, call.operation, message, {
    code: facts.code,
    hint: advise(facts, words, call),
    cause: withoutSecrets(error, words),
  });
}

/** The cause is kept for its stack only: an SDK error carries the whole request, signature and session token with it. */
function withoutSecrets(error: unknown, words: string): Error {
  const cause = new Error(words);
  if (error instanceof Error) {
    cause.name = error.name;
    const frames = error.stack?.split('\n').filter((line) => /^\s+at /u.test(line)) ?? [];
    cause.stack = [`${error.name}: ${words}`, ...frames].join('\n');
  }
  return cause;
}
