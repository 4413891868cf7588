// Offsets in a text to lines and columns, as an editor counts them.

export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Finds the line of an offset by halving; the starts of the lines are looked for once, when first asked. */
export class LineIndex {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  /** Lines and columns count from 1; a column is a UTF-16 unit. */
  at(offset: number): Position {
    const starts = (this.#starts ??= lineStarts(this.#text));
    const line = lastUpTo(starts, offset);
    return { line: line + 1, column: offset - (starts[line] ?? 0) + 1 };
  }
}

/** The index of the last of the ascending `starts` that is not beyond `offset`; 0 when all are. */
export function lastUpTo(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
