// What load balancers, Cloud Map and alarms say of a rollout, as lines.
import { plainName } from '../arn.ts';
import type { Evidence } from '../diagnosis.ts';
import type { ServiceSnapshot, TargetGroupSnapshot } from '../snapshot.ts';
import { oneLine } from './one-line.ts';

const mostLines = 8;

export function targetEvidence({ targets, serviceDeployment, at }: ServiceSnapshot): readonly Evidence[] {
  const triggered = serviceDeployment?.alarms?.triggered ?? [];
  return [
    ...(targets ?? []).flatMap(groupLines).map((text): Evidence => ({ kind: 'target', at, text })),
    ...triggered.map((name): Evidence => ({ kind: 'alarm', at, text: `${oneLine(name)} went off` })),
  ].slice(0, mostLines);
}

/** Targets alike are told once; a group in which all are healthy is told, too: then it is not the reason. */
function groupLines({ id, targets, check }: TargetGroupSnapshot): readonly string[] {
  const name = groupName(id);
  if (targets.length === 0) return [`${name}: no target is registered`];
  const alike = new Map<string, string[]>();
  for (const { id: target, state, reason, description } of targets) {
    const why = [reason, description].filter(Boolean).join(': ');
    const key = oneLine(`${state}${why ? `, ${why}` : ''}`);
    alike.set(key, [...(alike.get(key) ?? []), target]);
  }
  const checked = check ? ` (check: ${oneLine(check)})` : '';
  return [...alike].map(([text, ids]) => {
    const which = text.startsWith('healthy')
      ? ''
      : ` [${ids.slice(0, 3).join(', ')}${ids.length > 3 ? ', …' : ''}]`;
    return `${name}: ${ids.length} of ${targets.length} targets ${text}${which}${/^(?:healthy|draining)/u.test(text) ? '' : checked}`;
  });
}

/** `web` of `…:targetgroup/web/0123`; the name of a classic load balancer; the id of a Cloud Map service. */
export function groupName(id: string): string {
  const group = /:targetgroup\/([^/]+)\//u.exec(id)?.[1];
  return oneLine(group ?? plainName(id));
}
