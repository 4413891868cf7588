// Which places of the descriptor the holes stand for.
import {
  type DescriptorKind,
  formatPath,
  type JsonObject,
  memberType,
  type ModelType,
  type Problem,
  type Segments,
} from '@bamboo-ecs/release';
import type { JsonToken, Locate } from './json-text.ts';
import type { Hole } from './pieces.ts';
import type { PlacedHole } from './source-map.ts';

export interface HoleAt {
  readonly hole: Hole;
  readonly path: Segments;
  /** What its place asks for; a text when it stands in quotes. */
  readonly type: 'string' | 'number' | 'boolean';
  /** What quotes would be right for the place; undefined when no text, number or boolean is. */
  readonly quotes: 'with' | 'without' | undefined;
}

export interface HolePaths {
  readonly holes: readonly HoleAt[];
  /** JSON paths of the values in which a hole is: their type can be checked, their value cannot. */
  readonly paths: ReadonlySet<string>;
  /** JSON paths of the members in whose name a hole is: nothing can be said of them. */
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
}

/** `placed` and `tokens` both in the order of the text. */
export function placeHoles(
  kind: DescriptorKind,
  placed: readonly PlacedHole[],
  tokens: readonly JsonToken[],
  locate: Locate,
): HolePaths {
  const holes: HoleAt[] = [];
  const paths = new Set<string>();
  const names: string[] = [];
  const problems: Problem[] = [];
  let next = 0;
  for (const { hole, start, end } of placed) {
    while (next < tokens.length && (tokens[next]?.end ?? 0) < end) next++;
    const token = tokens[next];
    if (!token || token.start > start) continue;
    const shown = formatPath(token.path);
    if (token.kind === 'name') {
      names.push(shown);
      if (hole.late !== undefined) problems.push(lateInName(hole, locate(start)));
      continue;
    }
    paths.add(shown);
    const wanted = memberType(kind, token.path)?.kind;
    holes.push({
      hole,
      path: token.path,
      type: hole.quoted ? 'string' : wanted === 'boolean' ? 'boolean' : 'number',
      quotes: quotesOf(wanted),
    });
    const whole = token.start === start && token.end === end;
    if (!hole.quoted && !whole) problems.push(partOfNumber(hole, locate(start, shown)));
  }
  return { holes, paths, names, problems };
}

function quotesOf(wanted: ModelType['kind'] | undefined): HoleAt['quotes'] {
  if (wanted === 'string' || wanted === 'blob') return 'with';
  return wanted === 'integer' || wanted === 'double' || wanted === 'boolean' ? 'without' : undefined;
}

function lateInName(hole: Hole, place: Problem['place']): Problem {
  return {
    severity: 'error',
    code: 'late-name',
    message: `\${${hole.name}} stands in the name of a member; a late variable can only be a value, because names are checked now`,
    ...(place ? { place } : {}),
    hint: 'Use a variable of the build for the name.',
  };
}

function partOfNumber(hole: Hole, place: Problem['place']): Problem {
  return {
    severity: 'error',
    code: 'value-part-of-number',
    message: `\${${hole.name}} stands next to other digits; a value that is not known yet must be the whole number`,
    ...(place ? { place } : {}),
    hint: 'Put the whole number into the variable.',
  };
}

/** Puts a boolean at the places that ask for one; a number stands there from the rendering. */
export function fillStandIns(value: JsonObject, holes: readonly HoleAt[]): JsonObject {
  for (const { path, type } of holes) {
    if (type !== 'boolean') continue;
    let at: unknown = value;
    for (const segment of path.slice(0, -1)) at = (at as Record<string | number, unknown>)[segment];
    (at as Record<string | number, unknown>)[path.at(-1) ?? ''] = true;
  }
  return value;
}
