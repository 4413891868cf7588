import { expect, test } from '@jest/globals';
import { formatProperties } from '../src/index.ts';

test('a line for each key, in the order given', () => {
  const text = formatProperties({
    version: '1.0.15.RELEASE',
    published: 'true',
    'manifest.sha256': 'a'.repeat(64),
    identity: '',
  });
  expect(text).toBe(`version=1.0.15.RELEASE\npublished=true\nmanifest.sha256=${'a'.repeat(64)}\nidentity=\n`);
});

test('of nothing is nothing', () => {
  expect(formatProperties({})).toBe('');
});

test.each([
  ['feature/x=y', 'feature/x=y'],
  ['https://h:8081/a?b=c&d#e', 'https://h:8081/a?b=c&d#e'],
  ['a\nversion=9.9.9.RELEASE', 'a version=9.9.9.RELEASE'],
  ['a\r\n\tb', 'a b'],
  ['a\u2028b\u0085c', 'a b c'],
  [' a ', 'a'],
  ['\n', ''],
  ['C:\\x', 'C:/x'],
  ['${bamboo.secret}', '?{bamboo.secret}'],
  ['größe', 'gr??e'],
  ['💥', '?'],
  ['\uD800', '?'],
  ['x'.repeat(5000), 'x'.repeat(1000)],
])('%j survives as %j', (value, line) => {
  expect(formatProperties({ reason: value })).toBe(`reason=${line}\n`);
});

test.each(['', 'a b', 'a=b', 'a:b', '#a', '!a', 'a\nb', '.a', '1a', 'ü'])(
  'the key %j is a mistake of the caller',
  (key) => {
    expect(() => formatProperties({ [key]: 'x' })).toThrow(/not a key/);
  },
);
