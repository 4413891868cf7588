import type { JsonValue } from '../descriptor.ts';
import type { Difference } from './difference.ts';

const longest = 100;

function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'not set';
  const text = JSON.stringify(value).replace(/[\u007F-\u009F\u2028\u2029]/gu, '?');
  return text.length <= longest ? text : `${text.slice(0, longest - 1).replace(/[\uD800-\uDBFF]$/u, '')}…`;
}

/** One line: `containerDefinitions.web.image: "web:1" → "web:2"`. Values of more than 100 characters are cut. */
export function formatDifference({ path, from, to }: Difference): string {
  // A changed secret, or a change behind the cut: both sides look alike and differ nevertheless.
  const [before, after] = [show(from), show(to)];
  return `${path}: ${before} → ${after}${before === after ? ' (changed)' : ''}`;
}
