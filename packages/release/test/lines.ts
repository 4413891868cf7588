// Problems as lines: `severity code place: message → hint`.
import { checkDescriptor, formatProblem, type DescriptorKind, type Problem } from '../src/index.ts';

export function line(problem: Problem): string {
  return `${problem.severity} ${problem.code} ${formatProblem(problem).replace('\n  ', ' ')}`;
}

/** `late`: JSON paths of late values. */
export function checkLines(kind: DescriptorKind, value: unknown, late: readonly string[] = []): string[] {
  return checkDescriptor(kind, value, { late: new Set(late) }).map((problem) => line(problem));
}
