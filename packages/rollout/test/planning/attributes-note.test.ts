// The service's attributes before a release, written onto its revision and read again; whoever else has written there.
import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { tagKeys } from '../../src/index.ts';
import { attributesNote, notedAttributes } from '../../src/planning/attributes-note.ts';
import { tagValue } from '../../src/planning/tags.ts';
import { revision } from '../builders.ts';

const key = tagKeys.replacesAttributes;
const read = (tags: Readonly<Record<string, string>>) => notedAttributes({ ...revision(1), tags });
const noise = (bytes: number): JsonObject => ({
  placementConstraints: [{ expression: randomBytes(bytes).toString('hex') }],
});

describe('attributes as tags', () => {
  test.each<[string, JsonObject]>([
    ['percents', { deploymentConfiguration: { minimumHealthyPercent: 25, maximumPercent: 200 } }],
    ['every type', { a: null, b: false, c: 0.5, d: '', e: [], f: { g: [1, 'ü 🚀 "\\n'] } }],
    [
      'a network',
      {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-0123456789abcdef0', 'subnet-0fedcba9876543210', 'subnet-00aa11bb22cc33dd4'],
            securityGroups: ['sg-0123456789abcdef0'],
            assignPublicIp: 'DISABLED',
          },
        },
      },
    ],
    ['what takes two tags', noise(200)],
    ['what takes three tags', noise(400)],
    ['a member called __proto__', JSON.parse('{"__proto__": {"x": 1}}') as JsonObject],
  ])('%s come back as they were', (_what, before) => {
    const tags = attributesNote(before, 3);
    expect(read(tags)).toEqual(before);
    for (const value of Object.values(tags)) {
      // As AWS accepts it.
      expect(tagValue(value)).toBe(value);
      expect(value.length).toBeGreaterThan(0);
    }
  });

  test('what changes nothing says so', () => {
    expect(attributesNote({}, 3)).toEqual({ [key]: 'none' });
    expect(read({ [key]: 'none' })).toEqual({});
  });

  test('what does not fit is not cut: it says that it is not kept', () => {
    expect(attributesNote(noise(4000), 3)).toEqual({ [key]: 'unknown' });
    expect(attributesNote(noise(200), 1)).toEqual({ [key]: 'unknown' });
    expect(attributesNote(noise(20), 0)).toEqual({});
    expect(read({ [key]: 'unknown' })).toBeUndefined();
  });

  test('a shorter note over a longer one is read alone', () => {
    const short = { deploymentConfiguration: { minimumHealthyPercent: 50 } };
    expect(read({ ...attributesNote(noise(400), 3), ...attributesNote(short, 3) })).toEqual(short);
  });

  const two = attributesNote(noise(200), 3);
  test.each<[string, Record<string, string>]>([
    ['no note', {}],
    ['an empty one', { [key]: '' }],
    ['words', { [key]: '1:minimumHealthyPercent=25' }],
    ['a part that is missing', { [key]: two[key] ?? '' }],
    ['a part that is another', { ...two, [`${key}-2`]: 'AAAA' }],
    ['a number of parts that is none', { [key]: '9:AAAA' }],
    ['no object', { [key]: `1:${deflateRawSync('[1]').toString('base64url')}` }],
  ])('%s is nothing', (_what, tags) => {
    expect(read(tags)).toBeUndefined();
  });
});
