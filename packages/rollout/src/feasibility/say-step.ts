// One step of a course in one line.
import type { TaskState } from '../simulation/task-state.ts';
import { plural } from './words.ts';

/** More places than these are counted. */
const mostPlaces = 3;

/** `start 2 new tasks on i-1 (eu-west-1a), i-2 (eu-west-1b)` */
export function sayStep(
  verb: 'start' | 'stop',
  which: 'old' | 'new',
  tasks: readonly TaskState[],
  names: ReadonlyMap<string, string>,
): string {
  const places = [...new Set(tasks.flatMap((task) => place(task, names) ?? []))];
  const rest = places.length - mostPlaces;
  const list = [...places.slice(0, mostPlaces), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
  return `${verb} ${plural(tasks.length, `${which} task`)}${list === '' ? '' : ` on ${list}`}`;
}

function place({ instance, zone }: TaskState, names: ReadonlyMap<string, string>): string | undefined {
  if (instance === null) return undefined;
  return `${names.get(instance) ?? instance}${zone === '' ? '' : ` (${zone})`}`;
}
