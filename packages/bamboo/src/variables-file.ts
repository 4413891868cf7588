// The variables file: `bamboo_*=value` lines, for Docker tasks that pass no environment (Bamboo hands its variables to the
// docker client, not to the container).
import { error, warning, type Problem } from './problem.ts';

export interface VariablesFile {
  /** Names as in the environment: `_` for everything but letters and digits. */
  readonly variables: Readonly<Record<string, string>>;
  /** Line of each, from 1. */
  readonly lines: Readonly<Record<string, number>>;
  readonly problems: readonly Problem[];
}

/**
 * A value goes to the end of its line as it stands; one that is as a whole a JSON string (`"first\nsecond"`) is decoded, so
 * that every value can be written. Blank lines, `#` lines, `export ` in front, CRLF and a byte order mark are passed over.
 * Names may have dots; names other than `bamboo_*` are ignored with a warning.
 *
 * A line without `name=` after a Bamboo variable is an error, not a guess: `env` breaks a value with newlines over several
 * lines, the rest of it can look like variables of its own, and half of a value is worse than none.
 *
 * With a NUL character in it, the file is what `env -0` writes: entries that end in NUL, their values as they stand.
 */
export function parseVariablesFile(text: string, fileName: string): VariablesFile {
  const reader = new VariablesReader(fileName);
  const content = text.replace(/^\uFEFF/u, '');
  if (content.includes('\0')) {
    let line = 1;
    for (const entry of content.split('\0')) {
      reader.readEntry(entry, line);
      line += entry.split('\n').length - 1;
    }
  } else {
    for (const [index, line] of content.split(/\r\n|\n|\r/u).entries()) reader.readLine(line, index + 1);
  }
  return reader.finish();
}

class VariablesReader {
  readonly #file: string;
  readonly #variables = Object.create(null) as Record<string, string>;
  readonly #lines = Object.create(null) as Record<string, number>;
  readonly #problems: Problem[] = [];
  readonly #ignored: string[] = [];
  /** Whose line the last one was: a variable of Bamboo, one that is ignored, or none yet. */
  #last: { readonly name: string; readonly line: number } | 'ignored' | null = null;
  /** The lines that are no variables since the last one that was. */
  #stray: { readonly first: number; readonly at: number } | null = null;

  constructor(file: string) {
    this.#file = file;
  }

  readLine(raw: string, line: number): void {
    if (/^\s*(?:#|$)/u.test(raw)) return;
    const match = /^\s*(?:export\s+)?([^\s=]+)(\s*)=(.*)$/su.exec(raw);
    if (!match) {
      this.#strayLine(line);
      return;
    }
    const [, written = '', blank = '', rest = ''] = match;
    // Blanks around the `=` are those of a hand; `env` writes none.
    const value = blank === '' ? rest : rest.trimStart();
    this.#stray = null;
    if (this.#isOurs(written)) this.#set(written, this.#decoded(value, written, line), line);
  }

  readEntry(entry: string, line: number): void {
    const equals = entry.indexOf('=');
    const written = entry.slice(0, Math.max(0, equals)).trim();
    if (written !== '') {
      this.#stray = null;
      if (this.#isOurs(written)) this.#set(written, entry.slice(equals + 1), line);
    } else if (entry.trim() !== '') {
      this.#strayLine(line);
    }
  }

  finish(): VariablesFile {
    if (this.#ignored.length > 0) {
      const some = this.#ignored.slice(0, 5).map((name) => JSON.stringify(name.slice(0, 80)).slice(1, -1));
      this.#problems.push(
        warning(
          'variables-file',
          `names that do not begin with bamboo_ are ignored: ${some.join(', ')}${this.#ignored.length > 5 ? ', …' : ''}`,
          { file: this.#file },
          'Remove them, or write only bamboo_ variables into it.',
        ),
      );
    }
    return { variables: this.#variables, lines: this.#lines, problems: this.#problems };
  }

  #isOurs(written: string): boolean {
    if (/^bamboo[._-]./iu.test(written)) return true;
    this.#ignored.push(written);
    this.#last = 'ignored';
    return false;
  }

  #set(written: string, value: string, line: number): void {
    const name = written.replaceAll(/[^A-Za-z0-9]/gu, '_');
    this.#last = { name, line };
    const first = this.#lines[name];
    if (first !== undefined && this.#variables[name] !== value)
      this.#problems.push(
        error(
          'variables-file',
          `${name} is set twice, first in line ${first}`,
          { file: this.#file, line, variable: name },
          'Keep one of them.',
        ),
      );
    this.#variables[name] = value;
    this.#lines[name] = line;
  }

  #decoded(text: string, written: string, line: number): string {
    const trimmed = text.trim();
    if (!trimmed.startsWith('"')) return text;
    try {
      const value: unknown = JSON.parse(trimmed);
      if (typeof value === 'string') return value;
    } catch {
      this.#problems.push(
        warning(
          'variables-file',
          'the value begins with a double quote but is no JSON string, so it is taken as it stands',
          { file: this.#file, line, variable: written },
          String.raw`Write it as a JSON string if the quotes are not part of it: name="first\nsecond".`,
        ),
      );
    }
    return text;
  }

  #strayLine(line: number): void {
    // The rest of a value that is ignored anyway, such as a shell function that `env` prints.
    if (this.#last === 'ignored') return;
    const before =
      this.#last === null
        ? ''
        : `; the value of ${this.#last.name} (line ${this.#last.line}) seems to hold a newline`;
    // A key of thirty lines is one mistake.
    this.#stray ??= { first: line, at: this.#problems.length };
    const { first, at } = this.#stray;
    this.#problems.splice(
      at,
      1,
      error(
        'variables-file',
        first === line
          ? `this line is not name=value${before}`
          : `the lines up to ${line} are not name=value${before}`,
        { file: this.#file, line: first },
        String.raw`Write a value with newlines as a JSON string on one line (name="first\nsecond"), or the file with env -0.`,
      ),
    );
  }
}
