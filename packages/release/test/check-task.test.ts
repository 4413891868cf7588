// The rules for a task definition as a whole.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { task, taskWith, twoContainers, without, web } from './descriptors.ts';
import { checkLines } from './lines.ts';

const lines = (value: JsonObject, late?: readonly string[]) => checkLines('task-definition', value, late);
const path = '$.containerDefinitions[0]';

describe('task', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['family', { ...task, family: 'a b' }, /^error invalid-name \$\.family: 'a b' cannot be a name/],
    ['family of 256', { ...task, family: 'x'.repeat(256) }, /^error invalid-name \$\.family/],
    ['family empty', { ...task, family: '' }, /^error invalid-name \$\.family/],
    [
      'no container',
      { ...task, containerDefinitions: [] },
      /^error no-container \$\.containerDefinitions: A task needs at least one container/,
    ],
    [
      'none essential',
      twoContainers({ essential: false }),
      /^error no-essential-container \$\.containerDefinitions/,
    ],
    [
      'same name',
      twoContainers({}, { name: 'web' }),
      /^error duplicate-container \$\.containerDefinitions\[1\]\.name: Containers 0 and 1 are both called 'web'/,
    ],
    [
      'too large',
      taskWith({ command: ['x'.repeat(65_536)] }),
      /^error too-large \$: The task definition has \d+ bytes; ECS takes at most 65536/,
    ],
    [
      'CPU that is none',
      { ...task, cpu: 'much' },
      /^error invalid-task-size \$\.cpu: 'much' is no amount of CPU/,
    ],
    ['memory that is none', { ...task, memory: '1 TB' }, /^error invalid-task-size \$\.memory/],
    [
      'containers larger than the task',
      twoContainers({ memory: 512 }, { memory: 100 }, { memory: '0.5 GB' }),
      /^error containers-exceed-task \$\.memory: The containers reserve 612 MiB together, the task has 512 MiB/,
    ],
    [
      'CPU of containers',
      twoContainers({ cpu: 200 }, { cpu: 100 }, { cpu: '.25 vCPU' }),
      /^error containers-exceed-task \$\.cpu: The containers reserve 300 CPU units together, the task has 256/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines(value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([
    [
      'soft memory only',
      { ...task, containerDefinitions: [{ ...without(web, 'memory'), memoryReservation: 64 }] },
    ],
    ['memory of the task', { ...task, memory: '1 GB', containerDefinitions: [without(web, 'memory')] }],
    [
      'reservations within the task, limits beyond',
      twoContainers(
        { memory: 512, memoryReservation: 100 },
        { memory: 512, memoryReservation: 100 },
        { memory: '512' },
      ),
    ],
  ])('allowed: %s', (_, value) => {
    expect(lines(value)).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['family', { ...task, family: 'a b' }, ['$.family']],
    ['essential', taskWith({ essential: false }), [`${path}.essential`]],
  ])('late, so not judged: %s', (_, value, late) => {
    expect(lines(value, late)).toEqual([]);
  });
});
