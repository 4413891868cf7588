import type { RunRecord } from '../record/record.ts';
import { documentText } from './document.ts';
import { html } from './html.ts';
import { moment } from './moment.ts';
import { detailsSection } from './sections/details.ts';
import { facts } from './sections/facts.ts';
import { diagnosisSection } from './sections/diagnosis.ts';
import { headline, statusOfRecord, titleOf } from './sections/headline.ts';
import { placesSection } from './sections/places.ts';
import { planSection } from './sections/plan.ts';
import { problemSection } from './sections/problems.ts';
import { rollout } from './sections/rollout.ts';
import { troubledFirst, verdictSection } from './sections/verdict.ts';
import { toldAbove } from './told.ts';

/**
 * The record as one HTML page that needs nothing else: no script, no other file, no network. Readable on a phone, in the
 * dark and on paper. Every text of the record is shown as text, whatever it holds; addresses become links only when they
 * are http or https.
 */
export function renderRecordHtml(record: RunRecord): string {
  const told = toldAbove(record);
  return documentText({
    title: `${statusOfRecord(record).words}: ${titleOf(record)}`,
    main: html`${headline(record)} ${problemSection(record)} ${placesSection(record, told)}
    ${record.diagnoses.map((diagnosis) => diagnosisSection(record, diagnosis))} ${verdictSection(record)}
    ${troubledFirst(record, record.timelines).map((timeline, index) => rollout(record, timeline, index))}
    ${troubledFirst(record, record.plans).map((plan) => planSection(plan, told))} ${facts(record)}
    ${detailsSection(record)}`,
    footer: html`Written by bamboo-ecs ${record.program} ${record.programVersion} at
    ${moment(record.finishedAt)}; record schema ${record.schema}. All times in UTC.`,
  });
}
