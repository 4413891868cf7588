import { formatDifference } from '@bamboo-ecs/release';
import type { Difference, JsonValue } from '@bamboo-ecs/release';
import { describePlan } from '@bamboo-ecs/rollout';
import type { Plan } from '@bamboo-ecs/rollout';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';

/** More lines than this are for the record: a plan with hundreds of differences is read there. */
const mostLines = 200;

/** A difference longer than this is shown whole, one side under the other: it may be the last character that differs. */
const longestLine = 120;

/** A side longer than this is a whole policy or script: the record has it. */
const longestSide = 1000;

/** What will be done with one service and why, what changes, and where a roll-back would go. */
export function planLines(plan: Plan, paint: Paint): readonly string[] {
  const refused = plan.action === 'refuse' || plan.action === 'refuse-failed';
  const [title = '', ...lines] = describePlan(plan);
  const more = lines.length - mostLines;
  const differences = new Map(plan.differences.map((one) => [`  ${formatDifference(one)}`, one]));
  return [
    ...hanging('  ', title).map(refused ? paint.bad : paint.heading),
    ...lines.slice(0, mostLines).flatMap((line) => {
      const difference = line.length > longestLine ? differences.get(line) : undefined;
      return difference === undefined ? hanging('    ', line) : twoLines(difference);
    }),
    ...(more > 0 ? [`    and ${more} more lines, see the record`] : []),
  ];
}

function twoLines({ path, from, to }: Difference): readonly string[] {
  return [
    ...hanging('      ', `${path}:`),
    ...(from === undefined ? [] : hanging('        - ', side(from))),
    ...(to === undefined ? [] : hanging('        + ', side(to))),
  ];
}

function side(value: JsonValue): string {
  const text = JSON.stringify(value);
  return text.length <= longestSide ? text : `${text.slice(0, longestSide)}... (${text.length} characters)`;
}
