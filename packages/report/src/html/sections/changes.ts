import type { Change } from '../../plan/change.ts';
import type { ChangeGroup } from '../../plan/changes.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';

/** Not in the template itself: the bundle of the images must be ASCII, and a tagged template cannot be escaped. */
const arrow = '→';

const wholes = { added: 'new', removed: 'goes away' } as const;

/** What changes, place by place; both sides of each change beside or under each other. */
export function changesOf(groups: readonly ChangeGroup[]): readonly Html[] {
  return groups.map(
    ({ title, whole, changes }) =>
      html`<h4>${title}${whole !== undefined && html` <span class="badge plain">${wholes[whole]}</span>`}</h4>
        <ul class="changes">
          ${changes.map(change)}
        </ul>`,
  );
}

function change({ what, from, to, of, hidden }: Change): Html {
  if (hidden === true)
    return html`<li>
      <span class="what">${what}</span><span class="sides">changed, and masked: <code>${to}</code></span>
    </li>`;
  return html`<li>
    <span class="what">${what}</span>
    <span class="sides"
      >${from !== null && html`<del><span class="hidden">runs now: </span><code>${from}</code></del>`}${from !== null && to !== null && html`<span class="arrow" aria-hidden="true">${arrow}</span>`}${to !== null && html`<ins><span class="hidden">will run: </span><code>${to}</code></ins>`}</span
    >${of !== undefined && html`<span class="of">${of}</span>`}
  </li>`;
}
