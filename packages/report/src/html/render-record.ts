import { createHash } from 'node:crypto';
import type { RunRecord } from '../record/record.ts';
import { utc } from '../text/duration.ts';
import { html, htmlText, verbatim } from './html.ts';
import { detailsSection } from './sections/details.ts';
import { facts } from './sections/facts.ts';
import { diagnosisSection, problemSection, verdictSection } from './sections/findings.ts';
import { headline, titleOf } from './sections/headline.ts';
import { planSection } from './sections/plan.ts';
import { rollout } from './sections/rollout.ts';
import { style } from './style.ts';

/** The policy allows this one style sheet and nothing else: no script, no picture, no font, no form, from nowhere. */
const styleHash = createHash('sha256').update(style).digest('base64');
/** In one piece: the hash is over every character between the tags. */
const styleElement = verbatim(`<style>${style}</style>`);
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; img-src data:; base-uri 'none'; form-action 'none'`;

/**
 * The record as one HTML page that needs nothing else: no script, no other file, no network. Readable on a phone, in the
 * dark and on paper. Every text of the record is shown as text, whatever it holds; addresses become links only when they
 * are http or https.
 */
export function renderRecordHtml(record: RunRecord): string {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${policy}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${record.outcome}: ${titleOf(record)}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          ${headline(record)} ${problemSection(record.problems)}
          ${record.diagnoses.map((diagnosis) => diagnosisSection(record, diagnosis))}
          ${verdictSection(record)}
          ${record.timelines.map((timeline, index) => rollout(timeline, record.verdicts, index))}
          ${record.plans.map(planSection)} ${facts(record)} ${detailsSection(record)}
        </main>
        <footer>
          Written by bamboo-ecs ${record.program} ${record.programVersion} at
          ${utc(Date.parse(record.finishedAt))}; record schema ${record.schema}. All times in UTC.
        </footer>
      </body>
    </html> `;
  return htmlText(page);
}
