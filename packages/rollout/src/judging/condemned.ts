// Tasks that a load balancer has found unhealthy and that ECS has not stopped yet: draining takes minutes, the evidence is there at once.
import type { JudgeInput } from './input.ts';

export interface Condemned {
  /** The task's id. */
  readonly id: string;
  /** ECS's words, without the service. */
  readonly text: string;
  /** By ECS's clock. */
  readonly at: number;
  /** Its health check is answered, with a status that says that nothing is there for it: no slow start does that three times. */
  readonly isDefinite: boolean;
}

const found = /\(task ([\w-]+)\)[^.]* is unhealthy in \(target-group /u;
/** Client errors but those that ask to come again: "HTTP Semantics" (RFC 9110), 408; RFC 8470, 425; RFC 6585, 429. */
const definite = /\bcodes?:? \[?4(?!08|25|29)\d\d\b/u;

/**
 * Of the tasks only that ECS started since our deployment began, or was put back in its place: one that is sick since before is no fault
 * of ours.
 */
export function condemned({ snapshot, adopted, createdAt, startedAt }: JudgeInput): readonly Condemned[] {
  const since = (adopted ? startedAt : (createdAt ?? startedAt)) - 1000;
  const events = snapshot.events.filter(({ at }) => at >= since);
  const started = new Set(
    events
      .filter(({ message }) => /has started \d+ tasks?/iu.test(message))
      .flatMap(({ message }) => [...message.matchAll(/\(task ([\w-]+)\)/gu)].map(([, id]) => id)),
  );
  const byId = new Map<string, Condemned>();
  for (const { at, message } of events) {
    const id = found.exec(message)?.[1];
    if (id === undefined || !started.has(id)) continue;
    const text = message.replace(/^\(service [^)]*\)\s*/u, '');
    byId.set(id, { id, text, at, isDefinite: definite.test(message) });
  }
  return [...byId.values()];
}
