// Problems as texts, for patterns.
import type { Problem } from '../src/index.ts';

/** `error code file:line variable: message → hint` a line each; fails on a problem that is not fit to print. */
export function told(problems: readonly Problem[]): string {
  const lines = problems.map(({ severity, code, message, place, hint }) => {
    const where = [place?.file, place?.line].filter((part) => part !== undefined).join(':');
    return `${severity} ${code} ${[where, place?.variable].filter(Boolean).join(' ')}: ${message} → ${hint ?? ''}`;
  });
  const odd = problems.find(
    ({ code, message, hint }) => !/^[a-z]+(?:-[a-z]+)*$/.test(code) || /[\p{Cc}]/u.test(message) || !hint,
  );
  if (odd) throw new Error(`Not fit to print: ${JSON.stringify(odd)}`);
  return lines.join('\n');
}

/** As environment variables are: without a prototype. */
export function variables(entries: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.assign(Object.create(null) as Record<string, string>, entries);
}
