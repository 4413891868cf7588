import { describe, expect, test } from '@jest/globals';
import {
  buildManifest,
  identityOf,
  maxManifestBytes,
  parseManifest,
  serializeManifest,
  sha256Hex,
} from '../src/index.ts';
import type { Manifest, ManifestDescriptor } from '../src/index.ts';
import { manifestInput } from './manifest-input.ts';
import { refusal, valueOf } from './result.ts';

const expected = { project: 'hid-generator', version: '1.0.15.RELEASE' };
const manifest = buildManifest(manifestInput);
const text = serializeManifest(manifest);

type Change = (loose: Record<string, unknown>) => unknown;

/** Puts another value at a path such as `descriptors.0.content`; a function gets the old one; undefined takes it away. */
function at(path: string, value: unknown): Change {
  return (loose) => {
    const keys = path.split('.');
    const last = keys.pop() ?? '';
    const owner = keys.reduce((object, key) => object[key] as Record<string, unknown>, loose);
    owner[last] = typeof value === 'function' ? (value as (old: unknown) => unknown)(owner[last]) : value;
  };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The manifest as text, changed by hand. */
function changed(change: Change): string {
  const loose = JSON.parse(text) as Record<string, unknown>;
  change(loose);
  return JSON.stringify(loose);
}

/** As somebody would who knows how checksums and identity are made. */
function forged(change: Change): string {
  return changed((loose) => {
    change(loose);
    const { images, provenance } = loose as unknown as Manifest;
    const descriptors = (loose['descriptors'] as ManifestDescriptor[]).map((descriptor) => {
      const { content } = descriptor;
      return Object.assign(descriptor, { sha256: sha256Hex(content), size: Buffer.byteLength(content) });
    });
    loose['identity'] = identityOf({ descriptors, images, tag: 'RELEASE', ...provenance });
  });
}

test('reads what was written', () => {
  expect(valueOf(parseManifest(text, expected))).toEqual(manifest);
  expect(
    valueOf(
      parseManifest(
        changed(() => null),
        expected,
      ),
    ),
  ).toEqual(manifest);
  expect(
    valueOf(
      parseManifest(
        forged(() => null),
        expected,
      ),
    ),
  ).toEqual(manifest);
});

describe('refuses a text that is', () => {
  test.each([
    ['empty', '', /not JSON: Unexpected end/],
    ['cut off', text.slice(0, -5), /hid-generator-1\.0\.15\.RELEASE-release\.json:\d+:\d+: .*not JSON/],
    ['a web page', '<!DOCTYPE html><html>', /looks like a web page[^]*login page or a proxy/],
    ['null', 'null', /its schema is not 1/],
    ['a list', '[]', /its schema is not 1/],
    ['another document', '{"name":"x"}', /its schema is not 1/],
    ['of a newer schema', changed(at('schema', 2)), /has schema 2; this program knows 1[^]*newer expander/],
    ['of an odd schema', changed(at('schema', '1')), /its schema is not 1/],
    ['with an inherited schema', '{"__proto__":{"schema":1}}', /its schema is not 1/],
    ['huge', ' '.repeat(maxManifestBytes + 1), /larger than/],
    ['huge in bytes', `"${'é'.repeat(maxManifestBytes / 2)}"`, /larger than/],
    ['deep', '['.repeat(1_000_000), /not JSON/],
  ])('%s', (_, text, reason) => {
    expect(refusal(parseManifest(text, expected))).toMatch(reason);
  });
});

describe('refuses what was changed', () => {
  const cases: [string, Change, RegExp][] = [
    [
      'content',
      at('descriptors.0.content', (old: unknown) => `${String(old)} `),
      /\$\.descriptors\[0\]\.size: [^]*\$\.descriptors\[0\]\.sha256: [^]*\$\.identity/,
    ],
    [
      'content of the same length',
      at('descriptors.0.content', (old: unknown) => String(old).replace('hïd', 'hïx')),
      /does not have this sha256/,
    ],
    ['checksum', at('descriptors.1.sha256', 'a'.repeat(64)), /does not have this sha256/],
    [
      'checksum in capitals',
      at('descriptors.1.sha256', (old: unknown) => String(old).toUpperCase()),
      /lower-case hex/,
    ],
    ['size', at('descriptors.2.size', (old: unknown) => Number(old) + 1), /bytes, not/],
    ['size of another type', at('descriptors.2.size', '10'), /whole number/],
    ['size below zero', at('descriptors.2.size', -1), /whole number/],
    ['identity', at('identity', 'b'.repeat(64)), /\$\.identity: The identity is not that/],
    ['digest', at('images.0.digest', `sha256:${'b'.repeat(64)}`), /\$\.identity/],
    ['an image less', at('images', (old: unknown) => listOf(old).slice(0, -1)), /\$\.identity/],
    ['an odd digest', at('images.0.digest', 'md5:x'), /sha256:… or null/],
    ['an odd reference', at('images.0.reference', 'a b'), /an image reference/],
    ['an unknown member', at('extra', 1), /\$: The member 'extra' is unknown/],
    [
      'an unknown member within',
      at('descriptors.0.path', '/etc'),
      /\$\.descriptors\[0\]: The member 'path' is unknown/,
    ],
    ['a missing member', at('images', undefined), /\$: The member "images" is missing/],
    ['a missing provenance', at('provenance', undefined), /\$: The member "provenance" is missing/],
    [
      'provenance of another type',
      at('provenance', []),
      /\$\.provenance: This must be an object, not a list/,
    ],
    ['a time that is none', at('provenance.createdAt', 'yesterday'), /a time in UTC/],
    ['a script for a link', at('provenance.buildUrl', 'javascript:alert(1)'), /an http or https address/],
    ['lines in a branch', at('provenance.branch', 'a\nb'), /text on one line/],
    ['half a character', at('descriptors.0.content', '\uD800'), /lone surrogate/],
    [
      'kind',
      at('descriptors.0.kind', 'task'),
      /one of task-definition, service-definition, service-update, not 'task'/,
    ],
    ['kind of the prototype', at('descriptors.0.kind', 'constructor'), /one of task-definition/],
    ['descriptors that are none', at('descriptors', {}), /must be a list, not an object/],
    ['a descriptor that is none', at('descriptors.0', null), /must be an object, not null/],
    [
      'a late variable not listed',
      at('lateVariables', (old: unknown) => listOf(old).slice(0, -1)),
      /differ from this list: 'task-definition logLevel'/,
    ],
    [
      'a late variable listed twice',
      at('lateVariables', (old: unknown) => [...listOf(old), listOf(old)[0]]),
      /'__proto__' is there twice/,
    ],
    [
      'a late variable of an odd type',
      at('lateVariables.0.type', 'object'),
      /one of string, number, boolean/,
    ],
    ['an odd late name', at('descriptors.0.late', ['a b']), /the name of a late variable/],
  ];
  test.each(cases)('%s', (_, change, reason) => {
    expect(refusal(parseManifest(changed(change), expected))).toMatch(reason);
  });
});

describe('refuses what is not ours, however well it is forged', () => {
  const cases: [string, Change, RegExp][] = [
    ['another project', at('project', 'other'), /of project 'other', not hid-generator/],
    ['another version', at('version', '1.0.16.RELEASE'), /of version '1\.0\.16\.RELEASE', not 1\.0\.15/],
    ['no version', at('version', 'x'), /where a number must stand/],
    [
      'a path that leaves its folder',
      at('descriptors.0.name', '../../etc/passwd'),
      /must be hid-generator-1\.0\.15\.RELEASE-task-definition\.json, not '\.\.\/\.\.\/etc\/passwd'/,
    ],
    [
      'a name of another descriptor',
      at('descriptors.0.name', manifest.descriptors[1]?.name),
      /The name must be/,
    ],
    ['a kind twice', at('descriptors.1', manifest.descriptors[2]), /service-update is there twice/],
    [
      'no descriptors',
      (loose) => Object.assign(loose, { descriptors: [], lateVariables: [] }),
      /no descriptors/,
    ],
    [
      'many descriptors',
      at('descriptors', (old: unknown) => Array.from({ length: 1000 }, () => listOf(old)[0])),
      /has 1000 items/,
    ],
    [
      'many images',
      at('images', (old: unknown) => Array.from({ length: 1000 }, () => listOf(old)[0])),
      /has 1000 items/,
    ],
    ['an image twice', at('images', (old: unknown) => [...listOf(old), listOf(old)[0]]), /is there twice/],
    [
      'a huge descriptor',
      at('descriptors.0.content', 'x'.repeat(1024 * 1024 + 1)),
      /longer than 1048576|whole number/,
    ],
  ];
  test.each(cases)('%s', (_, change, reason) => {
    expect(refusal(parseManifest(forged(change), expected))).toMatch(reason);
  });
});

test('an own member called __proto__ is an unknown one', () => {
  const odd = text.replace('{', '{"__proto__":{"project":"x"},');
  expect(refusal(parseManifest(odd, expected))).toMatch(/The member '__proto__' is unknown/);
});

test('tells everything at once, though not without end', () => {
  const result = parseManifest(
    changed(
      at(
        'lateVariables',
        Array.from({ length: 900 }, () => ({})),
      ),
    ),
    expected,
  );
  expect(result).toMatchObject({ ok: false, problems: { length: 20 } });
});

test('what is asked for is checked, too', () => {
  expect(refusal(parseManifest(text, { project: '../x', version: '1.0.15.RELEASE' }))).toMatch(
    /project name/,
  );
  expect(refusal(parseManifest(text, { project: 'hid-generator', version: '1.0.16.RELEASE' }))).toMatch(
    /not 1\.0\.16/,
  );
});
