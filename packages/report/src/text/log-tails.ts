import type { LogTail } from '@bamboo-ecs/rollout';
import { clockTime } from './duration.ts';
import { hanging } from './layout.ts';
import { plainLines } from './plain.ts';

/** The last words of containers as blocks: a heading, then each line behind a bar. `startedAt`: zero of the times, if known. */
export function logTailLines(
  tails: readonly LogTail[],
  startedAt: number | undefined,
  indent: string,
): readonly string[] {
  return tails.flatMap((tail) => {
    const heading = `Last words of ${tail.container} (task ${tail.task}), ${tail.where}:`;
    const [head = '', ...more] = hanging(indent, heading);
    if (tail.lines.length === 0) return [head, ...more, ...hanging(`${indent}  `, tail.note ?? 'no lines')];
    return [
      head,
      ...more,
      ...(tail.cut ? [`${indent}  | ...`] : []),
      ...tail.lines.flatMap(({ at, text }) => {
        const time = at === undefined || startedAt === undefined ? '' : `${stamp(at - startedAt)} `;
        return plainLines(text).map((line) => `${indent}  | ${time}${line}`.trimEnd());
      }),
    ];
  });
}

/** The clocks of the program and of this run may differ a little. */
function stamp(milliseconds: number): string {
  return milliseconds < 0 ? `-${clockTime(-milliseconds)}` : `+${clockTime(milliseconds)}`;
}
