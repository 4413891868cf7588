import type { RunEvent } from '../event.ts';
import { exitMeaning, isGood } from '../exit-code.ts';
import { hanging, nameAndValue } from './layout.ts';
import type { Paint } from './paint.ts';
import { plain } from './plain.ts';

export interface SummaryContext {
  /** How long the run took, as text; undefined when its start was not seen. */
  readonly took: string | undefined;
  /** Service and likely cause of each diagnosis of this run: told again where people look first. */
  readonly causes: readonly (readonly [string, string])[];
}

/** The last block: the facts, then in the last lines the outcome, what to do, and the exit code with its meaning. */
export function summaryLines(
  event: Extract<RunEvent, { kind: 'summary' }>,
  { took, causes }: SummaryContext,
  paint: Paint,
): readonly string[] {
  const colour = isGood(event.exitCode) ? paint.good : paint.bad;
  const rows = took === undefined ? event.rows : [...event.rows, ['Time', took] as const];
  return [
    '',
    paint.heading('== Summary =='),
    ...nameAndValue(rows, '  '),
    ...(rows.length > 0 ? [''] : []),
    ...hanging('  ', `${event.outcome.toUpperCase()}: ${event.sentence}`).map(colour),
    ...causes
      .filter(([, cause]) => !told(event, cause))
      .flatMap(([service, cause]) =>
        hanging('  Likely cause: ', causes.length > 1 ? `${service}: ${cause}` : cause),
      ),
    ...(event.todo === undefined ? [] : hanging('  What to do:   ', event.todo)),
    exitLine(event.exitCode),
  ];
}

/** Does the summary say the likely cause itself? */
function told(event: Extract<RunEvent, { kind: 'summary' }>, cause: string): boolean {
  return event.sentence.includes(cause) || event.rows.some(([, value]) => value.includes(cause));
}

/** A success needs no explanation of its code. */
function exitLine(code: number): string {
  if (code === 0) return '  Exit code 0';
  return `  ${`Exit code ${code}:`.padEnd(14)}${plain(exitMeaning(code))}`;
}
