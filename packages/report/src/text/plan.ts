import { describePlan } from '@bamboo-ecs/rollout';
import type { Plan } from '@bamboo-ecs/rollout';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';

/** More lines than this are for the record: a plan with hundreds of differences is read there. */
const mostLines = 200;

/** What will be done with one service and why, what changes, and where a roll-back would go. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const refused = plan.action === 'refuse' || plan.action === 'refuse-failed';
  const [title = '', ...lines] = describePlan(plan);
  const more = lines.length - mostLines;
  return [
    ...hanging('  ', title).map(refused ? paint.bad : paint.heading),
    ...lines.slice(0, mostLines).flatMap((line) => hanging('    ', line)),
    ...(more > 0 ? [`    and ${more} more lines, see the record`] : []),
  ];
}
