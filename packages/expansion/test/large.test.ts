// Nothing that a user can give may hang or overflow.
import { describe, expect, test } from '@jest/globals';
import { expandTask, places, taskWith } from './expanding.ts';

const MiB = 1024 * 1024;
/** Milliseconds; far above what is needed on a busy machine, far below what a square of the size would take. */
const patience = 20_000;

function quickly(text: string, bamboo: Record<string, string> = {}): string[] {
  const started = performance.now();
  const { problems } = expandTask(text, { bamboo });
  expect(performance.now() - started).toBeLessThan(patience);
  return places(problems);
}
const filled = (part: string): string => part.repeat(Math.floor((MiB - 1000) / part.length));

describe('a template', () => {
  test.each([
    ['', 'is empty'],
    [' \n\t', 'white space'],
  ])('of nothing (%j)', (text, words) => {
    const { problems } = expandTask(text);
    expect(problems).toMatchObject([{ code: 'template-empty', message: expect.stringContaining(words) }]);
  });

  test('of 10 MiB is refused with its size', () => {
    const { problems } = expandTask(' '.repeat(10 * MiB));
    expect(problems).toMatchObject([
      { code: 'template-too-large', message: expect.stringContaining('10,485,760') },
    ]);
  });

  test('of few characters and many bytes is too large as well', () => {
    expect(quickly(`{"a": "${'漢'.repeat(MiB / 2)}"}`)[0]).toContain('template-too-large');
  });

  test('with half a character is refused', () => {
    expect(quickly('{\n "a": "\uD800"}')).toEqual(['error template-encoding 2:8']);
  });

  test.each([
    ['[', 'json-too-deep'],
    ['{"a":', 'json-too-deep'],
    ['${', 'template-tag-unclosed'],
    ['${#a}', 'template-section'],
    ['${/a}', 'template-section'],
    ['${a b}', 'template-name'],
    ['$${', 'json-too-deep'],
    ['${!c}', 'json-syntax'],
    ['"', 'json-syntax'],
    ['\\', 'json-syntax'],
    ['[]', 'json-syntax'],
    ['\n', 'template-empty'],
    ['// x\n', 'json-syntax'],
    ['{"a":1 "b":2}\n', 'json-syntax'],
  ])('full of %j', (part, code) => {
    expect(quickly(filled(part)).join()).toContain(code);
  });

  test.each([
    ['blanks in a placeholder', `"\${a${' '.repeat(MiB / 2)}b}"`, 'template-name'],
    ['blanks that end a placeholder', `"\${${' '.repeat(MiB / 2)}"`, 'template-tag-unclosed'],
    ['blanks in a comment', `"\${! ${' '.repeat(MiB / 2)} x }"`, 'unknown-member'],
    ['a long name', `"\${${'a'.repeat(MiB / 2)}}"`, 'template-name'],
    [
      'names that are all missing',
      Array.from({ length: 20_000 }, (_, index) => `"\${name${index}}"`).join(),
      'more-problems',
    ],
    ['sections in sections', `${'${#a}'.repeat(50_000)}${'${/a}'.repeat(50_000)}`, 'variable-missing'],
    ['sections that close wrongly', `${'${#a}'.repeat(50_000)}${'${/b}'.repeat(50_000)}`, 'template-section'],
  ])('with %s', (_what, text, code) => {
    expect(quickly(`{"a": ${text}}`).join()).toContain(code);
  });

  test.each([
    [
      'unknown members',
      Array.from({ length: 20_000 }, (_, index) => `"m${index}": 1`).join(),
      'more-problems',
    ],
    ['the same member', Array.from({ length: 20_000 }, () => `"m": 1`).join(), 'more-problems'],
    [
      'late variables',
      Array.from({ length: 10_000 }, (_, index) => `"m${index}": "\${environment.e${index}}"`).join(),
      'more-problems',
    ],
  ])('with thousands of %s', (_what, members, code) => {
    expect(quickly(`{ ${members} }`).join()).toContain(code);
  });

  test('with more entries than a call can have arguments', () => {
    expect(quickly(`{"containerDefinitions": [${'1,'.repeat(200_000)}1]}`).join()).toContain('more-problems');
  });

  test('that becomes too large by its values', () => {
    const text = taskWith(`"hostname": "${'${x}'.repeat(1000)}"`);
    expect(quickly(text, { x: 'x'.repeat(100_000) })).toEqual(['error template-too-large -:-']);
  });
});
