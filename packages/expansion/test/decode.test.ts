import { describe, expect, test } from '@jest/globals';
import { decodeTemplate } from '../src/index.ts';

const bytes = (...parts: (string | number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));

describe('the bytes of a template', () => {
  test('are UTF-8', () => {
    expect(decodeTemplate(bytes('{"a": "é 漢字 😀 \uFEFF"}\r\n'))).toEqual({
      ok: true,
      value: '{"a": "é 漢字 😀 \uFEFF"}\r\n',
    });
    expect(decodeTemplate(new Uint8Array())).toEqual({ ok: true, value: '' });
  });

  test('lose a byte order mark, with a warning', () => {
    expect(decodeTemplate(bytes([0xef, 0xbb, 0xbf], '{}'), 'a.json')).toMatchObject({
      ok: true,
      value: '{}',
      warnings: [{ severity: 'warning', place: { file: 'a.json' } }],
    });
  });

  test.each([
    [[0xff, 0xfe, 0x7b, 0x00], 'UTF-16'],
    [[0xfe, 0xff, 0x00, 0x7b], 'UTF-16'],
    [[0xff, 0xfe, 0x00, 0x00, 0x7b, 0, 0, 0], 'UTF-32'],
    [[0x00, 0x00, 0xfe, 0xff], 'UTF-32'],
    [[0x7b, 0x00, 0x7d, 0x00], 'NUL'],
  ])('%j are not', (given, what) => {
    const decoded = decodeTemplate(Uint8Array.from(given), 'a.json');
    expect(decoded).toMatchObject({ ok: false, problems: [{ place: { file: 'a.json' } }] });
    expect(!decoded.ok && decoded.problems[0]?.message).toContain(what);
  });

  test.each([
    [bytes('{\n  "é": "', [0xe9], '"\n}'), 2, 9],
    [bytes([0xc3, 0x28]), 1, 1],
    [bytes('ab', [0xe2, 0x82]), 1, 3],
    [bytes('\n\n', [0xf0, 0x9f, 0x98]), 3, 1],
    [bytes('a', [0xed, 0xa0, 0x80]), 1, 2],
    [bytes([0xef, 0xbb, 0xbf], 'a', [0xff]), 1, 2],
  ])('that are not UTF-8 are located (%#)', (given, line, column) => {
    const decoded = decodeTemplate(given);
    expect(decoded).toMatchObject({ ok: false, problems: [{ place: { line, column } }] });
  });

  test('a NUL byte is located', () => {
    expect(decodeTemplate(bytes('{\n "a', [0], '"}'))).toMatchObject({
      ok: false,
      problems: [{ place: { line: 2, column: 4 } }],
    });
  });

  test('more than 1 MiB are not read, and the size is told', () => {
    const decoded = decodeTemplate(new Uint8Array(1024 * 1024 + 1));
    expect(!decoded.ok && decoded.problems[0]?.message).toContain('1,048,577');
    expect(decodeTemplate(new Uint8Array(1024 * 1024).fill(0x20)).ok).toBe(true);
  });
});
