// The literal values that a Python module assigns at its top level, found in its text.
import type { Place } from '../problem.ts';
import { tokenize } from './token.ts';
import type { Token } from './token.ts';

/** A value that can be read, or why it cannot. */
export type PythonValue =
  | { readonly ok: true; readonly text: string; readonly place: Place }
  | { readonly ok: false; readonly reason: string; readonly place: Place };

export interface PythonModule {
  readonly tokens: readonly Token[];
  /** Values of the plain assignments `NAME = value` at the top level, in order. */
  readonly assigned: ReadonlyMap<string, readonly (readonly Token[])[]>;
  /** Names that are also bound in another way: in a branch, by `+=`, by an import. */
  readonly elsewhere: ReadonlyMap<string, 'assigned elsewhere, too' | 'imported'>;
}

export function readPythonModule(source: string): PythonModule {
  const tokens = tokenize(source, 'python');
  const assigned = new Map<string, (readonly Token[])[]>();
  const elsewhere = new Map<string, 'assigned elsewhere, too' | 'imported'>();
  for (const statement of statementsOf(tokens)) {
    if (isImport(statement)) {
      for (const token of statement) if (token.kind === 'name') elsewhere.set(token.text, 'imported');
      continue;
    }
    const chain = plainAssignment(statement);
    for (const name of chain?.names ?? []) {
      const values = assigned.get(name) ?? [];
      values.push(chain?.value ?? []);
      assigned.set(name, values);
    }
    for (const name of chain ? [] : boundNames(statement)) elsewhere.set(name, 'assigned elsewhere, too');
  }
  return { tokens, assigned, elsewhere };
}

/** The value of a name at the top level. `depth` bounds `A = B`, `B = A`. */
export function valueOfName(module: PythonModule, name: string, place: Place, depth = 5): PythonValue {
  const values = module.assigned.get(name) ?? [];
  const other = module.elsewhere.get(name);
  const [value] = values;
  if (value === undefined) {
    const reason = other === 'imported' ? 'is imported' : 'is not assigned at the top level';
    return { ok: false, reason: `${name} ${reason}`, place };
  }
  if (other !== undefined || values.length > 1) {
    return { ok: false, reason: `${name} is assigned more than once`, place: placeOf(value, place) };
  }
  if (depth === 0) return { ok: false, reason: `${name} leads in a circle`, place };
  return valueOf(module, value, place, depth - 1);
}

/** The value of an expression: a string (adjacent ones are joined), a tuple or list of parts, a name for one of these. */
export function valueOf(
  module: PythonModule,
  written: readonly Token[],
  place: Place,
  depth = 5,
): PythonValue {
  const tokens = withoutBrackets(written);
  const here = placeOf(tokens, place);
  const [first] = tokens;
  if (first && tokens.every(({ kind }) => kind === 'string')) {
    if (tokens.some(({ computed }) => computed)) {
      return { ok: false, reason: 'it is a string with escapes or placeholders', place: here };
    }
    return { ok: true, text: tokens.map(({ text }) => text).join(''), place: here };
  }
  if (first?.kind === 'name' && tokens.length === 1) return valueOfName(module, first.text, here, depth);
  const parts = tupleParts(written);
  if (parts) return { ok: true, text: parts.join('.'), place: here };
  return { ok: false, reason: 'it is computed when the file runs', place: here };
}

function placeOf(tokens: readonly Token[], otherwise: Place): Place {
  const [first] = tokens;
  return first ? { ...otherwise, line: first.line, column: first.column } : otherwise;
}

function statementsOf(tokens: readonly Token[]): (readonly Token[])[] {
  const statements: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'newline' || (token.text === ';' && token.depth === 0)) statements.push([]);
    else statements.at(-1)?.push(token);
  }
  return statements.filter((statement) => statement.length > 0);
}

function isImport([first]: readonly Token[]): boolean {
  return first?.kind === 'name' && (first.text === 'import' || first.text === 'from');
}

/** `A = B = value` or `A: type = value` that begins in the first column. */
function plainAssignment(
  statement: readonly Token[],
): { names: readonly string[]; value: readonly Token[] } | null {
  if (statement[0]?.column !== 1) return null;
  const names: string[] = [];
  let start = 0;
  for (;;) {
    const [name, next] = [statement[start], statement[start + 1]];
    if (name?.kind !== 'name' || next?.kind !== 'operator') break;
    const equals =
      next.text === ':' && names.length === 0
        ? statement.findIndex(({ text, kind, depth }) => kind === 'operator' && text === '=' && depth === 0)
        : start + 1;
    if (statement[equals]?.text !== '=') break;
    names.push(name.text);
    start = equals + 1;
  }
  return names.length === 0 ? null : { names, value: statement.slice(start) };
}

/** Names before an assignment sign at the outer level of a statement that is no plain assignment. */
function boundNames(statement: readonly Token[]): string[] {
  const assigns = statement.findLastIndex(
    ({ kind, text, depth }) => kind === 'operator' && depth === 0 && /^(?:[-+*/%&|^@:]?=)$/.test(text),
  );
  return statement
    .slice(0, Math.max(0, assigns))
    .flatMap(({ kind, text }) => (kind === 'name' ? [text] : []));
}

function withoutBrackets(tokens: readonly Token[]): readonly Token[] {
  const first = tokens[0];
  const last = tokens.at(-1);
  const around =
    first?.text === '(' && last?.text === ')' && first.kind === 'operator' && last.kind === 'operator';
  return around && tokens.length > 2 ? tokens.slice(1, -1) : tokens;
}

/** `(1, 0, 15)`, which setuptools joins with dots. */
function tupleParts(tokens: readonly Token[]): string[] | null {
  const [open, close] = [tokens[0]?.text, tokens.at(-1)?.text];
  if (!((open === '(' && close === ')') || (open === '[' && close === ']'))) return null;
  const inner = tokens.slice(1, -1);
  const parts: string[] = [];
  for (const [index, { kind, text, computed }] of inner.entries()) {
    if (index % 2 === 1) {
      if (text !== ',') return null;
    } else if ((kind === 'number' && /^[0-9]+$/.test(text)) || (kind === 'string' && !computed)) {
      parts.push(text);
    } else {
      return null;
    }
  }
  return parts.length === 0 ? null : parts;
}
