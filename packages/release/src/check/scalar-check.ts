// Strings and numbers against the model: enums, integers, ranges.
import type { ModelType } from '../model/model-type.ts';
import { quote } from '../path.ts';
import { rangedMembers } from './ranges.ts';
import { didYouMean } from './suggest.ts';
import { isLate, nameOf, type Walk } from './walk.ts';

const largest = 2_147_483_647;

export function checkNumber(walk: Walk, type: ModelType, value: number): void {
  if (isLate(walk)) return;
  if (type.kind === 'integer' && Number.isFinite(value) && !Number.isInteger(value)) {
    walk.findings.error(
      'not-an-integer',
      walk.segments,
      `${nameOf(walk)} must be an integer, but is ${String(value)}`,
    );
    return;
  }
  const range = rangedMembers.get(`${walk.parents.at(-1)?.name ?? ''}.${String(walk.segments.at(-1))}`);
  const [least, most] = range ?? [
    type.kind === 'integer' ? -largest - 1 : -Number.MAX_VALUE,
    type.kind === 'integer' ? largest : Number.MAX_VALUE,
  ];
  if (value >= least && value <= most) return;
  const limit =
    most === largest && least === 0
      ? 'must not be negative or above 2147483647'
      : `must lie between ${String(least)} and ${String(most)}`;
  walk.findings.error('out-of-range', walk.segments, `${nameOf(walk)} ${limit}, but is ${String(value)}`);
}

export function checkText(walk: Walk, values: readonly string[] | undefined, value: string): void {
  if (!values || values.includes(value) || isLate(walk)) return;
  walk.findings.error(
    'unknown-value',
    walk.segments,
    `${nameOf(walk)} must be one of ${values.join(', ')}, but is ${quote(value, 40)}`,
    didYouMean(value, values),
  );
}
