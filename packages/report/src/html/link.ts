import { html } from './html.ts';
import type { Html } from './html.ts';

/** A link, when the address is an http or https one; any other address (`javascript:`, `data:`, `file:`) is shown as text. */
export function link(address: string, text: string = address): Html {
  const safe = URL.canParse(address) ? new URL(address) : undefined;
  if (safe?.protocol !== 'http:' && safe?.protocol !== 'https:') return html`${address}`;
  return html`<a href="${safe.href}" rel="noopener noreferrer">${text}</a>`;
}
