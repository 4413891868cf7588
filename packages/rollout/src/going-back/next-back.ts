// The release that was steady before the one that runs: along what each revision says it replaced, never "revision - 1".
import { revisionName, sameRevision } from '../arn.ts';
import { isMarkedFailed, isWithdrawn, tagOf } from '../planning/tags.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';

/** A revision that was looked up; null when ECS does not know it any more. */
export interface LookedUp {
  /** `family:7`, as the one after it says. */
  readonly reference: string;
  readonly revision: TaskDefinitionSnapshot | null;
}

export type NextBack =
  /** Look this one up, then ask again. */
  | { readonly kind: 'look'; readonly reference: string }
  | { readonly kind: 'to'; readonly revision: TaskDefinitionSnapshot }
  /** It was steady before, but is deregistered or deleted: ECS can run it no more. */
  | {
      readonly kind: 'gone';
      readonly reference: string;
      readonly revision: TaskDefinitionSnapshot | null;
    }
  /** Nothing ran before, or nothing says what did. */
  | { readonly kind: 'none'; readonly reason: string };

/** `trail`: what was looked up so far, in order. Failed and withdrawn releases are passed over; one that is gone is not. */
export function nextBack(running: TaskDefinitionSnapshot, trail: readonly LookedUp[]): NextBack {
  const last = trail.at(-1);
  if (last) {
    const { reference, revision } = last;
    if (revision === null || revision.status !== 'ACTIVE') return { kind: 'gone', reference, revision };
    if (!isMarkedFailed(revision) && !isWithdrawn(revision)) return { kind: 'to', revision };
  }
  const from = last?.revision ?? running;
  const before = tagOf(from, 'replaces');
  if (before === undefined || before === '') {
    const what = tagOf(from, 'version') ?? revisionName(from.arn);
    const skipped = trail.length > 0 ? `; everything after it failed or was withdrawn` : '';
    return {
      kind: 'none',
      reason: `${what} (${revisionName(from.arn)}) was the first that was installed here: it replaced nothing${skipped}.`,
    };
  }
  const passed = [running.arn, ...trail.map(({ reference }) => reference)];
  if (passed.some((one) => sameRevision(one, before)))
    return { kind: 'none', reason: `The tags lead round in a circle at ${before}.` };
  return { kind: 'look', reference: before };
}
