// A rendered template in pieces, each with the place in the template that it came from.

export type Piece =
  /** Text of the template; `length` characters from `start` on. */
  | { readonly kind: 'text'; readonly text: string; readonly start: number }
  /** Text that stands for another text of the template: a literal `${`, a value already escaped for JSON. */
  | { readonly kind: 'value'; readonly text: string; readonly start: number; readonly name?: string }
  | Hole;

/** A place whose value is not known: late, missing, withheld, or not fit for its place. */
export interface Hole {
  readonly kind: 'hole';
  /** As the template names it, `environment.desiredCount`. */
  readonly name: string;
  /** The name without `environment.`; undefined when it is not a late one. */
  readonly late: string | undefined;
  readonly quoted: boolean;
  readonly start: number;
}

/** What stands in for a hole while the JSON is read. */
export function standIn(hole: Hole): string {
  return hole.quoted ? hole.name : '0';
}
