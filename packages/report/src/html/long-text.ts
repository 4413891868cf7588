// Texts that are longer than a screen: names are shortened in headings, sentences folded. Nothing is lost, the whole stands on the page.
import { html } from './html.ts';
import type { Html } from './html.ts';

/** ECS allows names of 255 characters: of a longer name in a heading the beginning and the end are shown. */
const longestName = 60;
/** More of a sentence is folded away, so that what to do stays on the first screen. */
const longestSentence = 700;

const ellipsis = '…';

export function shortName(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= longestName) return name;
  return `${characters.slice(0, longestName - 20).join('')}${ellipsis}${characters.slice(-19).join('')}`;
}

/** The text, or its beginning and the rest behind a summary that opens it. */
export function foldedText(text: string): Html {
  const characters = Array.from(text);
  if (characters.length <= longestSentence * 1.2) return html`${text}`;
  const beginning = characters.slice(0, longestSentence).join('');
  const blank = beginning.lastIndexOf(' ');
  const shown = blank > longestSentence / 2 ? beginning.slice(0, blank) : beginning;
  return html`${shown}${ellipsis}
    <details>
      <summary>The rest of it</summary>
      ${ellipsis}${text.slice(shown.length)}
    </details>`;
}
