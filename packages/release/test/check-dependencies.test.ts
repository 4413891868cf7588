// What containers say about each other.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { taskWith, twoContainers } from './descriptors.ts';
import { checkLines } from './lines.ts';

const lines = (value: JsonObject, late?: readonly string[]) => checkLines('task-definition', value, late);

describe('dependencies', () => {
  test.each<[string, JsonObject, RegExp]>([
    [
      'dependency',
      twoContainers({ dependsOn: [{ containerName: 'sid', condition: 'START' }] }),
      /^error unknown-container \$\.containerDefinitions\[0\]\.dependsOn\[0\]\.containerName: The task has no container 'sid' → Did you mean 'side'\?/,
    ],
    [
      'link',
      twoContainers({ links: ['db:database'] }),
      /^error unknown-container .*links\[0\]: The task has no container 'db' → It has 'web', 'side'\./,
    ],
    [
      'volumes of',
      twoContainers({ volumesFrom: [{ sourceContainer: 'toString' }] }),
      /^error unknown-container .*'toString'/,
    ],
    [
      'end of an essential container',
      twoContainers({}, { essential: true, dependsOn: [{ containerName: 'web', condition: 'SUCCESS' }] }),
      /^error dependency-condition .*'web' is essential/,
    ],
    [
      'health without check',
      twoContainers({ dependsOn: [{ containerName: 'side', condition: 'HEALTHY' }] }),
      /^error dependency-condition .*'side' has no healthCheck/,
    ],
    [
      'circle',
      twoContainers(
        { dependsOn: [{ containerName: 'side', condition: 'START' }] },
        { dependsOn: [{ containerName: 'web', condition: 'START' }] },
      ),
      /^error dependency-circle \$\.containerDefinitions\[0\]\.dependsOn: The containers 'web' → 'side' → 'web' wait for each other/,
    ],
    [
      'itself',
      taskWith({ dependsOn: [{ containerName: 'web', condition: 'START' }] }),
      /^error dependency-circle .*'web' → 'web'/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines(value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([
    [
      'health checked dependency',
      twoContainers(
        { dependsOn: [{ containerName: 'side', condition: 'HEALTHY' }] },
        { healthCheck: { command: ['CMD', 'true'] } },
      ),
    ],
    [
      'end of a side container',
      twoContainers({ dependsOn: [{ containerName: 'side', condition: 'SUCCESS' }] }),
    ],
    ['links', twoContainers({ links: ['side:alias'] })],
  ])('allowed: %s', (_, value) => {
    expect(lines(value)).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    [
      'container name',
      twoContainers({}, { name: 'web', dependsOn: [{ containerName: 'x', condition: 'START' }] }),
      ['$.containerDefinitions[1].name'],
    ],
  ])('late, so not judged: %s', (_, value, late) => {
    expect(lines(value, late)).toEqual([]);
  });
});
