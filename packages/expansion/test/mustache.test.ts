// Placeholders, sections, comments and the blank lines that they leave: as mustache itself renders them.
import { expect, test } from '@jest/globals';
import mustache from 'mustache';
import { parseTemplate } from '../src/parse-template.ts';
import { render } from '../src/render.ts';
import { SourceMap } from '../src/source-map.ts';
import { findTags } from '../src/tags.ts';
import { Page } from '../src/template-source.ts';
import * as valueFaults from '../src/value-faults.ts';
import type { TemplateVariable } from '../src/variables.ts';

const values: Readonly<Record<string, string>> = { a: '7', b: '8', empty: '' };
const variable = (name: string): TemplateVariable | undefined =>
  values[name] === undefined
    ? undefined
    : { name, value: values[name], origin: 'bamboo', environment: `bamboo_${name}`, secret: false };

test('random templates render as with mustache', () => {
  let seed = 11;
  const random = (below: number): number => (seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31) % below;
  const parts = [
    '${a}',
    '${ b }',
    '${#a}',
    '${/a}',
    '${^a}',
    '${#empty}',
    '${/empty}',
    '${^empty}',
    '${! c }',
    '${!\n}',
    'x',
    ' ',
    '\t',
    '\n',
    '\n',
    '$',
    '$${',
    '{',
    '}',
    '#',
  ];
  const differences: string[] = [];
  let compared = 0;
  for (let round = 0; round < 40_000; round++) {
    const text = Array.from({ length: 1 + random(14) }, () => parts[random(parts.length)]).join('');
    const page = new Page('t', text);
    const tags = findTags(page);
    // A literal is our own addition.
    if (tags.problems.length > 0 || tags.literals.length > 0) continue;
    compared++;
    const { pieces } = render(page, parseTemplate(text, tags), tags.literals, {
      find: variable,
      ...valueFaults,
    });
    const expected = mustache.render(text, values, {}, { tags: ['${', '}'], escape: String });
    const map = new SourceMap(pieces);
    if (map.text !== expected) differences.push(text);
    // Each character of the template's own text is found again where it stood.
    for (let at = 0; at < expected.length; at++) {
      const from = text[map.origin(at)];
      if (from !== '$' && from !== expected[at]) differences.push(`${text} at ${at}`);
    }
  }
  expect(differences).toEqual([]);
  expect(compared).toBeGreaterThan(3000);
});
