// From a manifest and its descriptors to what is wanted.
import { describe, expect, test } from '@jest/globals';
import { appliedHash, wantedService } from '../../src/index.ts';
import type { WantedInput } from '../../src/index.ts';
import { descriptors, manifest, wanted } from '../builders.ts';

const digest = `sha256:${'d'.repeat(64)}`;
const input = (more: Partial<WantedInput> = {}): WantedInput => ({
  manifest: manifest(),
  descriptors: descriptors(),
  environment: 'QA',
  ...more,
});

function pinnedImage(
  image: string,
  images: readonly { reference: string; digest: string | null }[],
): unknown {
  const result = wantedService(
    input({
      manifest: manifest({ images }),
      descriptors: descriptors({
        'task-definition': { family: 'web', containerDefinitions: [{ name: 'web', image }, 'odd'] },
      }),
    }),
  );
  return result.ok && result.value.taskDefinition['containerDefinitions'];
}

describe('wantedService', () => {
  test('takes names and provenance', () => {
    expect(wanted()).toMatchObject({
      project: 'hid-generator',
      version: '1.0.15.RELEASE',
      environment: 'QA',
      buildKey: 'HID-GEN-JOB1-229',
      buildNumber: '229',
      cluster: 'qa',
      service: 'web',
    });
  });

  test('a cluster that nobody names is default', () => {
    const bare = descriptors({
      'service-definition': { serviceName: 'web' },
      'service-update': { service: 'web', cluster: 'default' },
    });
    const result = wantedService(input({ descriptors: bare }));
    expect(result.ok && result.value.cluster).toBe('default');
  });

  const images: readonly (readonly [string, string])[] = [
    ['registry.example/web:1.0.15.RELEASE', `registry.example/web@${digest}`],
    ['registry.example:5000/web:1', `registry.example:5000/web@${digest}`],
    ['registry.example:5000/team/web', `registry.example:5000/team/web@${digest}`],
    ['web:1', `web@${digest}`],
    ['web', `web@${digest}`],
  ];
  test.each(images)('pins %s', (image, pinned) => {
    expect(pinnedImage(image, [{ reference: image, digest }])).toEqual([
      { name: 'web', image: pinned },
      'odd',
    ]);
  });

  test('leaves images without a known digest, and those that have one', () => {
    expect(pinnedImage('web:1', [{ reference: 'web:1', digest: null }])).toEqual([
      { name: 'web', image: 'web:1' },
      'odd',
    ]);
    expect(pinnedImage('web:2', [{ reference: 'web:1', digest }])).toEqual([
      { name: 'web', image: 'web:2' },
      'odd',
    ]);
    const already = `web@sha256:${'e'.repeat(64)}`;
    expect(pinnedImage(already, [{ reference: already, digest }])).toEqual([
      { name: 'web', image: already },
      'odd',
    ]);
    expect(pinnedImage('constructor', [])).toEqual([{ name: 'web', image: 'constructor' }, 'odd']);
  });

  test('names every descriptor that is missing at once', () => {
    const result = wantedService(input({ descriptors: new Map() }));
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual([
      'descriptor-missing',
      'descriptor-missing',
      'descriptor-missing',
    ]);
  });

  test('names every name that is missing or differs at once', () => {
    const result = wantedService(
      input({
        descriptors: descriptors({
          'task-definition': { family: 7 },
          'service-update': { service: 'api', cluster: 'production' },
        }),
      }),
    );
    expect(result.ok ? [] : result.problems.map(({ code }) => code)).toEqual([
      'name-missing',
      'services-differ',
      'clusters-differ',
    ]);
  });

  test('a name and its ARN are the same', () => {
    const result = wantedService(
      input({
        descriptors: descriptors({
          'service-update': {
            service: 'arn:aws:ecs:eu-central-1:123456789012:service/qa/web',
            cluster: 'arn:aws:ecs:eu-central-1:123456789012:cluster/qa',
          },
        }),
      }),
    );
    expect(result.ok).toBe(true);
  });
});

describe('appliedHash', () => {
  test('does not depend on the order of members, nor on the client token of the template', () => {
    const shuffled = wanted({
      'service-definition': {
        clientToken: 'x',
        desiredCount: 2,
        taskDefinition: 'web',
        serviceName: 'web',
        cluster: 'qa',
      },
    });
    expect(appliedHash(shuffled)).toBe(appliedHash(wanted()));
  });

  test('depends on everything that is applied', () => {
    const hashes = [
      appliedHash(wanted()),
      appliedHash(wanted({}, { identity: 'b'.repeat(64) })),
      appliedHash(wanted({ 'service-update': { service: 'web', cluster: 'qa', desiredCount: 3 } })),
      appliedHash(wanted({ 'service-definition': { serviceName: 'web', cluster: 'qa', desiredCount: 3 } })),
      appliedHash(wanted({ 'task-definition': { family: 'web', cpu: '256' } })),
      appliedHash(wanted({ 'task-definition': JSON.parse('{"family":"web","__proto__":{"cpu":"256"}}') })),
      appliedHash(wanted({ 'task-definition': { family: 'web', dependsOn: ['a', 'b'] } })),
      appliedHash(wanted({ 'task-definition': { family: 'web', dependsOn: ['b', 'a'] } })),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  test('is the same wherever and by whomever it is applied', () => {
    const elsewhere = wanted(
      {},
      { account: null, region: null, environment: 'Production', buildNumber: '230' },
    );
    expect(appliedHash(elsewhere)).toBe(appliedHash(wanted()));
  });
});
