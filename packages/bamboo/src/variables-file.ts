// The variables file: `bamboo_*=value` lines, for Docker tasks that pass no environment.
import { error, warning, type Problem } from './problem.ts';

export interface VariablesFile {
  /** Names as in the environment, dots as `_`. */
  readonly variables: Readonly<Record<string, string>>;
  /** Line of each, from 1. */
  readonly lines: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

const assignment = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_.-]*)=(.*)$/su;

/**
 * A value goes to the end of its line as it stands; one that begins with `"` and is a JSON string is that string, so that
 * newlines and leading blanks can be written. A line that is no assignment is an error: `env | grep ^bamboo_` breaks a
 * value with newlines over several lines, and half of a value is worse than none. `#` lines and blank lines are passed over;
 * names other than `bamboo_*` are ignored with a warning.
 */
export function parseVariablesFile(text: string, fileName: string): VariablesFile {
  const variables: Record<string, string> = Object.create(null) as Record<string, string>;
  const lines: Record<string, number> = Object.create(null) as Record<string, number>;
  const problems: Problem[] = [];
  const ignored: string[] = [];
  for (const [index, raw] of text
    .replace(/^\uFEFF/u, '')
    .split(/\r\n|\n|\r/u)
    .entries()) {
    const line = index + 1;
    if (raw.trim() === '' || raw.trimStart().startsWith('#')) continue;
    const match = assignment.exec(raw.trimStart());
    const place = { file: fileName, line };
    if (!match) {
      problems.push(
        error(
          'variables-file',
          'this line is not name=value; does the value before it hold a newline?',
          place,
          'Write a value with newlines as a JSON string on one line: name="first\\nsecond".',
        ),
      );
      continue;
    }
    const name = (match[1] ?? '').replaceAll(/[.-]/gu, '_');
    if (!/^bamboo_/iu.test(name)) {
      ignored.push(name);
      continue;
    }
    const value = valueOf(match[2] ?? '');
    if (Object.hasOwn(variables, name) && variables[name] !== value)
      problems.push(
        error(
          'variables-file',
          `${name} is set twice, first in line ${lines[name]}`,
          { ...place, variable: name },
          'Keep one of them.',
        ),
      );
    variables[name] = value;
    lines[name] = line;
  }
  if (ignored.length > 0)
    problems.push(
      warning(
        'variables-file',
        `names that do not begin with bamboo_ are ignored: ${ignored.slice(0, 5).join(', ')}${ignored.length > 5 ? ', …' : ''}`,
        { file: fileName },
        'Remove them, or write only bamboo_ variables into it.',
      ),
    );
  return { variables, lines, problems };
}

function valueOf(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('"') || !trimmed.endsWith('"') || trimmed.length < 2) return text;
  try {
    const value: unknown = JSON.parse(trimmed);
    return typeof value === 'string' ? value : text;
  } catch {
    return text;
  }
}
