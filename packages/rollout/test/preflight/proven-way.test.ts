import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../../src/index.ts';
import { preflightQuestions } from '../../src/preflight/index.ts';
import { deployment, missing, revision, service, wanted } from '../builders.ts';

const network = (members: JsonObject): JsonObject => ({
  networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'], ...members } },
});
const container = (image: string): JsonObject => ({
  containerDefinitions: [{ name: 'web', image, memory: 64 }],
});
const runs = (image: string) => revision(1, {}, { definition: container(image) });

function unproven(
  image: string,
  {
    update = {},
    now = service([deployment()], { definition: network({}) }),
    current = runs('registry.example.com/web:1'),
  }: {
    readonly update?: JsonObject;
    readonly now?: ServiceSnapshot;
    readonly current?: TaskDefinitionSnapshot | null;
  } = {},
): readonly string[] {
  const release = wanted({
    'task-definition': { family: 'web', networkMode: 'awsvpc', ...container(image) },
    'service-definition': { cluster: 'qa', serviceName: 'web', desiredCount: 2, ...network({}) },
    'service-update': { cluster: 'qa', service: 'web', ...update },
  });
  return preflightQuestions(release, now, [], current).unproven;
}

const image = 'registry.example.com/web:2';

describe('the way from the subnets to a registry', () => {
  test('is proven by tasks that run there with an image of the same registry', () => {
    expect(unproven(image)).toEqual([]);
    expect(unproven('web:2', { current: runs('docker.io/library/web:1') })).toEqual([]);
  });

  test.each<[string, Parameters<typeof unproven>]>([
    ['another registry', ['other.example.com/web:2']],
    ['another subnet', [image, { update: network({ subnets: ['subnet-2'] }) }]],
    ['one subnet more', [image, { update: network({ subnets: ['subnet-1', 'subnet-2'] }) }]],
    ['an address for the public, or none', [image, { update: network({ assignPublicIp: 'ENABLED' }) }]],
    [
      'tasks in one of two subnets: nobody says in which',
      [
        image,
        { now: service([deployment()], { definition: network({ subnets: ['subnet-1', 'subnet-2'] }) }) },
      ],
    ],
    [
      'no task that runs',
      [image, { now: service([deployment({ running: 0 })], { definition: network({}) }) }],
    ],
    ['a revision that is not known', [image, { current: null }]],
    ['a service that is not there', [image, { now: missing() }]],
  ])('not by %s', (_name, [reference, ...more]) => {
    expect(unproven(reference, ...more)).toEqual([reference]);
  });
});
