// What the checks before the installation found, and how the rollout will go.
import type { Finding, Forecast } from '@bamboo-ecs/rollout';
import { duration } from '../../text/duration.ts';
import { isRefusedFor } from '../../text/forecast.ts';
import { html } from '../html.ts';
import type { Html } from '../html.ts';
import { signs } from '../tone.ts';
import type { Told } from '../told.ts';
import type { Tone } from '../tone.ts';

const levels = ['error', 'warning', 'note'] as const;
const toneOf: Readonly<Record<Finding['level'], Tone>> = {
  error: 'bad',
  warning: 'careful',
  note: 'neutral',
};

/** Errors first; nothing when nothing was found. Of one that is `told` above only its name. */
export function findingsOf(findings: readonly Finding[], told: Told): Html | null {
  if (findings.length === 0) return null;
  const sorted = levels.flatMap((level) => findings.filter((finding) => finding.level === level));
  return html`<h3>Checked before</h3>
    <ul class="findings">
      ${sorted.map(({ level, check, message, hint }) => {
        const tone = toneOf[level];
        return html`<li>
          <span class="badge ${tone}"
            ><span aria-hidden="true">${level === 'note' ? 'i' : signs[tone]} </span>${level}</span
          >
          <code class="muted">${check}</code>
          ${told(message) ? html`<span class="of">said above</span>` : [message, hint !== undefined && html`<span class="hint">${hint}</span>`]}
        </li>`;
      })}
    </ul>`;
}

const outcomes: Readonly<Record<Forecast['outcome'], readonly [Tone, string]>> = {
  finishes: ['good', 'it will finish'],
  stuck: ['bad', 'it will get stuck'],
  unknown: ['neutral', 'cannot be foretold'],
};

/** The simulated rollout: its end, its lowest point, its steps, and what would make it work. */
export function forecastOf(forecast: Forecast | null, findings: readonly Finding[]): Html | null {
  if (forecast === null) return null;
  const { outcome, sentence, lowest, expectedMs, expectedPlus, change, otherChanges = [], steps } = forecast;
  const told = isRefusedFor(forecast, findings);
  const [tone, words] = outcomes[outcome];
  const figures = [
    lowest !== undefined && `at the lowest ${lowest.running} of ${lowest.desired} tasks serve`,
    expectedMs !== undefined &&
      `about ${duration(expectedMs)}${expectedPlus === undefined ? '' : ` plus ${expectedPlus}`}`,
  ].filter((text) => text !== false);
  return html`<h3>Forecast</h3>
    <p>
      <span class="badge ${tone}"
        ><span aria-hidden="true">${tone === 'neutral' ? '?' : signs[tone]} </span>${words}</span
      >
      ${told ? 'for the reason above' : sentence}${figures.length > 0 && html` <span class="of">${figures.join(', ')}</span>`}
    </p>
    ${change !== undefined && !told && html`<p class="todo"><strong>The smallest change that makes it work:</strong> ${change}${otherChanges.length > 0 && html`<br />Each of these would do, too: ${otherChanges.join('; ')}`}</p>`}
    ${steps.length > 0 && course(steps)}`;
}

function course(steps: Forecast['steps']): Html {
  return html`<details${steps.length <= 12 && html` open`}><summary>Step by step (${steps.length})</summary><table>
    <thead>
      <tr>
        <th scope="col" class="figure">Step</th>
        <th scope="col">What ECS does</th>
        <th scope="col" class="figure">New</th>
        <th scope="col" class="figure">Old</th>
      </tr>
    </thead>
    <tbody>
      ${steps.map(
        ({ text, newRunning, oldRunning }, index) =>
          html`<tr>
            <td class="figure">${index + 1}</td>
            <td>${text}</td>
            <td class="figure">${newRunning}</td>
            <td class="figure">${oldRunning}</td>
          </tr>`,
      )}
    </tbody>
  </table></details>`;
}
