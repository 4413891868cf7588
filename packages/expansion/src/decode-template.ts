// The bytes of a template file as text, or the reason why they are not one.
import type { Place, Problem, Result } from '@bamboo-ecs/release';
import { LineIndex } from './line-index.ts';
import { maxTemplateBytes } from './template-source.ts';

/**
 * UTF-8 without NUL, at most 1 MiB. A byte order mark is taken off with a warning.
 * `file` is put into the problems as their place.
 */
export function decodeTemplate(bytes: Uint8Array, file?: string): Result<string> {
  const at = file === undefined ? {} : { file };
  if (bytes.length > maxTemplateBytes) return refuse(tooLarge(bytes.length, at));

  const marked = byteOrderMark(bytes);
  if (marked === 'UTF-16' || marked === 'UTF-32') {
    return refuse({
      severity: 'error',
      code: 'template-encoding',
      message: `the template is written in ${marked}; templates are UTF-8`,
      place: at,
      hint: 'Save the file as UTF-8.',
    });
  }
  const body = marked === 'UTF-8' ? bytes.subarray(3) : bytes;

  const invalid = firstInvalidByte(body);
  if (invalid !== -1) return refuse(notUtf8(body, invalid, at));

  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
  const nul = text.indexOf('\0');
  if (nul !== -1) return refuse(nulByte(text, nul, at));

  return marked === 'UTF-8'
    ? { ok: true, value: text, warnings: [bomWarning(at)] }
    : { ok: true, value: text };
}

export function tooLarge(bytes: number, place: Place): Problem {
  return {
    severity: 'error',
    code: 'template-too-large',
    message: `the template has ${bytes.toLocaleString('en')} bytes; more than ${maxTemplateBytes.toLocaleString('en')} are not read`,
    place,
    hint: 'ECS itself takes task definitions of up to 64 KiB; is this the right file?',
  };
}

function refuse(problem: Problem): Result<string> {
  return { ok: false, problems: [problem] };
}

function byteOrderMark(bytes: Uint8Array): 'UTF-8' | 'UTF-16' | 'UTF-32' | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'UTF-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 ? 'UTF-32' : 'UTF-16';
  if (a === 0xfe && b === 0xff) return 'UTF-16';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'UTF-32';
  return undefined;
}

/**
 * Where the first character that is none begins; -1 when all is well. A decoder in stream mode minds no unfinished end, so
 * the byte at which it stops is found by halving; the character that it was in began at most three bytes before.
 */
function firstInvalidByte(bytes: Uint8Array): number {
  if (decodes(bytes, false)) return -1;
  let good = 0;
  let bad = bytes.length;
  if (decodes(bytes, true)) good = bad;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(bytes.subarray(0, middle), true)) good = middle;
    else bad = middle;
  }
  let start = good;
  while (start > 0 && !decodes(bytes.subarray(0, start), false)) start--;
  return start;
}

function decodes(bytes: Uint8Array, stream: boolean): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream });
    return true;
  } catch {
    return false;
  }
}

function notUtf8(bytes: Uint8Array, offset: number, at: Place): Problem {
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, offset));
  const byte = (bytes[offset] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return {
    severity: 'error',
    code: 'template-encoding',
    message: `the template is not UTF-8: byte 0x${byte} fits no character here`,
    place: { ...at, ...new LineIndex(before).at(before.length) },
    hint: 'Save the file as UTF-8 (it may be in Latin-1 or Windows-1252).',
  };
}

function nulByte(text: string, offset: number, at: Place): Problem {
  return {
    severity: 'error',
    code: 'template-encoding',
    message:
      'the template holds a NUL byte; it is not a text in UTF-8 (UTF-16 without a byte order mark looks like this)',
    place: { ...at, ...new LineIndex(text).at(offset) },
    hint: 'Save the file as UTF-8.',
  };
}

function bomWarning(place: Place): Problem {
  return {
    severity: 'warning',
    code: 'template-byte-order-mark',
    message: 'the template begins with a byte order mark; it is left out',
    place,
    hint: 'Save the file as UTF-8 without BOM.',
  };
}
