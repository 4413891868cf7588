import { html } from './html.ts';
import type { Html } from './html.ts';

/** Is it an http or https address? Any other (`javascript:`, `data:`, `file:`) is never made a link. */
export function isWebAddress(address: string): boolean {
  return webAddress(address) !== null;
}

/** A link, when the address is an http or https one; any other address is shown as text. */
export function link(address: string, text: string = address): Html {
  const safe = webAddress(address);
  if (safe === null) return html`${address}`;
  return html`<a href="${safe}" rel="noopener noreferrer">${text}</a>`;
}

function webAddress(address: string): string | null {
  // URL is lenient with blanks: a text that begins with an address is a text.
  if (/[\s\p{Cc}]/u.test(address)) return null;
  const parsed = URL.canParse(address) ? new URL(address) : null;
  return parsed?.protocol === 'http:' || parsed?.protocol === 'https:' ? parsed.href : null;
}
