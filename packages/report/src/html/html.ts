// HTML that cannot forget to escape: every value put into a template is a text, unless it is HTML made here.

const made: unique symbol = Symbol('html');

export interface Html {
  readonly [made]: string;
}

/** What may stand in a template. `false`, null and undefined are nothing. */
export type Part = Html | string | number | false | null | undefined | readonly Part[];

/** `` html`<p class="${name}">${text}</p>` ``: texts are escaped for element contents and quoted attributes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const text = strings.reduce((sum, literal, index) => `${sum}${render(parts[index - 1])}${literal}`);
  return { [made]: text };
}

export function htmlText(value: Html): string {
  return value[made];
}

/** For texts of ours that are HTML already: the style sheet. */
export function verbatim(text: string): Html {
  return { [made]: text };
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeHtml(part);
  if (isHtml(part)) return part[made];
  return part.map(render).join('');
}

function isHtml(part: Html | readonly Part[]): part is Html {
  return made in part;
}

/**
 * Control characters (but for line ends and tabs) and the marks that turn the direction of writing become visible
 * replacements: with them a text could look like another one.
 */
function escapeHtml(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?![\n\t\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replaceAll('`', '&#96;');
}
