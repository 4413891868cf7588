import type { Difference } from '@bamboo-ecs/release';
import { describe, expect, test } from '@jest/globals';
import { createdBy } from '../src/plan/created-by.ts';
import { changeGroups } from '../src/plan/changes.ts';
import { imageParts } from '../src/plan/image-change.ts';
import { pathSteps } from '../src/plan/path.ts';
import { valueText } from '../src/plan/value-text.ts';

const web = 'taskDefinition.containerDefinitions.web';

function only(difference: Difference) {
  const [group, ...others] = changeGroups([difference]);
  expect(others).toEqual([]);
  return group?.changes;
}

describe('changeGroups', () => {
  test('container by container, then the task definition, then the service', () => {
    const groups = changeGroups([
      { path: 'service.desiredCount', from: 2, to: 4 },
      { path: 'taskDefinition.cpu', from: '256', to: '512' },
      { path: `${web}.memory`, from: 256, to: 512 },
      { path: 'taskDefinition.containerDefinitions.proxy.cpu', to: 10 },
      { path: `${web}.environment.GREETING`, to: 'hello' },
      { path: `${web}.environment.DB_PASSWORD`, from: '********', to: '********' },
    ]);
    expect(groups).toEqual([
      {
        title: 'container web',
        kind: 'container',
        changes: [
          { what: 'memory', from: '256', to: '512' },
          { what: 'environment GREETING', from: null, to: 'hello' },
          { what: 'environment DB_PASSWORD', from: '********', to: '********', hidden: true },
        ],
      },
      { title: 'container proxy', kind: 'container', changes: [{ what: 'cpu', from: null, to: '10' }] },
      {
        title: 'task definition',
        kind: 'task-definition',
        changes: [{ what: 'cpu', from: '256', to: '512' }],
      },
      { title: 'service', kind: 'service', changes: [{ what: 'desiredCount', from: '2', to: '4' }] },
    ]);
  });

  const image = 'registry.example.com:5000/shop/web';
  const digest = (character: string): string => `sha256:${character.repeat(64)}`;
  test.each<readonly [string, string, string, unknown]>([
    ['the tag', `${image}:1`, `${image}:2`, [{ what: 'image', from: '1', to: '2', of: image }]],
    [
      'tag and digest',
      `${image}:1@${digest('a')}`,
      `${image}:2@${digest('b')}`,
      [
        { what: 'image', from: '1', to: '2', of: image },
        { what: 'digest', from: 'sha256:aaaaaaaaaaaa…', to: 'sha256:bbbbbbbbbbbb…' },
      ],
    ],
    [
      'the digest alone: the tag was pushed again',
      `${image}:1@${digest('a')}`,
      `${image}:1@${digest('b')}`,
      [{ what: 'digest', from: 'sha256:aaaaaaaaaaaa…', to: 'sha256:bbbbbbbbbbbb…', of: `${image}:1` }],
    ],
    [
      'digests that differ in their end only',
      `${image}@sha256:${'a'.repeat(63)}b`,
      `${image}@sha256:${'a'.repeat(63)}c`,
      [
        {
          what: 'digest',
          from: `sha256:${'a'.repeat(63)}b`,
          to: `sha256:${'a'.repeat(63)}c`,
          of: image,
        },
      ],
    ],
    ['another image', 'web:1', 'shop/web:1', [{ what: 'image', from: 'web:1', to: 'shop/web:1' }]],
    ['no tag before', 'web', 'web:1', [{ what: 'image', from: null, to: '1', of: 'web' }]],
  ])('an image, %s', (_, from, to, expected) => {
    expect(only({ path: `${web}.image`, from, to })).toEqual(expected);
  });

  test('a new container says what people ask first, and never a value of its environment', () => {
    const container = {
      name: 'proxy',
      image: 'proxy:1',
      memory: 64,
      portMappings: [{ containerPort: 8080, hostPort: 0, protocol: 'tcp' }],
      environment: [{ name: 'MODE', value: 'not shown' }],
      secrets: [{ name: 'KEY', valueFrom: 'arn:aws:ssm:x' }],
      healthCheck: { command: ['CMD', 'true'] },
    };
    const [group] = changeGroups([{ path: 'taskDefinition.containerDefinitions.proxy', to: container }]);
    expect(group?.whole).toBe('added');
    expect(group?.changes.map(({ what, to }) => [what, to])).toEqual([
      ['image', 'proxy:1'],
      ['memory', '64'],
      ['port', '8080/tcp on host port 0 (any)'],
      ['environment', 'MODE'],
      ['secrets', 'KEY'],
      ['also', 'healthCheck'],
    ]);
    const [gone] = changeGroups([{ path: 'taskDefinition.containerDefinitions.proxy', from: container }]);
    expect([gone?.whole, gone?.changes[0]]).toEqual([
      'removed',
      { what: 'image', from: 'proxy:1', to: null },
    ]);
  });

  test.each([
    [
      'a container called like a member of every object',
      'taskDefinition.containerDefinitions.constructor.cpu',
    ],
    ['a member that is no list of ours', `${web}.__proto__.x`],
    ['an empty path', ''],
    ['dots only', '...'],
    ['a quote that never ends', `${web}.'abc`],
  ])('%s is told somehow', (_, path) => {
    expect(changeGroups([{ path, from: 1, to: 2 }]).flatMap(({ changes }) => changes)).toHaveLength(1);
  });
});

test('a path is split where it was joined', () => {
  expect(pathSteps("a.b:1.'com.example.team'.c")).toEqual(['a', 'b:1', 'com.example.team', 'c']);
  expect(pathSteps(String.raw`a.'it\'s'.b`)).toEqual(['a', "it's", 'b']);
});

test('the colon of a port is not that of a tag', () => {
  expect(imageParts('localhost:5000/web')).toEqual({ name: 'localhost:5000/web', tag: null, digest: null });
  expect(imageParts('')).toEqual({ name: '', tag: null, digest: null });
});

test.each([
  ['plain', 'plain'],
  ['two words', 'two words'],
  ['', '""'],
  [' blank before', '" blank before"'],
  ['a "quoted" one', String.raw`"a \"quoted\" one"`],
  ['two\nlines', String.raw`"two\nlines"`],
  [256, '256'],
  [null, 'null'],
  [['a'], '["a"]'],
])('the value %j is told as %s', (value, text) => {
  expect(valueText(value)).toBe(text);
});

test('a service that is created begins with what its requests say, secrets masked', () => {
  const created = createdBy({
    action: 'create',
    reason: '',
    cluster: 'qa',
    service: 'web',
    differences: [],
    notes: [],
    register: {
      request: {
        family: 'web',
        containerDefinitions: [
          { name: 'web', image: 'web:1', environment: [{ name: 'DB_PASSWORD', value: 'hunter2' }] },
        ],
      },
      tags: {},
    },
    request: { cluster: 'qa', serviceName: 'web', clientToken: 'x', desiredCount: 2 },
  });
  expect(created.map(({ path }) => path)).toEqual([
    'taskDefinition.containerDefinitions.web',
    'taskDefinition.family',
    'service.desiredCount',
  ]);
  expect(JSON.stringify(created)).not.toContain('hunter2');
});
