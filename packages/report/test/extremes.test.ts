// Pages at the edges: the first screen says the outcome, why and what to do, whatever stands in the record.
import { describe, expect, test } from '@jest/globals';
import { XMLValidator } from 'fast-xml-parser';
import { renderRecordHtml } from '../src/index.ts';
import type { RunRecord } from '../src/index.ts';
import { foldedText, shortName } from '../src/html/long-text.ts';
import { htmlText } from '../src/html/html.ts';
import { extremes } from './histories/extremes.ts';

/** What a reader sees: no style, no tags, single blanks. */
function visible(html: string): string {
  return html
    .replace(/<head>[\s\S]*?<\/head>/u, '')
    .replace(/<[^>]*>/gu, ' ')
    .replace(/\s+/gu, ' ');
}

function extreme(name: string): { readonly record: RunRecord; readonly html: string } {
  const record = extremes.get(name);
  if (record === undefined) throw new Error(`there is no record ${name}`);
  return { record, html: renderRecordHtml(record) };
}

const times = (text: string, part: string): number => text.split(part).length - 1;

describe.each([...extremes])('%s', (_name, record) => {
  const html = renderRecordHtml(record);

  test('is well-formed, and no page that a phone has trouble with', () => {
    const body = html
      .slice(html.indexOf('<body>'), html.indexOf('</html>'))
      .replaceAll('<details open>', '<details>')
      .replaceAll('<br>', '<br/>');
    expect(XMLValidator.validate(body)).toBe(true);
    expect(html.length).toBeLessThan(300_000);
    expect(/NaN|Infinity|undefined/u.exec(visible(html))?.[0]).toBeUndefined();
  });

  test('outcome, why and what to do stand before everything else, in a screenful', () => {
    const header = html.slice(html.indexOf('<header'), html.indexOf('</header>'));
    const first = visible(header.replaceAll(/<details>[\s\S]*?<\/details>/gu, ''));
    expect(first.length).toBeLessThan(2500);
    expect(first).toMatch(/Failed|Refused|Installed/u);
    if (record.todo !== null) expect(first).toContain('What to do:');
  });
});

describe('a refused plan', () => {
  test('for one reason says it once, and what to do once', () => {
    const { record, html } = extreme('refused-once');
    const text = visible(html);
    expect(times(text, record.sentence)).toBe(1);
    expect(times(text, record.todo ?? '')).toBe(1);
    expect(text).not.toContain('Problems');
    expect(text).toMatch(/error room said above .* Forecast ✕ it will get stuck for the reason above/u);
    expect(text).toContain('warning log-group The log group /ecs/web does not exist.');
  });

  test('for two reasons lists both, each once', () => {
    const { record, html } = extreme('refused-twice');
    const text = visible(html);
    expect(text).toContain('Problems (2)');
    for (const { message } of record.problems) expect(times(text, message)).toBe(1);
    expect(text).toMatch(/error room said above .* error secret said above/u);
  });

  test('a problem with a place of its own is listed, even when it is the sentence', () => {
    const { record } = extreme('refused-once');
    const problems = record.problems.map((one) => ({ ...one, place: { file: 'service-update.json' } }));
    expect(visible(renderRecordHtml({ ...record, problems }))).toContain('Problems (1) service-update.json');
  });

  test('by what happened before says the reason once, too', () => {
    const { record } = extreme('refused-once');
    const failed = {
      ...record,
      problems: [],
      plans: record.plans.map((plan) => ({
        ...plan,
        action: 'refuse-failed' as const,
        reason: record.sentence,
        hint: record.todo,
        findings: [],
        forecast: null,
      })),
    };
    const text = visible(renderRecordHtml(failed));
    expect(times(text, record.sentence)).toBe(1);
    expect(times(text, record.todo ?? '')).toBe(1);
    expect(text).toContain('refused: it failed here before');
  });
});

test('of twelve services those in trouble come first, each with its own ways to AWS', () => {
  const { html } = extreme('twelve-services');
  const order = [...html.matchAll(/<h2>Rollout <span class="of">of ([^<]*)</gu)].map(([, name]) => name);
  expect(order.slice(0, 3)).toEqual(['shop-service-05', 'shop-service-08', 'shop-service-01']);
  const verdicts = [...visible(html).matchAll(/Rollout of (shop-service-\d+): ([✓!✕])/gu)];
  expect(verdicts.slice(0, 3).map(([, name, sign]) => `${name} ${sign}`)).toEqual([
    'shop-service-05 ✕',
    'shop-service-08 !',
    'shop-service-01 ✓',
  ]);
  const header = html.slice(html.indexOf('<header'), html.indexOf('</header>'));
  expect(header).not.toContain('console.aws.amazon.com');
  expect(html.match(/<nav aria-label="Elsewhere: shop-service-\d+"/gu)).toHaveLength(12);
});

test('a name from right to left turns none of its neighbours round', () => {
  const { html } = extreme('scripts');
  expect(html).toContain('<h1><bdi>دفع-🚀</bdi> <bdi>1.0.16.RELEASE</bdi> on <bdi>الإنتاج</bdi></h1>');
});

describe('texts that are too long', () => {
  test('of a long sentence nothing is lost', () => {
    const { record, html } = extreme('endless');
    expect(visible(html).replaceAll('… The rest of it … ', '')).toContain(visible(record.sentence).trim());
    expect(html).toContain('<summary>The rest of it</summary>');
  });

  test('a long name keeps its beginning and its end; a character of four bytes stays whole', () => {
    expect(shortName('web')).toBe('web');
    expect(shortName('x'.repeat(60))).toBe('x'.repeat(60));
    const short = shortName(`begin-${'🚀'.repeat(300)}-end`);
    expect(Array.from(short)).toHaveLength(60);
    expect(short).toMatch(/^begin-🚀+…🚀+-end$/u);
    expect(short.isWellFormed()).toBe(true);
  });

  test.each([
    ['without a blank', '🚀'.repeat(2000)],
    ['with blanks', 'ab '.repeat(600).trimEnd()],
    ['empty', ''],
    ['just long enough', 'x'.repeat(840)],
  ])('folded, %s: beginning and rest are the whole', (_what, text) => {
    const folded = htmlText(foldedText(text)).replace(/…\s*<details>[\s\S]*<\/summary>\s*…/u, '');
    expect(folded.replace(/\s*<\/details>$/u, '')).toBe(text);
  });
});
