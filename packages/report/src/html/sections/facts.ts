import type { RunRecord } from '../../record/record.ts';
import { duration, utc } from '../../text/duration.ts';
import { html } from '../html.ts';
import type { Html, Part } from '../html.ts';
import { link } from '../link.ts';

interface Fact {
  readonly name: string;
  readonly value: Part;
  /** Long values take the whole width. */
  readonly full?: boolean;
}

/** Where, when, from what; what is not known is left out. */
export function facts(record: RunRecord): Html {
  const { build, deployment } = record;
  const shown: readonly (Fact | false)[] = [
    fact('Environment', record.environment ?? deployment.environment),
    fact('Cluster', record.cluster),
    fact('Service', record.services.join(', ')),
    fact('Region', record.region),
    fact('Account', record.account),
    { name: 'Started', value: utc(Date.parse(record.startedAt)) },
    { name: 'Took', value: duration(Date.parse(record.finishedAt) - Date.parse(record.startedAt)) },
    fact('Build', build.key),
    fact('Build number', build.number),
    fact('Branch', build.branch),
    fact('Revision', build.revision),
    code('Identity', record.identity),
    code('Manifest', record.manifestSha256 === null ? null : `sha256 ${record.manifestSha256}`),
    address('Build result', build.url),
    address('Deployment', deployment.resultsUrl),
    ...record.summary.map(([name, value]): Fact => ({ name, value, full: true })),
  ];
  const known = shown.filter((one) => one !== false);
  return html`<section>
    <h2>Facts</h2>
    <dl class="facts">
      ${known.map(
        ({ name, value, full }) =>
          html`<dt>${name}</dt><dd${full === true && html` class="full"`}>${value}</dd>`,
      )}
    </dl>
  </section>`;
}

function fact(name: string, value: string | null): Fact | false {
  return value !== null && value !== '' && { name, value };
}

function code(name: string, value: string | null): Fact | false {
  return value !== null && { name, value: html`<code>${value}</code>`, full: true };
}

function address(name: string, value: string | null): Fact | false {
  return value !== null && value !== '' && { name, value: link(value), full: true };
}
