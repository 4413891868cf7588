import type { Diagnosis, LogTail } from '@bamboo-ecs/rollout';
import type { RunRecord } from '../../record/record.ts';
import { clockTime, utc } from '../../text/duration.ts';
import { withoutService } from '../../timeline/service-event.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { foldedText, shortName } from '../long-text.ts';

const confidences: Readonly<Record<NonNullable<Diagnosis['confidence']>, string>> = {
  certain: 'certain: AWS says so in as many words',
  likely: 'likely: several signs point there',
  possible: 'possible: one sign points there',
};

/** The likely cause of a failure, how sure it is, what speaks for it, the containers' last words, and what to do. */
export function diagnosisSection(record: RunRecord, diagnosis: RunRecord['diagnoses'][number]): Html {
  const time = clockOf(record, diagnosis.service);
  const { confidence, evidence, logs = [] } = diagnosis;
  return html`<section class="long">
    <h2>Diagnosis <span class="of">of ${shortName(diagnosis.service)}</span></h2>
    <div class="cause">${foldedText(diagnosis.sentence)}</div>
    <p class="muted">
      <code>${diagnosis.cause}</code>${confidence !== undefined && ` · ${confidences[confidence]}`}
    </p>
    ${diagnosis.advice !== record.todo && html`<div class="todo"><strong>What to do:</strong> ${foldedText(diagnosis.advice)}</div>`}
    ${
      logs.length > 0 &&
      html`<h3>Last words</h3>
        ${logs.map((log) => tail(log, time))}`
    }
    ${
      evidence.length > 0 &&
      html`<h3>Evidence</h3>
        <table class="stacked">
          <thead>
            <tr>
              <th scope="col">Time</th>
              <th scope="col">From</th>
              <th scope="col">What it says</th>
            </tr>
          </thead>
          <tbody>
            ${evidence.map(
              ({ at, kind, text }) =>
                html`<tr>
                  <td class="time">${at === undefined ? '' : time(at)}</td>
                  <td class="kind">${kind}</td>
                  <td class="mono">${withoutService(text, diagnosis.service)}</td>
                </tr>`,
            )}
          </tbody>
        </table>`
    }
  </section>`;
}

function tail({ container, task, where, lines, cut, note }: LogTail, time: (at: number) => string): Html {
  return html`<figure class="log">
    <figcaption>
      <strong>${container}</strong> of task <code>${task}</code> <span class="of">${where}</span>
    </figcaption>
    ${note !== undefined && html`<p class="muted">${note}</p>`}
    ${
      lines.length > 0 &&
      html`<ol>
        ${cut === true && html`<li class="cut">earlier lines are left away</li>`}${lines.map(
          ({ at, text }) =>
            html`<li>
              ${at !== undefined && html`<span class="time">${time(at)} </span>`}<code>${text}</code>
            </li>`,
        )}
      </ol>`
    }
  </figure>`;
}

/** Times count from the change, where there was one. */
function clockOf({ timelines }: RunRecord, name: string): (at: number) => string {
  const zero = timelines.find(({ service }) => service === name)?.startedAt;
  return (at) => {
    if (zero === undefined) return utc(at);
    const t = at - Date.parse(zero);
    return t <= -1000 ? `-${clockTime(-t)}` : `+${clockTime(t)}`;
  };
}
