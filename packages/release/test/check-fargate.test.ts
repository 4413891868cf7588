// What Fargate asks for.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { fargate, without } from './descriptors.ts';
import { checkLines } from './lines.ts';

const lines = (value: JsonObject, late?: readonly string[]) => checkLines('task-definition', value, late);

describe('Fargate', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['Fargate cpu', without(fargate, 'cpu'), /^error fargate-size \$: Fargate needs 'cpu'/],
    ['Fargate memory', without(fargate, 'memory'), /^error fargate-size \$: Fargate needs 'memory'/],
    [
      'Fargate size',
      { ...fargate, memory: '4 GB' },
      /^error fargate-size \$\.memory: Fargate has no size with 256 CPU units and 4096 MiB → With 256 CPU units memory can be 512, 1024 or 2048 MiB\./,
    ],
    ['Fargate 1536', { ...fargate, memory: '1536' }, /^error fargate-size/],
    [
      'Fargate steps',
      { ...fargate, cpu: '8 vCPU', memory: '18 GB' },
      /memory can be 16384 to 61440 in steps of 4096 MiB/,
    ],
    ['Fargate size of tomorrow', { ...fargate, cpu: '32768' }, /^warning fargate-size \$\.cpu/],
    [
      'Fargate default network',
      without(fargate, 'networkMode'),
      /^error fargate \$: Fargate needs the network mode awsvpc, the task has bridge \(the default\)/,
    ],
    [
      'Fargate host network',
      { ...fargate, networkMode: 'host' },
      /^error fargate \$\.networkMode: Fargate needs/,
    ],
    [
      'Fargate constraints',
      { ...fargate, placementConstraints: [{ type: 'memberOf', expression: 'x' }] },
      /^error fargate \$\.placementConstraints/,
    ],
    [
      'Fargate volumes',
      { ...fargate, volumes: [{ name: 'a', host: { sourcePath: '/a' } }] },
      /^error fargate \$\.volumes\[0\]\.host\.sourcePath/,
    ],
    [
      'Fargate Docker volumes',
      { ...fargate, volumes: [{ name: 'a', dockerVolumeConfiguration: {} }] },
      /^error fargate .*dockerVolumeConfiguration/,
    ],
    [
      'Fargate privileges',
      { ...fargate, containerDefinitions: [{ name: 'a', image: 'b', privileged: true }] },
      /^error fargate .*'a' is privileged/,
    ],
    [
      'Fargate logs',
      {
        ...fargate,
        containerDefinitions: [{ name: 'a', image: 'b', logConfiguration: { logDriver: 'syslog' } }],
      },
      /^error fargate .*no log driver 'syslog' → It has awsfirelens, awslogs, splunk\./,
    ],
    [
      'Fargate log prefix',
      {
        ...fargate,
        containerDefinitions: [
          {
            name: 'a',
            image: 'b',
            logConfiguration: {
              logDriver: 'awslogs',
              options: { 'awslogs-group': 'g', 'awslogs-region': 'r' },
            },
          },
        ],
      },
      /^error log-options .*awslogs-stream-prefix/,
    ],
    [
      'Fargate stop timeout',
      { ...fargate, containerDefinitions: [{ name: 'a', image: 'b', stopTimeout: 300 }] },
      /^error fargate .*between 2 and 120 s, but is 300/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines(value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([['Fargate by words', { ...fargate, cpu: '1 vCPU', memory: '3 GB' }]])(
    'allowed: %s',
    (_, value) => {
      expect(lines(value)).toEqual([]);
    },
  );

  test.each<[string, JsonObject, string[]]>([
    ['size', { ...fargate, cpu: 'x', memory: 'x' }, ['$.cpu', '$.memory']],
  ])('late, so not judged: %s', (_, value, late) => {
    expect(lines(value, late)).toEqual([]);
  });
});
