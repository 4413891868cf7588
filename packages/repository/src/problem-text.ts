import type { Problem } from '@bamboo-ecs/release';

const most = 5;

/** The problems in one line: the first few messages with their places. */
export function problemText(problems: readonly Problem[]): string {
  const shown = problems
    .slice(0, most)
    .map(({ place, message }) => (place?.path ? `${place.path}: ${message}` : message));
  const more = problems.length > most ? [`(and ${problems.length - most} more)`] : [];
  return [...shown, ...more].join(' ');
}
