// A text that is no template at all has thousands of faults; a log with all of them helps nobody.
import type { Problem } from '@bamboo-ecs/release';

const most = 200;

/** In the order of the text; of more than 200 the first, errors before warnings, and how many more there are. */
export function limitProblems(problems: readonly Problem[]): readonly Problem[] {
  const ordered = problems.toSorted(byPosition);
  if (ordered.length <= most) return ordered;
  const [errors, warnings] = [ordered.filter(isError), ordered.filter((problem) => !isError(problem))];
  const left = problems.length - most;
  const file = problems[0]?.place?.file;
  return [
    ...[...errors, ...warnings].slice(0, most),
    {
      severity: 'warning',
      code: 'more-problems',
      message: `${left} more problems of this template are not listed`,
      ...(file === undefined ? {} : { place: { file } }),
    },
  ];
}

function isError({ severity }: Problem): boolean {
  return severity === 'error';
}

function byPosition(a: Problem, b: Problem): number {
  const lines = (a.place?.line ?? 0) - (b.place?.line ?? 0);
  return lines === 0 ? (a.place?.column ?? 0) - (b.place?.column ?? 0) : lines;
}
