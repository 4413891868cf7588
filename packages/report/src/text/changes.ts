import type { ChangeGroup } from '../plan/changes.ts';
import type { Change } from '../plan/change.ts';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

/** A change longer than this is shown with one side under the other: it may be the last character that differs. */
const longestLine = 110;

/** A side longer than this is a whole policy or script: the record has it. */
const longestSide = 1000;

/** Names up to this long stand in a column. */
const widestName = 32;

const howWords = { added: ' (new)', removed: ' (goes away)' } as const;

/** What changes, place by place, as an indented block. */
export function changeLines(groups: readonly ChangeGroup[], paint: Paint): readonly string[] {
  return groups.flatMap(({ title, whole, changes }) => {
    const names = changes.map(({ what }) => plain(what));
    const width = Math.max(
      0,
      ...names.filter((name) => name.length <= widestName).map((name) => name.length),
    );
    return [
      ...hanging('      ', `${title}${whole === undefined ? '' : howWords[whole]}`).map(paint.heading),
      ...changes.flatMap((change, index) => lines(change, (names[index] ?? '').padEnd(width))),
    ];
  });
}

function lines(change: Change, name: string): readonly string[] {
  const { from, to, of } = change;
  const about = of === undefined ? '' : `  (${of})`;
  const line = `${oneLine(change)}${about}`;
  if (name.length + line.length <= longestLine && !line.includes('\n'))
    return hanging(`        ${name}  `, line);
  return [
    ...hanging('        ', `${name.trimEnd()}:${about}`),
    ...(from === null ? [] : hanging('          - ', cut(from))),
    ...(to === null ? [] : hanging('          + ', cut(to))),
    ...(change.hidden ? ['          (changed, and masked)'] : []),
  ];
}

function oneLine({ from, to, hidden }: Change): string {
  if (hidden) return `${to ?? ''} (changed, and masked)`;
  if (from === null) return `+ ${to ?? 'set'}`;
  return to === null ? `- ${from}` : `${from} → ${to}`;
}

function cut(text: string): string {
  return text.length <= longestSide ? text : `${text.slice(0, longestSide)}... (${text.length} characters)`;
}
