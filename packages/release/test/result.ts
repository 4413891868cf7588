// Opens a result in a test.
import { formatProblem } from '../src/index.ts';
import type { Result } from '../src/index.ts';

export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(formatProblem).join('\n'));
}

/** The problems as the log shows them; fails when there is none, or one without code or hint. */
export function refusal(result: Result<unknown>): string {
  if (result.ok) throw new Error(`Not refused: ${JSON.stringify(result.value)}`);
  for (const { code, severity, message } of result.problems) {
    if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(code) || severity !== 'error' || /\n/.test(message)) {
      throw new Error(`Not a proper problem: ${JSON.stringify({ code, severity, message })}`);
    }
  }
  if (result.problems.length === 0) throw new Error('Refused without a reason');
  return result.problems.map(formatProblem).join('\n');
}
