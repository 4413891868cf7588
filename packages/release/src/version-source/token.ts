// A small tokenizer for the two kinds of project files that are programs: Python and Gradle (Groovy, Kotlin).
// It never fails: what it does not know becomes an operator. The files are read, never run.

export type Language = 'python' | 'gradle';

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'newline';
  /** Of a string: what stands between its quotes. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  /** How many brackets are open around it; an opening bracket itself stands outside, a closing one, too. */
  readonly depth: number;
  /** Of a string: its value is more than its text (escapes, `f""`, bytes). `interpolated`: it contains `$name`. */
  readonly computed?: true;
  readonly interpolated?: true;
}

const name = /[\p{L}_][\p{L}\p{N}_]*/uy;
const number = /[0-9][0-9A-Za-z_.]*/y;
const operator = /[-+*/%&|^@<>=!:]?=|->|\*\*|./suy;
const blank = /[ \t\f]+|\\\n/y;

export function tokenize(source: string, language: Language): Token[] {
  const tokens: Token[] = [];
  let position = 0;
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  const unclosed: Unclosed = new Map();

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    return pattern.exec(source)?.[0] ?? null;
  };
  const add = (kind: Token['kind'], text: string, extra: Partial<Token> = {}): void => {
    tokens.push({ kind, text, line, column: position - lineStart + 1, depth, ...extra });
  };
  const advance = (length: number): void => {
    for (let end = position + length; position < end; position++) {
      if (source[position] === '\n') {
        line++;
        lineStart = position + 1;
      }
    }
  };

  while (position < source.length) {
    const skipped = take(blank)?.length ?? commentLength(source, position, language);
    if (skipped > 0) {
      advance(skipped);
      continue;
    }
    if (source[position] === '\n') {
      // Inside brackets Python's lines go on.
      if (language === 'gradle' || depth === 0) add('newline', '\n');
      advance(1);
      continue;
    }
    const literal = stringAt(source, position, language, unclosed);
    if (literal) {
      add('string', literal.text, literal.extra);
      advance(literal.length);
      continue;
    }
    const word = take(name) ?? null;
    const digits = word === null ? take(number) : null;
    if (word !== null || digits !== null) {
      const text = word ?? digits ?? '';
      add(word === null ? 'number' : 'name', text);
      advance(text.length);
      continue;
    }
    const symbol = take(operator) ?? source.charAt(position);
    if (')]}'.includes(symbol)) depth = Math.max(0, depth - 1);
    add('operator', symbol);
    if ('([{'.includes(symbol)) depth++;
    advance(symbol.length);
  }
  return tokens;
}

function commentLength(source: string, at: number, language: Language): number {
  const opensLine = language === 'python' ? source[at] === '#' : source.startsWith('//', at);
  if (opensLine) {
    const end = source.indexOf('\n', at);
    return (end < 0 ? source.length : end) - at;
  }
  if (language === 'gradle' && source.startsWith('/*', at)) {
    const end = source.indexOf('*/', at + 2);
    return (end < 0 ? source.length : end + 2) - at;
  }
  return 0;
}

interface Literal {
  readonly text: string;
  readonly length: number;
  readonly extra: Partial<Token>;
}

const prefix = /(?:[rRuU]|[bBfF][rR]?|[rR][bBfF])(?=['"])/y;

/** By kind of quote: up to where it is known that none is closed. Spares looking again and again. */
type Unclosed = Map<string, number>;

function stringAt(source: string, at: number, language: Language, unclosed: Unclosed): Literal | null {
  prefix.lastIndex = at;
  const before = language === 'python' ? (prefix.exec(source)?.[0] ?? '') : '';
  const open = at + before.length;
  const quote = source[open];
  if (quote !== '"' && quote !== "'") return null;
  const triple = source.startsWith(quote.repeat(3), open);
  const fence = triple ? quote.repeat(3) : quote;
  if (open < (unclosed.get(fence) ?? 0)) return null;
  let end = open + fence.length;
  let escaped = false;
  while (!source.startsWith(fence, end)) {
    // A quote that is not closed on its line is none: a pattern of Groovy (/['"]/), perhaps.
    if (end >= source.length || (!triple && source[end] === '\n')) {
      unclosed.set(fence, end);
      return null;
    }
    if (source[end] === '\\') {
      escaped = true;
      end++;
    }
    end++;
  }
  const text = source.slice(open + fence.length, end);
  const computed = escaped || /[bf]/i.test(before);
  const interpolated = language === 'gradle' && quote === '"' && text.includes('$');
  return {
    text,
    length: end + fence.length - at,
    extra: { ...(computed ? { computed } : {}), ...(interpolated ? { interpolated } : {}) },
  };
}
