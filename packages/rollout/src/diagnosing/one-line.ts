// AWS's and Docker's texts in the middle of a sentence of ours.

const longest = 400;
/** Of what is too long the beginning says where, the end says why. */
const tailShare = 0.4;

/** On one line, without control characters, not endless (cut in the middle), without the full stop at its end. */
export function oneLine(text: string, most = longest): string {
  const line = text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .replace(/\.$/u, '');
  const characters = Array.from(line.slice(0, 10 * most));
  if (line.length <= most || characters.length <= most) return line;
  const tail = Math.floor(most * tailShare);
  const end = line.length > 10 * most ? Array.from(line.slice(-2 * tail)) : characters;
  const head = characters
    .slice(0, most - tail - 3)
    .join('')
    .trimEnd();
  return `${head} … ${end.slice(-tail).join('').trimStart()}`;
}
