// Many questions to one neighbour: a few at a time, all of them bounded by one limit; what came in time counts.
import { unknown, type Answer } from '@bamboo-ecs/rollout/preflight';
import type { Asked } from '../ask.ts';

/** One call, milliseconds. */
export const callLimitMs = 4000;

/** All calls of one method together, milliseconds: some need the answer of another first. */
const methodLimitMs = 8000;

const atATime = 8;

export const late: Answer<never> = unknown(
  `no answer within ${methodLimitMs / 1000} s`,
  'Check the network and the proxy, or leave the check out (skip-checks).',
);

/** Answers by key; a look that has not ended in time has `late`. */
export async function gather<Use, T>(
  uses: readonly Use[],
  keyOf: (use: Use) => string,
  look: (use: Use) => Promise<Answer<T>>,
): Promise<Map<string, Answer<T>>> {
  const answers = new Map<string, Answer<T>>(uses.map((use) => [keyOf(use), late]));
  const ahead = [...uses];
  const worker = async (): Promise<void> => {
    for (let use = ahead.shift(); use !== undefined; use = ahead.shift())
      answers.set(keyOf(use), await look(use));
  };
  await inTime(Promise.all(Array.from({ length: atATime }, worker)), undefined);
  // What comes later must not change what was handed out.
  ahead.length = 0;
  return new Map(answers);
}

/** The value, or `otherwise` when it takes too long. */
export async function inTime<T, Late>(value: Promise<T>, otherwise: Late): Promise<T | Late> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Late>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), methodLimitMs);
  });
  try {
    return await Promise.race([value, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** `missing`: codes by which AWS says that there is no such thing. */
export function answerOf<Value, T>(
  asked: Asked<Value>,
  missing: readonly string[],
  read: (value: Value) => T,
): Answer<T | null> {
  if (asked.ok) return { known: true, value: read(asked.value) };
  if (asked.code !== undefined && missing.includes(asked.code)) return { known: true, value: null };
  return unanswered(asked);
}

export function unanswered(asked: { readonly message: string; readonly hint?: string }): Answer<never> {
  // What the parser of XML says of a page is of no use to a reader.
  return unknown(asked.message.replace(/@aws-sdk XML parse error.*$/su, 'the answer is not XML'), asked.hint);
}
