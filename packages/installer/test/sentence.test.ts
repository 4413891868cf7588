import { expect, test } from '@jest/globals';
import { asSentence, sentences } from '../src/sentence.ts';

test.each([
  ['', ''],
  ['  ', ''],
  ['it failed', 'It failed.'],
  ['It failed.', 'It failed.'],
  ['two\r\n  lines', 'Two lines.'],
  ['hid-generator:2 is back', 'hid-generator:2 is back.'],
  ['ecs-svc/12 is PRIMARY', 'ecs-svc/12 is PRIMARY.'],
  ['1.0.15.RELEASE runs already', '1.0.15.RELEASE runs already.'],
  ['orders 1.0.0.RELEASE is installed', 'orders 1.0.0.RELEASE is installed.'],
  ['after 3 minutes', 'After 3 minutes.'],
  ['why?', 'Why?'],
])('%j is the sentence %j', (text, sentence) => {
  expect(asSentence(text)).toBe(sentence);
});

test('sentences are joined, what is empty is left out', () => {
  expect(sentences('one', undefined, '', 'Two.', 'three!')).toBe('One. Two. Three!');
});
