// From an offset in the rendered text back to the template.
import { lastUpTo } from './line-index.ts';
import { type Hole, type Piece, standIn } from './pieces.ts';

export interface PlacedHole {
  readonly hole: Hole;
  /** In the rendered text, with the stand-in at its place. */
  readonly start: number;
  readonly end: number;
}

export class SourceMap {
  readonly text: string;
  readonly holes: readonly PlacedHole[];
  readonly #pieces: readonly Piece[];
  readonly #starts: readonly number[];

  constructor(pieces: readonly Piece[]) {
    const starts: number[] = [];
    const holes: PlacedHole[] = [];
    const texts: string[] = [];
    let at = 0;
    for (const piece of pieces) {
      const text = piece.kind === 'hole' ? standIn(piece) : piece.text;
      starts.push(at);
      texts.push(text);
      if (piece.kind === 'hole') holes.push({ hole: piece, start: at, end: at + text.length });
      at += text.length;
    }
    this.text = texts.join('');
    this.holes = holes;
    this.#pieces = pieces;
    this.#starts = starts;
  }

  /** The offset in the template. What stands in a value belongs to its placeholder; the end of the text to the last piece. */
  origin(offset: number): number {
    const index = lastUpTo(this.#starts, offset);
    const piece = this.#pieces[index];
    if (!piece) return 0;
    return piece.kind === 'text' ? piece.start + offset - (this.#starts[index] ?? 0) : piece.start;
  }

  /** The name of the first variable whose value lies between two offsets. */
  variableBetween(start: number, end: number): string | undefined {
    for (let index = lastUpTo(this.#starts, start); (this.#starts[index] ?? end) < end; index++) {
      const piece = this.#pieces[index];
      if (piece && piece.kind !== 'text' && piece.name !== undefined) return piece.name;
    }
    return undefined;
  }
}
