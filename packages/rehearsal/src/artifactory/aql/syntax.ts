// The text of an AQL query as a value. Objects stay lists of pairs: clients send two `$or` in one object, and both count.
import { Refusal } from '../reply.ts';

export type AqlValue = string | number | boolean | null | readonly AqlValue[] | AqlObject;
export interface AqlObject {
  readonly pairs: readonly (readonly [string, AqlValue])[];
}
export interface AqlCall {
  readonly name: string;
  readonly args: readonly AqlValue[];
}
export interface AqlQuery {
  readonly domain: string;
  /** `find`, `include`, `sort`, …, in the order of the text. */
  readonly calls: readonly AqlCall[];
}

const deepest = 50;

export function isObject(value: AqlValue): value is AqlObject {
  return typeof value === 'object' && value !== null && 'pairs' in value;
}

export function syntaxError(query: string, from: number): Refusal {
  return new Refusal(
    400,
    `Failed to parse query: ${query}, it looks like there is syntax error near the following sub-query: ${query.slice(from)}`,
  );
}

/** `items.find({…}).include("…").limit(3)`; anything else is Artifactory's 400. */
export function parseAql(text: string): AqlQuery {
  const reader = new Reader(text);
  const domain = reader.word();
  const calls: AqlCall[] = [];
  while (!reader.atEnd()) {
    reader.take('.');
    const name = reader.word();
    reader.take('(');
    const args = reader.values(')', 0);
    calls.push({ name, args });
  }
  return { domain, calls };
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#skipSpace();
    return this.#at >= this.#text.length;
  }

  word(): string {
    return this.#match(/[A-Za-z]+/uy);
  }

  take(char: string): void {
    this.#skipSpace();
    if (this.#text[this.#at] !== char) throw this.#wrong();
    this.#at++;
  }

  /** Values separated by commas up to the closing sign. */
  values(close: string, depth: number): AqlValue[] {
    const found: AqlValue[] = [];
    if (this.#takeIf(close)) return found;
    do found.push(this.#value(depth));
    while (this.#takeIf(','));
    this.take(close);
    return found;
  }

  #value(depth: number): AqlValue {
    this.#skipSpace();
    if (depth > deepest) throw this.#wrong();
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === '{') {
      this.#at++;
      return this.#object(depth + 1);
    }
    if (char === '[') {
      this.#at++;
      return this.values(']', depth + 1);
    }
    return JSON.parse(this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?|true|false|null/uy)) as number | boolean | null;
  }

  #object(depth: number): AqlObject {
    const pairs: [string, AqlValue][] = [];
    if (this.#takeIf('}')) return { pairs };
    do {
      const key = this.#string();
      this.take(':');
      pairs.push([key, this.#value(depth)]);
    } while (this.#takeIf(','));
    this.take('}');
    return { pairs };
  }

  #string(): string {
    const start = this.#at;
    const literal = this.#match(/"(?:[^"\\]|\\.)*"/suy);
    try {
      return JSON.parse(literal) as string;
    } catch {
      throw syntaxError(this.#text, start);
    }
  }

  #takeIf(char: string): boolean {
    this.#skipSpace();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string {
    this.#skipSpace();
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw this.#wrong();
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    while (/\s/u.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #wrong(): Refusal {
    return syntaxError(this.#text, this.#at);
  }
}
