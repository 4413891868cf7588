import { formatPlace } from '@bamboo-ecs/release';
import type { Problem } from '@bamboo-ecs/release';
import { hanging } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

/** All problems at once: errors, then warnings, each numbered with its place, what is wrong and what to do. */
export function problemLines(problems: readonly Problem[], paint: Paint): readonly string[] {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const warnings = problems.filter(({ severity }) => severity !== 'error');
  return [...group(errors, 'error', paint.bad, paint), ...group(warnings, 'warning', paint.careful, paint)];
}

function group(
  problems: readonly Problem[],
  noun: string,
  colour: (text: string) => string,
  paint: Paint,
): readonly string[] {
  if (problems.length === 0) return [];
  const title = problems.length === 1 ? `1 ${noun}:` : `${problems.length} ${noun}s:`;
  const width = String(problems.length).length;
  return [
    `  ${colour(title)}`,
    ...problems.flatMap((problem, index) => lines(problem, `${String(index + 1).padStart(width)}.`, paint)),
  ];
}

function lines(problem: Problem, number: string, paint: Paint): readonly string[] {
  const place = plain(formatPlace(problem.place));
  const indent = ' '.repeat(number.length + 5);
  const message =
    place === ''
      ? hanging(`    ${number} `, problem.message)
      : [`    ${number} ${paint.heading(place)}`, ...hanging(indent, problem.message)];
  return problem.hint === undefined ? message : [...message, ...hanging(`${indent}-> `, problem.hint)];
}
