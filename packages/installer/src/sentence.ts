// Texts that come from several places, joined so that they read as sentences.

/** One line that begins with a capital, unless it begins with a name, and ends with a full stop. */
export function asSentence(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  if (line === '') return '';
  // `hid-generator:2 is registered`, `ecs-svc/1 …`, `orders 1.0.0.RELEASE is back`: names keep their spelling.
  const named = /^\S*[-:/.\d_]|^\S+ \d+\.\d/u.test(line);
  const begun = named ? line : line.charAt(0).toUpperCase() + line.slice(1);
  return /[.!?]$/u.test(begun) ? begun : `${begun}.`;
}

/** The sentences one after the other; what is empty is left out. */
export function sentences(...texts: readonly (string | undefined)[]): string {
  return texts
    .map((text) => asSentence(text ?? ''))
    .filter((text) => text !== '')
    .join(' ');
}
