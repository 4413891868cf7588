import type { RunRecord } from '../../record/record.ts';
import { duration } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { isWebAddress, link } from '../link.ts';
import { between, moment } from '../moment.ts';

interface Fact {
  readonly name: string;
  readonly value: Part;
  /** The value as text, to tell whether a row of the summary says the same again. */
  readonly text: string;
  /** Long values take the whole width. */
  readonly full?: true;
}

/** Where, when, from what; what is not known is left out, and nothing is said twice. */
export function facts(record: RunRecord): Html {
  const { build, deployment } = record;
  const { startedAt, finishedAt } = record;
  const shown = [
    fact('Project', record.project),
    fact('Version', record.version),
    fact('Environment', record.environment ?? deployment.environment),
    fact(record.services.length > 1 ? 'Services' : 'Service', record.services.join(', ')),
    fact('Cluster', record.cluster),
    fact('Region', record.region),
    fact('Account', record.account),
    fact('Started', moment(startedAt)),
    fact('Took', duration(between(startedAt, finishedAt))),
    fact('Build', build.key),
    // `HID-GEN-15` says it already.
    fact('Build number', build.key?.endsWith(`-${build.number}`) === true ? null : build.number),
    fact('Branch', build.branch),
    code('Revision', build.revision),
    code('Identity', record.identity),
    code('Manifest sha256', record.manifestSha256),
    address('Release folder', record.releaseUrl),
  ];
  const known = shown.filter((one) => one !== null);
  const rows = [...known, ...furtherRows(record, known)];
  return html`<section>
    <h2>Facts</h2>
    <dl class="facts">
      ${rows.map(
        ({ name, value, full }) =>
          html`<div${full === true && html` class="full"`}>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>
  </section>`;
}

/** Rows of the log's summary whose name or value does not stand here or elsewhere on the page. */
function furtherRows(record: RunRecord, known: readonly Fact[]): readonly Fact[] {
  const elsewhere = ['release', 'plan', 'verdict', 'roll-back'];
  const names = new Set([...elsewhere, ...known.map(({ name }) => name.toLowerCase())]);
  const texts = new Set(known.map(({ text }) => text));
  return record.summary.flatMap(([name, value]) => {
    if (names.has(name.toLowerCase()) || texts.has(value)) return [];
    return [{ name, text: value, value: isWebAddress(value) ? link(value) : value, full: true } as const];
  });
}

function fact(name: string, value: string | null): Fact | null {
  return value === null || value === '' ? null : { name, value, text: value };
}

function code(name: string, value: string | null): Fact | null {
  return value === null ? null : { name, value: html`<code>${value}</code>`, text: value, full: true };
}

function address(name: string, value: string | null): Fact | null {
  return value === null || value === '' ? null : { name, value: link(value), text: value, full: true };
}
