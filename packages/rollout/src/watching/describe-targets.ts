// The health of the targets in a few words, for the line that says how far a rollout is.
import type { ServiceSnapshot, TargetGroupSnapshot } from '../snapshot.ts';

type Target = TargetGroupSnapshot['targets'][number];

/** `2 of 3 targets unhealthy: Target.ResponseCodeMismatch 503`; empty when none is unhealthy or was asked about. */
export function describeTargets({ targets = [] }: Pick<ServiceSnapshot, 'targets'>): string {
  const all = targets.flatMap((group) => group.targets).filter(({ state }) => state !== 'draining');
  const unhealthy = all.filter(({ state }) => state === 'unhealthy');
  const waiting = all.filter(({ state }) => state === 'initial');
  if (unhealthy.length > 0)
    return `${unhealthy.length} of ${all.length} targets unhealthy${reasons(unhealthy)}`;
  return waiting.length > 0 ? `${waiting.length} of ${all.length} targets not checked yet` : '';
}

/** The most frequent reason. */
function reasons(unhealthy: readonly Target[]): string {
  const counts = new Map<string, number>();
  for (const { reason, description } of unhealthy) {
    const code = /codes?:? \[?(\d{3})/u.exec(description ?? '')?.[1];
    const text = [reason ?? description?.slice(0, 80), code].filter(Boolean).join(' ');
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted(([, left], [, right]) => right - left);
  return first ? `: ${first[0].replace(/\s+/gu, ' ')}` : '';
}
