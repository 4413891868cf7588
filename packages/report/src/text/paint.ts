/** Colours of the log: by what a line means, so that every block uses the same. */
export interface Paint {
  readonly heading: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly careful: (text: string) => string;
  readonly faint: (text: string) => string;
}

const plainPaint: Paint = { heading: same, good: same, bad: same, careful: same, faint: same };

/** ECMA-48 "Select Graphic Rendition"; each line is closed again, because Bamboo puts its own text before each line. */
const colourPaint: Paint = {
  heading: rendition(1, 22),
  good: rendition(32, 39),
  bad: rendition(31, 39),
  careful: rendition(33, 39),
  faint: rendition(2, 22),
};

export function paintFor(colour: boolean): Paint {
  return colour ? colourPaint : plainPaint;
}

function same(text: string): string {
  return text;
}

function rendition(on: number, off: number): (text: string) => string {
  return (text) => (text === '' ? '' : `\u001b[${on}m${text}\u001b[${off}m`);
}
