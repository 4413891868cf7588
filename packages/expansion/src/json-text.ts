// The rendered text read as strict JSON: no comments, no trailing commas, no name twice.
import { formatPath, type JsonObject, type Problem, type Segments } from '@bamboo-ecs/release';
import { printParseErrorCode, visit } from 'jsonc-parser';
import { describeFault } from './json-faults.ts';
import { numberFault } from './json-scalar.ts';

/** A value or a member's name, where it lies in the text, and its path. */
export interface JsonToken {
  readonly kind: 'value' | 'name';
  readonly start: number;
  readonly end: number;
  readonly path: Segments;
}

export type JsonText =
  | { readonly ok: true; readonly value: JsonObject; readonly tokens: readonly JsonToken[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Says where an offset of the text lies for the user. */
export type Locate = (offset: number, path?: string) => Problem['place'];

const mostFaults = 10;

/** `wantTokens`: collect names and values with their paths; only needed when the text has holes. */
export function readJson(text: string, locate: Locate, wantTokens: boolean): JsonText {
  const problems: Problem[] = [];
  const tokens: JsonToken[] = [];
  const names: Map<string, number>[] = [];
  const faultyLines = new Set<unknown>();
  let goesOn = true;
  let isObject = false;

  const report = (code: string, message: string, offset: number, path?: string, hint?: string): void => {
    const place = locate(offset, path);
    problems.push({
      severity: 'error',
      code,
      message,
      ...(place ? { place } : {}),
      ...(hint ? { hint } : {}),
    });
  };

  visit(
    text,
    {
      onObjectBegin: (_offset, _length, _line, _column, path) => {
        if (names.length === 0 && path().length === 0) isObject = true;
        names.push(new Map());
      },
      onObjectEnd: () => void names.pop(),
      onObjectProperty: (name, offset, length, _line, _column, path) => {
        const seen = names.at(-1);
        const first = seen?.get(name);
        if (first !== undefined && goesOn) {
          const line = locate(first)?.line;
          const where = line === undefined ? '' : ` (first in line ${line})`;
          report(
            'json-duplicate',
            `the name ${JSON.stringify(name.slice(0, 80))} is given twice in one object${where}`,
            offset,
            formatPath([...path(), name]),
          );
        }
        if (first === undefined) seen?.set(name, offset);
        if (wantTokens)
          tokens.push({ kind: 'name', start: offset, end: offset + length, path: [...path(), name] });
      },
      onLiteralValue: (value: unknown, offset, length, _line, _column, path) => {
        if (wantTokens) tokens.push({ kind: 'value', start: offset, end: offset + length, path: path() });
        if (typeof value !== 'number') return;
        const fault = numberFault(text.slice(offset, offset + length));
        if (fault !== undefined) report('json-number', fault, offset, formatPath(path()));
      },
      onError: (code, offset, length, line) => {
        if (!goesOn || faultyLines.size >= mostFaults || faultyLines.has(line)) return;
        faultyLines.add(line);
        const fault = describeFault(printParseErrorCode(code), text.slice(offset, offset + length));
        goesOn = fault.goesOn === true;
        report(
          'json-syntax',
          fault.message,
          fault.blamesComma ? commaBefore(text, offset) : offset,
          undefined,
          fault.hint,
        );
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  if (problems.length > 0) return { ok: false, problems };
  if (!isObject) {
    report(
      'json-not-an-object',
      'the descriptor is not a JSON object',
      firstInk(text),
      undefined,
      'It must begin with "{" and end with "}".',
    );
    return { ok: false, problems };
  }
  return { ok: true, value: JSON.parse(text) as JsonObject, tokens };
}

function firstInk(text: string): number {
  const at = text.search(/\S/);
  return at === -1 ? 0 : at;
}

/** The offset of a comma right before `offset`, blanks aside; `offset` itself when there is none. */
function commaBefore(text: string, offset: number): number {
  let at = offset - 1;
  while (at > 0 && ' \t\n\r'.includes(text[at] ?? '-')) at--;
  return text[at] === ',' ? at : offset;
}
