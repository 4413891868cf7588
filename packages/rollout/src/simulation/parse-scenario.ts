// A scenario from JSON: checked whole, every problem named at once.
import { patternOf } from './scenario.ts';
import type { Scenario } from './scenario.ts';

type Kind = 'number' | 'string' | 'text?' | 'lines?' | 'number?' | 'integer' | 'integer?';

const members: Readonly<Record<string, Readonly<Record<string, Kind>>>> = {
  runs: { startMs: 'number?', healthyAfterMs: 'number?', output: 'lines?' },
  exits: { afterMs: 'number', exitCode: 'integer', reason: 'text?', output: 'lines?' },
  'cannot-pull': { reason: 'string' },
  'cannot-start': { reason: 'string' },
  'never-healthy': { status: 'integer?', output: 'lines?' },
};

/** A scenario that cannot be used; `problems` has one line for each mistake, with its JSON path. */
export class ScenarioError extends Error {
  override readonly name = 'ScenarioError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(`This scenario cannot be used:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

/** `{rules: […], images?: {…}}`, or just the list of rules. Throws ScenarioError with all problems. */
export function parseScenario(value: unknown): Scenario {
  const problems: string[] = [];
  const root = Array.isArray(value) ? { rules: value as unknown[] } : value;
  if (!isRecord(root))
    throw new ScenarioError(['$: must be an object with the member rules, or a list of rules']);
  unknownMembers(root, ['rules', 'images'], '$', problems);
  const rules = root['rules'] ?? [];
  if (Array.isArray(rules)) rules.forEach((rule, index) => checkRule(rule, `$.rules[${index}]`, problems));
  else problems.push('$.rules: must be a list');
  const images = root['images'] ?? {};
  if (!isRecord(images)) problems.push('$.images: must be an object');
  else checkImages(images, problems);
  if (problems.length > 0) throw new ScenarioError(problems);
  return structuredClone({ rules, images }) as Scenario;
}

function checkImages(images: Record<string, unknown>, problems: string[]): void {
  for (const [reference, digest] of Object.entries(images)) {
    if (typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/u.test(digest)) continue;
    problems.push(`$.images[${JSON.stringify(reference)}]: must be sha256: and 64 hexadecimal digits`);
  }
}

function checkRule(rule: unknown, path: string, problems: string[]): void {
  if (!isRecord(rule)) {
    problems.push(`${path}: must be an object`);
    return;
  }
  unknownMembers(rule, ['match', 'outcome', 'times'], path, problems);
  checkMatch(rule['match'], `${path}.match`, problems);
  const times = rule['times'];
  if (times !== undefined && !(Number.isSafeInteger(times) && (times as number) >= 0)) {
    problems.push(`${path}.times: must be a whole number, 0 or more`);
  }
  checkOutcome(rule['outcome'], `${path}.outcome`, problems);
}

function checkMatch(match: unknown, path: string, problems: string[]): void {
  if (typeof match !== 'string' || match === '') {
    problems.push(`${path}: must be a text, not empty`);
    return;
  }
  try {
    patternOf(match);
  } catch (error) {
    problems.push(`${path}: ${(error as Error).message}`);
  }
}

function checkOutcome(outcome: unknown, path: string, problems: string[]): void {
  if (!isRecord(outcome)) {
    problems.push(`${path}: must be an object with the member kind`);
    return;
  }
  const kind = outcome['kind'];
  const allowed = typeof kind === 'string' && Object.hasOwn(members, kind) ? members[kind] : undefined;
  if (allowed === undefined) {
    problems.push(`${path}.kind: must be one of ${Object.keys(members).join(', ')}`);
    return;
  }
  unknownMembers(outcome, ['kind', ...Object.keys(allowed)], path, problems);
  for (const [member, wanted] of Object.entries(allowed)) {
    const problem = misfit(outcome[member], wanted);
    if (problem !== null) problems.push(`${path}.${member}: ${problem}`);
  }
}

function misfit(value: unknown, wanted: Kind): string | null {
  if (value === undefined && wanted.endsWith('?')) return null;
  if (wanted === 'string' || wanted === 'text?') return typeof value === 'string' ? null : 'must be a text';
  if (wanted === 'lines?') {
    const lines = Array.isArray(value) && value.every((line) => typeof line === 'string');
    return lines ? null : 'must be a list of texts';
  }
  const number = typeof value === 'number' && Number.isFinite(value) && value >= 0;
  if (wanted.startsWith('integer')) {
    return number && Number.isInteger(value) ? null : 'must be a whole number, 0 or more';
  }
  return number ? null : 'must be a number of milliseconds, 0 or more';
}

function unknownMembers(
  value: Record<string, unknown>,
  known: readonly string[],
  path: string,
  problems: string[],
): void {
  for (const key of Object.keys(value)) {
    if (!known.includes(key)) problems.push(`${path}.${key}: unknown; known are ${known.join(', ')}`);
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
