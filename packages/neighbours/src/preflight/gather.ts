// Many questions at a time, all of them bounded by one limit; what came in time counts.
import type { EcsClient } from '@bamboo-ecs/ecs';
import { unknown, type Answer } from '@bamboo-ecs/rollout/preflight';
import type { Asked } from '../ask.ts';

/** Milliseconds. */
export interface PreflightLimits {
  /** One call. */
  readonly call: number;
  /** The whole preflight, from the first question on: some calls need the answer of another first. */
  readonly whole: number;
}

export const usualLimits: PreflightLimits = { call: 3000, whole: 6000 };

const atATime = 8;

export const late: Answer<never> = unknown(
  'no answer in time',
  'Check the network and the proxy, or leave the check out (skip-checks).',
);

/** What all methods of one preflight share. */
export interface Around {
  readonly aws: Pick<EcsClient, 'neighbour'>;
  /** For addresses of single services (`AWS_ENDPOINT_URL_EC2`), which the SDK reads by itself. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly limits: PreflightLimits;
  /** The value, or `otherwise` once the time of the preflight is up. */
  inTime<T, Late>(value: Promise<T>, otherwise: Late): Promise<T | Late>;
}

export function openAround(given: Pick<Around, 'aws' | 'env' | 'limits'>): Around {
  let up: Promise<void> | undefined;
  return {
    ...given,
    async inTime(value, otherwise) {
      // One timer for all, which does not keep the program from ending.
      up ??= new Promise((resolve) => {
        setTimeout(resolve, given.limits.whole).unref();
      });
      return Promise.race([value, up.then(() => otherwise)]);
    },
  };
}

/** Answers by key, a few looks at a time; one that has not ended in time has `late`. */
export async function gather<Use, T>(
  around: Around,
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
  await around.inTime(Promise.all(Array.from({ length: atATime }, worker)), undefined);
  // What comes later must not change what was handed out.
  ahead.length = 0;
  return new Map(answers);
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
