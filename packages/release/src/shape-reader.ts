// Reads JSON from outside member by member and collects what is wrong with it.
import { quote } from './path.ts';
import type { Problem } from './problem.ts';
import { problem } from './refuse.ts';

export interface Item {
  readonly value: unknown;
  readonly path: string;
}

/** An object's own members, with where it stands. */
export interface Members {
  readonly path: string;
  readonly own: ReadonlyMap<string, unknown>;
}

interface TextRule {
  readonly max?: number;
  readonly pattern?: RegExp;
  /** For the message: what it must be. */
  readonly what?: string;
}

const maxProblems = 20;

/** Every reading function answers with a value of the asked type, even after a problem: look at `problems` at the end. */
export class ShapeReader {
  readonly problems: Problem[] = [];
  readonly #code: string;
  readonly #file: string;
  readonly #hint: string;

  constructor(code: string, file: string, hint: string) {
    this.#code = code;
    this.#file = file;
    this.#hint = hint;
  }

  fail(path: string, message: string, code = this.#code): void {
    if (this.problems.length >= maxProblems) return;
    this.problems.push(problem(code, message, this.#hint, { file: this.#file, path }));
  }

  /** All of `names` must be there and nothing else. */
  object(value: unknown, path: string, names: readonly string[]): Members {
    const own = new Map<string, unknown>();
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      this.fail(path, `This must be an object, not ${describe(value)}.`);
      // Its members are not missed one by one.
      return { path, own: new Map(names.map((name) => [name, absent])) };
    }
    for (const [key, member] of Object.entries(value)) {
      if (names.includes(key)) own.set(key, member);
      else this.fail(path, `The member ${quote(key)} is unknown.`);
    }
    for (const name of names) {
      if (own.has(name)) continue;
      this.fail(path, `The member "${name}" is missing.`);
      own.set(name, absent);
    }
    return { path, own };
  }

  member(parent: Members, name: string, names: readonly string[]): Members {
    const value = parent.own.get(name);
    if (value === absent) return { path: parent.path, own: new Map(names.map((name) => [name, absent])) };
    return this.object(value, `${parent.path}.${name}`, names);
  }

  list(parent: Members, name: string, max: number): readonly Item[] {
    const value = parent.own.get(name);
    const path = `${parent.path}.${name}`;
    if (value === absent) return [];
    if (!Array.isArray(value)) {
      this.fail(path, `This must be a list, not ${describe(value)}.`);
      return [];
    }
    if (value.length > max) {
      this.fail(path, `This has ${value.length} items; at most ${max} can be right.`);
      return [];
    }
    return value.map((item: unknown, index) => ({ value: item, path: `${path}[${index}]` }));
  }

  text(parent: Members, name: string, rule: TextRule): string {
    return this.#text(parent.own.get(name), `${parent.path}.${name}`, rule);
  }

  textOrNull(parent: Members, name: string, rule: TextRule): string | null {
    return parent.own.get(name) === null ? null : this.text(parent, name, rule);
  }

  itemText({ value, path }: Item, pattern: RegExp, what: string): string {
    return this.#text(value, path, { pattern, what });
  }

  choice<T extends string>(parent: Members, name: string, choices: readonly [T, ...T[]]): T {
    return this.itemChoice({ value: parent.own.get(name), path: `${parent.path}.${name}` }, choices);
  }

  itemChoice<T extends string>({ value, path }: Item, choices: readonly [T, ...T[]]): T {
    const found = choices.find((choice) => choice === value);
    if (found === undefined && value !== absent) {
      this.fail(path, `This must be one of ${choices.join(', ')}, not ${describe(value)}.`);
    }
    return found ?? choices[0];
  }

  /** A whole number from 0 to `max`. */
  count(parent: Members, name: string, max: number): number {
    const value = parent.own.get(name);
    if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max) return value;
    if (value !== absent) {
      this.fail(
        `${parent.path}.${name}`,
        `This must be a whole number from 0 to ${max}, not ${describe(value)}.`,
      );
    }
    return 0;
  }

  #text(value: unknown, path: string, { max = 1000, pattern, what = 'text' }: TextRule): string {
    if (value === absent) return '';
    if (typeof value !== 'string') this.fail(path, `This must be ${what}, not ${describe(value)}.`);
    else if (value.length > max) this.fail(path, `This is longer than ${max} characters.`);
    else if (!value.isWellFormed()) this.fail(path, 'This contains half a character (a lone surrogate).');
    else if (pattern && !pattern.test(value)) this.fail(path, `This must be ${what}, not ${quote(value)}.`);
    else return value;
    return '';
  }
}

/** Stands in for a member that was already reported as missing. */
const absent = Symbol('absent');

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return 'an object';
}
