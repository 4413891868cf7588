// The rules for one container.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { task, taskWith, without, web } from './descriptors.ts';
import { checkLines } from './lines.ts';

const lines = (value: JsonObject, late?: readonly string[]) => checkLines('task-definition', value, late);
const path = '$.containerDefinitions[0]';

describe('container', () => {
  test.each<[string, JsonObject, RegExp]>([
    [
      'container name',
      { ...task, containerDefinitions: [without(web, 'name')] },
      /^error container-name \$\.containerDefinitions\[0\]: A container needs a name/,
    ],
    [
      'container name pattern',
      taskWith({ name: 'web.1' }),
      /^error invalid-name \$\.containerDefinitions\[0\]\.name/,
    ],
    [
      'image',
      { ...task, containerDefinitions: [without(web, 'image')] },
      /^error container-image \$\.containerDefinitions\[0\]: A container needs an image/,
    ],
    ['image empty', taskWith({ image: '' }), /^error container-image/],
    [
      'image with a line break',
      taskWith({ image: 'web:1\n' }),
      /^error container-image \$\.containerDefinitions\[0\]\.image: 'web:1\\n' is no image/,
    ],
    [
      'memory',
      { ...task, containerDefinitions: [without(web, 'memory')] },
      /^error container-memory .*needs 'memory' or 'memoryReservation'/,
    ],
    ['memory 0', taskWith({ memory: 0 }), /^error container-memory/],
    [
      'reservation above memory',
      taskWith({ memoryReservation: 300 }),
      /^error container-memory .*memoryReservation \(300 MiB\) is above memory \(256 MiB\)/,
    ],
    [
      'memory in the wrong unit',
      taskWith({ memory: 2 }),
      /^warning container-memory .*2 MiB is less than Docker gives/,
    ],
    ['environment name', taskWith({ environment: [{ name: ' ', value: 'x' }] }), /^error environment-name/],
    [
      'environment without name',
      taskWith({ environment: [{ value: 'x' }] }),
      /^error environment-name \$\.containerDefinitions\[0\]\.environment\[0\]/,
    ],
    [
      'environment twice',
      taskWith({
        environment: [
          { name: 'A', value: '1' },
          { name: 'A', value: '2' },
        ],
      }),
      /^warning duplicate-environment \$\.containerDefinitions\[0\]\.environment\[1\]\.name: 'A' is set twice/,
    ],
    [
      'secret twice',
      taskWith(
        {
          secrets: [
            { name: 'A', valueFrom: 'a' },
            { name: 'A', valueFrom: 'b' },
          ],
        },
        { executionRoleArn: 'r' },
      ),
      /^error duplicate-secret .*secrets\[1\]/,
    ],
    [
      'secret and variable',
      taskWith(
        { environment: [{ name: 'A', value: '1' }], secrets: [{ name: 'A', valueFrom: 'a' }] },
        { executionRoleArn: 'r' },
      ),
      /^error duplicate-secret .*in secrets and in environment/,
    ],
    [
      'secrets without role',
      taskWith({ secrets: [{ name: 'A', valueFrom: 'a' }] }),
      /^error execution-role \$\.containerDefinitions\[0\]\.secrets: Secrets need the task's executionRoleArn/,
    ],
    [
      'secret log options without role',
      taskWith({
        logConfiguration: { logDriver: 'splunk', secretOptions: [{ name: 'splunk-token', valueFrom: 'a' }] },
      }),
      /^error execution-role .*secretOptions/,
    ],
    [
      'private registry without role',
      taskWith({ repositoryCredentials: { credentialsParameter: 'a' } }),
      /^error execution-role .*repositoryCredentials/,
    ],
    [
      'health check',
      taskWith({ healthCheck: { command: ['curl', 'localhost'] } }),
      /^error health-check .*not with 'curl'/,
    ],
    [
      'health check empty',
      taskWith({ healthCheck: { command: [] } }),
      /^error health-check .*has no command/,
    ],
    [
      'health check of one word',
      taskWith({ healthCheck: { command: ['CMD-SHELL'] } }),
      /^error health-check .*Nothing follows CMD-SHELL/,
    ],
    [
      'log options',
      taskWith({ logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '' } } }),
      /^error log-options .*needs the options awslogs-group, awslogs-region/,
    ],
    [
      'log group not created',
      taskWith({
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': 'g', 'awslogs-region': 'r', 'awslogs-create-group': 'false' },
        },
      }),
      /^error log-options .*awslogs-create-group/,
    ],
    [
      'volume',
      taskWith({ mountPoints: [{ sourceVolume: 'data', containerPath: '/data' }] }),
      /^error unknown-volume .*no volume 'data'/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines(value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([
    ['memory = reservation', taskWith({ memoryReservation: 256 })],
    [
      'empty and doubled values',
      taskWith({
        environment: [
          { name: 'A', value: '' },
          { name: 'B', value: '' },
        ],
      }),
    ],
    [
      'secrets with a role',
      taskWith(
        { secrets: [{ name: 'A', valueFrom: 'arn:aws:ssm:eu-west-1:1:parameter/a' }] },
        { executionRoleArn: 'r' },
      ),
    ],
    ['no health check', taskWith({ healthCheck: { command: ['NONE'] } })],
    [
      'mounted volume',
      taskWith(
        { mountPoints: [{ sourceVolume: 'data', containerPath: '/d' }] },
        { volumes: [{ name: 'data' }] },
      ),
    ],
  ])('allowed: %s', (_, value) => {
    expect(lines(value)).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['memory', taskWith({ memory: 0 }), [`${path}.memory`]],
    ['health check', taskWith({ healthCheck: { command: ['x', 'y'] } }), [`${path}.healthCheck.command[0]`]],
    [
      'environment name',
      taskWith({ environment: [{ name: '', value: 'x' }] }),
      [`${path}.environment[0].name`],
    ],
    [
      'execution role',
      taskWith({ secrets: [{ name: 'A', valueFrom: 'a' }] }, { executionRoleArn: '' }),
      ['$.executionRoleArn'],
    ],
    [
      'label',
      taskWith({ dockerLabels: JSON.parse('{"__proto__":"x"}') as JsonObject }),
      [`${path}.dockerLabels.__proto__`],
    ],
  ])('late, so not judged: %s', (_, value, late) => {
    expect(lines(value, late)).toEqual([]);
  });
});
