import type { Sample } from '../../timeline/sample.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { healthLayers } from '../picture/health.ts';

const targetWords: Readonly<Record<(typeof healthLayers)[number], string>> = {
  healthy: 'healthy targets',
  initial: 'targets being checked',
  unhealthy: 'unhealthy targets',
  draining: 'draining targets',
  other: 'other targets',
};

/** What the colours and signs of the picture mean, of those that are in it. */
export function legend(samples: readonly Sample[]): Html {
  const has = (figure: (sample: Sample) => number): boolean => samples.some((sample) => figure(sample) > 0);
  const area = (name: string): Html => html`<rect class="${name}" width="22" height="12" />`;
  return html`<ul class="legend">
    ${entry(area('new'), 'new')} ${has(({ old }) => old) && entry(area('old'), 'old')}
    ${has(({ pending }) => pending) && entry(area('starting'), 'starting')}
    ${
      has(({ restored }) => restored) &&
      entry(
        html`<rect class="restored restored-ground" width="22" height="12" /><path
            class="restored-hatch"
            d="M4,12L10,0M10,12L16,0M16,12L22,0"
          />`,
        'restored by the roll-back',
      )
    }
    ${entry(html`<path class="desired" d="M0,6H22" />`, 'desired')}
    ${has(({ failed }) => failed) && entry(html`<path class="failed" d="M7,2l8,8m0,-8l-8,8" />`, 'failed tasks')}
    ${healthLayers.map((layer) => has(({ targets }) => targets?.[layer] ?? 0) && entry(area(`target ${layer}`), targetWords[layer]))}
  </ul>`;
}

function entry(sign: Html, words: string): Html {
  return html`<li><svg viewBox="0 0 22 12" aria-hidden="true">${sign}</svg>${words}</li>`;
}
