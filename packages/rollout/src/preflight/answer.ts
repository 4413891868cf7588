// What a neighbour of ECS said, or why nothing is known.

export type Answer<T> =
  | { readonly known: true; readonly value: T }
  /** Not allowed, not there on this server, not reached. `reason`: one clause; `hint`: what to do. */
  | { readonly known: false; readonly reason: string; readonly hint?: string };

export function known<T>(value: T): Answer<T> {
  return { known: true, value };
}

export function unknown(reason: string, hint?: string): Answer<never> {
  return { known: false, reason, ...(hint === undefined ? {} : { hint }) };
}

/** Answers by the id that was asked for: the reference of a role, the ARN of a target group, the name of a log group. */
export type Answers<T> = ReadonlyMap<string, Answer<T>>;

/** Nobody was asked: a note of its own is not worth it. */
export const notAsked: Answer<never> = { known: false, reason: '' };
