// The content of a descriptor: final JSON, or in late form with `${environment.x}` still to be filled in.
import type { Piece } from './pieces.ts';
import { latePrefix } from './template-name.ts';

/** Ends with a line break. Holes that are not late have been refused before. */
export function descriptorContent(pieces: readonly Piece[]): string {
  const late = pieces.some((piece) => piece.kind === 'hole' && piece.late !== undefined);
  const parts: string[] = [];
  let literal: string[] = [];
  for (const piece of pieces) {
    if (piece.kind !== 'hole') {
      literal.push(piece.text);
      continue;
    }
    parts.push(escapeLiteral(literal.join(''), true), `\${${latePrefix}${piece.late ?? ''}}`);
    literal = [];
  }
  const rest = literal.join('');
  parts.push(late ? escapeLiteral(rest, false) : rest);
  const text = parts.join('');
  return text.endsWith('\n') ? text : `${text}\n`;
}

/**
 * Text that is to be read back as itself: `${` is written `$${`. A `$` right before a placeholder would make the two a
 * literal; it can only stand in a JSON string there, where it has another spelling.
 */
function escapeLiteral(text: string, beforePlaceholder: boolean): string {
  const escaped = text.replaceAll('${', () => '$${');
  return beforePlaceholder && escaped.endsWith('$') ? `${escaped.slice(0, -1)}\\u0024` : escaped;
}
