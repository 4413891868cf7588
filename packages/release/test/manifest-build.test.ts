import { describe, expect, test } from '@jest/globals';
import { buildManifest, identityOf, parseManifest, serializeManifest, sha256Hex } from '../src/index.ts';
import type { IdentityInput, ManifestInput } from '../src/index.ts';
import { manifestInput } from './manifest-input.ts';
import { valueOf } from './result.ts';

const digest = (letter: string): string => `sha256:${letter.repeat(64)}`;

const base: IdentityInput = {
  descriptors: [
    { kind: 'task-definition', content: '{"family":"hid"}' },
    { kind: 'service-update', content: '{"service":"hid"}' },
  ],
  images: [
    { reference: 'r.example/hid:1', digest: digest('a') },
    { reference: 'r.example/log:2', digest: digest('b') },
  ],
  tag: 'MILESTONE',
  buildKey: 'HID-MAIN-JOB1',
  buildNumber: '7',
};
const unknown = [{ reference: 'r.example/hid:1', digest: null }];

describe('identity', () => {
  const same: [string, Partial<IdentityInput>][] = [
    ['another order of descriptors', { descriptors: [...base.descriptors].reverse() }],
    ['another order of images', { images: [...base.images].reverse() }],
    ['another build of the same bits', { buildKey: 'HID-MAIN-JOB1', buildNumber: '8' }],
    ['no build', { buildKey: null, buildNumber: null }],
    ['a RELEASE with the same contents', { tag: 'RELEASE' }],
  ];
  test.each(same)('is the same for %s', (_, change) => {
    expect(identityOf({ ...base, ...change })).toBe(identityOf(base));
  });

  const other: [string, Partial<IdentityInput>][] = [
    ['another content', { descriptors: [{ kind: 'task-definition', content: '{"family":"hid2"}' }] }],
    [
      'a space more',
      {
        descriptors: [
          { kind: 'task-definition', content: '{"family": "hid"}' },
          ...base.descriptors.slice(1),
        ],
      },
    ],
    [
      'kinds exchanged',
      {
        descriptors: [
          { kind: 'service-update', content: '{"family":"hid"}' },
          { kind: 'task-definition', content: '{"service":"hid"}' },
        ],
      },
    ],
    ['a descriptor less', { descriptors: base.descriptors.slice(1) }],
    [
      'another digest',
      { images: [{ reference: 'r.example/hid:1', digest: digest('c') }, ...base.images.slice(1)] },
    ],
    [
      'digests exchanged',
      {
        images: [
          { reference: 'r.example/hid:1', digest: digest('b') },
          { reference: 'r.example/log:2', digest: digest('a') },
        ],
      },
    ],
    ['an image less', { images: base.images.slice(1) }],
    ['no images', { images: [] }],
    ['a digest that is not known', { images: unknown }],
  ];
  test.each(other)('is another for %s', (_, change) => {
    expect(identityOf({ ...base, ...change })).not.toBe(identityOf(base));
  });

  test('of a MILESTONE whose digest is not known, the build comes in', () => {
    const of = (change: Partial<IdentityInput>): string =>
      identityOf({ ...base, images: unknown, ...change });
    const all = [
      of({}),
      of({ buildNumber: '8' }),
      of({ buildKey: 'HID-MAIN0-JOB1' }),
      of({ buildNumber: null }),
      of({ buildKey: null, buildNumber: '7' }),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(of({ tag: 'RELEASE' })).toBe(of({ tag: 'RELEASE', buildNumber: '8' }));
    expect(of({ tag: 'RELEASE' })).not.toBe(of({}));
  });

  test('no two texts run together', () => {
    const of = (reference: string, buildKey: string, buildNumber: string): string =>
      identityOf({ ...base, images: [{ reference, digest: null }], buildKey, buildNumber });
    expect(of('a', 'b1', '1')).not.toBe(of('a', 'b', '11'));
    expect(of('a","', 'b', '1')).not.toBe(of('a', '","b', '1'));
    expect(of('a', '["b', '1')).not.toBe(of('a', '', '["b1'));
  });

  // Guards what is published already: whoever changes the encoding changes every identity.
  test('stays what it was', () => {
    expect(
      identityOf({ descriptors: [], images: [], tag: 'RELEASE', buildKey: null, buildNumber: null }),
    ).toBe(sha256Hex('["bamboo-ecs-identity-1",[],[],[]]'));
  });
});

describe('buildManifest', () => {
  test('names, checksums and sizes are of the bytes', () => {
    const { descriptors } = buildManifest(manifestInput);
    expect(descriptors.map(({ name }) => name)).toEqual([
      'hid-generator-1.0.15.RELEASE-task-definition.json',
      'hid-generator-1.0.15.RELEASE-service-definition.json',
      'hid-generator-1.0.15.RELEASE-service-update.json',
    ]);
    const task = descriptors[0];
    expect(task?.size).toBe(Buffer.byteLength(task?.content ?? ''));
    expect(task?.size).toBeGreaterThan(task?.content.length ?? 0);
    expect(task?.sha256).toBe(sha256Hex(Buffer.from(task?.content ?? '')));
  });

  test('gives the same bytes whatever the order of its input', () => {
    const turned: ManifestInput = {
      ...manifestInput,
      descriptors: [...manifestInput.descriptors]
        .reverse()
        .map(({ kind, content, late }) => ({ kind, content, late: [...late].reverse() })),
      images: [...manifestInput.images].reverse(),
      lateVariables: [...manifestInput.lateVariables].reverse(),
    };
    const bytes = serializeManifest(buildManifest(manifestInput));
    expect(serializeManifest(buildManifest(turned))).toBe(bytes);
    expect(serializeManifest(valueOf(parseManifest(bytes, expected)))).toBe(bytes);
    expect(bytes.endsWith('}\n')).toBe(true);
  });

  test('lists each late variable with its type and the descriptors that use it', () => {
    expect(buildManifest(manifestInput).lateVariables).toEqual([
      { name: '__proto__', type: 'string', descriptors: ['task-definition'] },
      { name: 'desiredCount', type: 'number', descriptors: ['service-definition', 'service-update'] },
      { name: 'logLevel', type: 'string', descriptors: ['task-definition'] },
    ]);
    expect(() => buildManifest({ ...manifestInput, lateVariables: [] })).toThrow(/without its type/);
  });

  test('keeps an image that two containers run once', () => {
    const images = [
      { reference: 'r.example/hid:1', digest: null },
      { reference: 'r.example/hid:1', digest: digest('a') },
    ];
    expect(buildManifest({ ...manifestInput, images }).images).toEqual([
      { reference: 'r.example/hid:1', digest: digest('a') },
    ]);
  });

  test.each([
    ['javascript:alert(1)', null],
    ['  ', null],
    ['https://bamboo.example/browse/HID-1', 'https://bamboo.example/browse/HID-1'],
    ['https://bamboo.example/a b', null],
  ])('whatever Bamboo says (%j), its own reader takes it', (buildUrl, kept) => {
    const odd = {
      ...manifestInput.provenance,
      buildUrl,
      branch: `feature/\u0000x\n${'y'.repeat(5000)}💥`,
      revision: '',
    };
    const manifest = buildManifest({ ...manifestInput, provenance: odd });
    expect(manifest.provenance.buildUrl).toBe(kept);
    expect(manifest.provenance.revision).toBeNull();
    expect(valueOf(parseManifest(serializeManifest(manifest), expected))).toEqual(manifest);
  });
});

const expected = { project: 'hid-generator', version: '1.0.15.RELEASE' };

test.each([
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
])('sha256Hex %j', (text, hex) => {
  expect(sha256Hex(text)).toBe(hex);
  expect(sha256Hex(new TextEncoder().encode(text))).toBe(hex);
});
