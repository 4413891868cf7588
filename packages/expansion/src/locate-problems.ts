// The problems that the checks of a descriptor found, brought back to the template that its writer knows.
import { formatPath, type Problem } from '@bamboo-ecs/release';
import type { HolePaths } from './hole-paths.ts';
import { PathIndex } from './path-index.ts';
import type { SourceMap } from './source-map.ts';
import type { Page } from './template-source.ts';

export interface Located {
  readonly page: Page;
  readonly map: SourceMap;
  /** The environment variable that a name gets its value from; undefined for a derived one. */
  readonly environmentOf: (name: string) => string | undefined;
  readonly holes: HolePaths;
  /** Values that no message may show. */
  readonly secrets: readonly string[];
}

export function locateProblems(problems: readonly Problem[], at: Located): Problem[] {
  if (problems.length === 0) return [];
  const index = new PathIndex(at.map.text);
  return problems
    .filter(({ place }) => !underUnknownName(place?.path ?? '$', at.holes.names))
    .map((problem) => locate(problem, at, index));
}

function underUnknownName(path: string, names: readonly string[]): boolean {
  return names.some((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`));
}

function locate(problem: Problem, at: Located, index: PathIndex): Problem {
  const segments = problem.place?.segments ?? [];
  const spot = index.find(segments);
  const path = problem.place?.path ?? formatPath(segments);
  const variable = segments.length > 0 ? variableIn(spot.value, at) : undefined;
  const place = at.page.place(at.map.origin(spot.offset), { path, ...(variable ? { variable } : {}) });
  const { severity, code } = problem;
  const hint = quotesHint(problem, path, at.holes) ?? problem.hint;
  return {
    severity,
    code,
    message: hideSecrets(problem.message, at.secrets),
    place,
    ...(hint === undefined ? {} : { hint: hideSecrets(hint, at.secrets) }),
  };
}

/** The Bamboo variable that a value came from, if it came from one as a whole or in part. */
function variableIn({ start, end }: { start: number; end: number }, at: Located): string | undefined {
  if (at.map.text[start] === '{' || at.map.text[start] === '[') return undefined;
  const name = at.map.variableBetween(start, end);
  return name === undefined ? undefined : at.environmentOf(name);
}

/** The stand-in of a hole has the type that its quotes give it: say which way the quotes go. */
function quotesHint(problem: Problem, path: string, holes: HolePaths): string | undefined {
  if (problem.code !== 'wrong-type' || !holes.paths.has(path)) return undefined;
  const found = holes.holes.find((each) => formatPath(each.path) === path);
  if (!found) return undefined;
  const { hole, quotes } = found;
  if (quotes === 'with') return `Put quotes round it: "\${${hole.name}}".`;
  if (quotes === 'without') return `Take the quotes away: \${${hole.name}}.`;
  return `Write it out here, with \${…} inside it: a variable is a text, a number, true or false.`;
}

export function hideSecrets(text: string, secrets: readonly string[]): string {
  return secrets.reduce(
    (shown, secret) => (secret === '' ? shown : shown.replaceAll(secret, '********')),
    text,
  );
}
