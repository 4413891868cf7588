// From an offset in a text to a line and a column, both from 1.
import type { Place } from './problem.ts';

export function placeAt(text: string, offset: number): Required<Pick<Place, 'line' | 'column'>> {
  const before = text.slice(0, Math.max(0, offset));
  const lines = before.split('\n');
  return { line: lines.length, column: (lines.at(-1) ?? '').length + 1 };
}
