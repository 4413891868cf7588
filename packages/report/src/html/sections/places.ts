import { isAsItShouldBe, type ServiceStatus, type StatusPause } from '@bamboo-ecs/rollout';
import type { RunRecord } from '../../record/record.ts';
import { pauseSentence, statusFacts } from '../../text/status-facts.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { foldedText, shortName } from '../long-text.ts';
import type { Told } from '../told.ts';
import { signs } from '../tone.ts';
import type { Tone } from '../tone.ts';

/** What `status` found at each place; those that are not as they should be first. */
export function placesSection({ statuses = [], finishedAt }: RunRecord, told: Told): readonly Html[] {
  const at = Date.parse(finishedAt);
  const sorted = statuses.toSorted((a, b) => Number(isAsItShouldBe(a)) - Number(isAsItShouldBe(b)));
  return sorted.map((status) => place(status, at, told));
}

function place(status: ServiceStatus, at: number, told: Told): Html {
  const { environment, service, cluster, sentence, drift, notes, pauses = [] } = status;
  return html`<section class="long">
    <h2>
      <bdi>${shortName(environment ?? service)}</bdi>
      <span class="of"
        >${environment !== null && html`${shortName(service)} `}in cluster ${shortName(cluster)}</span
      >
    </h2>
    <div class="lead">${badge(status)} ${!told(sentence) && foldedText(sentence)}</div>
    ${pauses.map((pause) => paused(pause, at))}
    ${
      drift.length > 0 &&
      html`<h3>Changed by hand</h3>
        <ul>
          ${drift.map((text) => html`<li>${text}</li>`)}
        </ul>`
    }
    <dl class="facts">
      ${statusFacts(status, at).map(
        ([name, value]) =>
          html`<div class="full">
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
    ${notes.map((note) => html`<p class="muted">${note}</p>`)}
  </section>`;
}

function badge(status: ServiceStatus): Html {
  const tone = toneOf(status);
  return html`<span class="badge ${tone}"
    ><span aria-hidden="true">${signs[tone]} </span>${status.health}</span
  >`;
}

function toneOf(status: ServiceStatus): Tone {
  if (isAsItShouldBe(status)) return 'good';
  return status.health === 'unhealthy' || status.health === 'absent' ? 'bad' : 'careful';
}

/** The commands are for copying. */
function paused(pause: StatusPause, at: number): Html {
  return html`<div class="todo">
    <strong>Paused:</strong> ${pauseSentence(pause, at)}<br />To go on: <code>${pause.goOn}</code><br />To go
    back: <code>${pause.goBack}</code>
  </div>`;
}
