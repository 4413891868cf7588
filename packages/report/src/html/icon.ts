// Small pictures for outcomes. Each has a shape of its own, for those who do not see its colour.
import { html } from './html.ts';
import type { Html } from './html.ts';

const shapes = {
  check: 'M6 12.5l4 4 8-9',
  cross: 'M7.5 7.5l9 9M16.5 7.5l-9 9',
  stop: 'M6.5 12h11',
  back: 'M9 6L5.5 9.5 9 13M6 9.5h7.5a4 4 0 0 1 0 8H9',
  clock: 'M12 7v5.5l3.5 2',
  swap: 'M7 9h10l-3-3M17 15H7l3 3',
  question: 'M9 9.2a3 3 0 1 1 4.3 2.7c-.9.5-1.3 1-1.3 2M12 17.2v.3',
  pause: 'M9.5 8v8M14.5 8v8',
  same: 'M7 10h10M7 14h10',
  list: 'M8 8h9M8 12h9M8 16h6',
} as const;

export type IconName = keyof typeof shapes;

/** Round and filled with the colour of its surroundings; the words beside it say the same. */
export function icon(name: IconName): Html {
  return html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
    <circle cx="12" cy="12" r="12" />
    <path d="${shapes[name]}" />
  </svg>`;
}
