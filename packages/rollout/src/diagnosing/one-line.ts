// AWS's and Docker's texts in the middle of a sentence of ours.

const longest = 400;

/** On one line, without control characters, not endless, without the full stop at its end. */
export function oneLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  const short =
    line.length > longest
      ? `${Array.from(line)
          .slice(0, longest - 1)
          .join('')}…`
      : line;
  return short.replace(/\.$/u, '');
}
