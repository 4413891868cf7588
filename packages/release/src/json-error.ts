// What `JSON.parse` threw, as a reason and a place.
import type { Place } from './problem.ts';
import { placeAt } from './text-place.ts';

export interface JsonError {
  readonly reason: string;
  readonly place: Pick<Place, 'line' | 'column'>;
}

/** The reason comes without the piece of the text that V8 quotes: the text may hold what does not belong into a log. */
export function explainJsonError(error: unknown, text: string): JsonError {
  const message = messageOf(error);
  const position = /at position (\d+)/.exec(message)?.[1];
  const [reason = ''] = message.split(/, | in JSON| at position /, 1);
  return { reason, place: placeAt(text, position === undefined ? unexpectedOffset(text) : Number(position)) };
}

/**
 * V8 names no position for "Unexpected token". The text up to that token ends too early, the text with it is wrong; so the
 * shortest beginning that is wrong is found by halving.
 */
function unexpectedOffset(text: string): number {
  let right = text.length;
  let left = 0;
  while (left < right) {
    const middle = (left + right) >> 1;
    if (hasUnexpectedToken(text.slice(0, middle + 1))) right = middle;
    else left = middle + 1;
  }
  return left;
}

function hasUnexpectedToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return messageOf(error).startsWith('Unexpected token');
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
