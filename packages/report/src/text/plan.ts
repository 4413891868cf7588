import type { Difference, JsonValue } from '@bamboo-ecs/release';
import type { Plan, PlanAction } from '@bamboo-ecs/rollout';
import { shortRevision } from '../short-revision.ts';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

/** More differences than this are for the record. */
const mostDifferences = 200;

/** A difference longer than this takes two lines. */
const longestLine = 90;

const titles: Readonly<Record<PlanAction, string>> = {
  create: 'create',
  update: 'update',
  none: 'nothing to do',
  adopt: 'watch the rollout that is under way',
  'refuse-failed': 'refused: failed before',
  wait: 'wait for the deployment that is under way',
  refuse: 'refused',
};

/** What will be done with one service and why, what changes, and where a roll-back would go. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const refused = plan.action === 'refuse' || plan.action === 'refuse-failed';
  const title = `${plain(plan.service)} in cluster ${plain(plan.cluster)}: ${titles[plan.action]}${versions(plan)}`;
  const shown = plan.differences.slice(0, mostDifferences);
  const more = plan.differences.length - shown.length;
  return [
    `  ${refused ? paint.bad(title) : paint.heading(title)}`,
    ...hanging('    Why: ', plan.reason),
    ...(plan.hint === undefined ? [] : hanging('    -> ', plan.hint)),
    ...(shown.length > 0 ? ['    Differences (runs now -> will run):'] : []),
    ...shown.flatMap(differenceLines),
    ...(more > 0 ? [`      and ${more} more in the record`] : []),
    ...(plan.rollbackTo === undefined ? [] : [`    If it fails: back to ${rollback(plan)}`]),
    ...plan.notes.flatMap((note) => hanging('    Note: ', note)),
  ];
}

function rollback(plan: Plan): string {
  const revision = plain(shortRevision(plan.rollbackTo ?? ''));
  const version = plan.versionBefore === undefined ? '' : ` (${plain(plan.versionBefore)})`;
  return `${revision}${version}`;
}

/** `, 1.0.14.RELEASE -> 1.0.15.RELEASE`, when both are known and differ. */
function versions({ versionBefore, version }: Plan): string {
  if (version === undefined) return '';
  if (versionBefore === undefined || versionBefore === version) return ` ${plain(version)}`;
  return `, ${plain(versionBefore)} -> ${plain(version)}`;
}

/** In one line while it is short, else one under the other, so that the eye finds what differs. */
function differenceLines({ path, from, to }: Difference): readonly string[] {
  const short = `${path}: ${value(from)} -> ${value(to)}`;
  if (short.length <= longestLine) return hanging('      ', short);
  return [
    ...hanging('      ', `${path}:`),
    ...(from === undefined ? [] : hanging('        - ', value(from))),
    ...(to === undefined ? [] : hanging('        + ', value(to))),
  ];
}

function value(json: JsonValue | undefined): string {
  return json === undefined ? '(absent)' : JSON.stringify(json);
}
