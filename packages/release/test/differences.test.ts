import { describe, expect, test } from '@jest/globals';
import { checkDescriptor, differences, type JsonObject } from '../src/index.ts';
import { allDescribed, differenceLines as lines, readDescribed } from './described.ts';
import { fargate, task, taskWith, update, web } from './descriptors.ts';

describe('what a describe call gives back for a request is no difference', () => {
  test.each(allDescribed.map((name) => [name]))('%s', (name) => {
    const { kind, request, described } = readDescribed(name);
    expect(differences(kind, described, request)).toEqual([]);
    // The request of an older release may stand in place of the describe answer.
    expect(differences(kind, request, request)).toEqual([]);
    expect(checkDescriptor(kind, request).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

describe('task definitions', () => {
  const environment = (...entries: [string, string][]) => ({
    environment: entries.map(([name, value]) => ({ name, value })),
  });
  test.each<[string, JsonObject, JsonObject, string[]]>([
    [
      'image',
      task,
      taskWith({ image: 'web:2' }),
      ['containerDefinitions.web.image: "registry.example.com/web:1.0.0.RELEASE" → "web:2"'],
    ],
    [
      'default told by name',
      task,
      taskWith({ essential: false, cpu: 10 }),
      ['containerDefinitions.web.cpu: 0 → 10', 'containerDefinitions.web.essential: true → false'],
    ],
    ['back to the default', taskWith({ cpu: 10 }), task, ['containerDefinitions.web.cpu: 10 → 0']],
    [
      "protocol is part of a port's name",
      task,
      taskWith({ portMappings: [{ containerPort: 8080, hostPort: 1234, protocol: 'udp' }] }),
      [
        'containerDefinitions.web.portMappings.8080/udp: not set → {"containerPort":8080,"hostPort":1234,"protocol":"udp"}',
        'containerDefinitions.web.portMappings.8080: {"containerPort":8080,"hostPort":1234} → not set',
      ],
    ],
    [
      'host port',
      task,
      taskWith({ portMappings: [{ containerPort: 8080, hostPort: 1235 }] }),
      ['containerDefinitions.web.portMappings.8080.hostPort: 1234 → 1235'],
    ],
    [
      'environment by name',
      taskWith(environment(['A', '1'], ['B', '2'])),
      taskWith(environment(['B', '3'], ['C', ''])),
      [
        'containerDefinitions.web.environment.B: "2" → "3"',
        'containerDefinitions.web.environment.C: not set → ""',
        'containerDefinitions.web.environment.A: "1" → not set',
      ],
    ],
    [
      'empty value',
      taskWith(environment(['A', 'x'])),
      taskWith(environment(['A', ''])),
      ['containerDefinitions.web.environment.A: "x" → ""'],
    ],
    [
      'odd names',
      task,
      taskWith({ dockerLabels: { 'com.example.team': 'a', "it's": 'b', ['__proto__x']: 'c' } }),
      [
        'containerDefinitions.web.dockerLabels.__proto__x: not set → "c"',
        'containerDefinitions.web.dockerLabels.\'com.example.team\': not set → "a"',
        "containerDefinitions.web.dockerLabels.'it\\'s': not set → \"b\"",
      ],
    ],
    [
      'a label called __proto__',
      task,
      taskWith({ dockerLabels: JSON.parse('{"__proto__":"x"}') as JsonObject }),
      ['containerDefinitions.web.dockerLabels.__proto__: not set → "x"'],
    ],
    [
      'secret reference',
      taskWith({ secrets: [{ name: 'DB_PASSWORD', valueFrom: '/a' }] }),
      taskWith({ secrets: [{ name: 'DB_PASSWORD', valueFrom: '/b' }] }),
      ['containerDefinitions.web.secrets.DB_PASSWORD: "/a" → "/b"'],
    ],
    [
      'command in order',
      taskWith({ command: ['a', 'b'] }),
      taskWith({ command: ['b', 'a'] }),
      ['containerDefinitions.web.command: ["a","b"] → ["b","a"]'],
    ],
    [
      'a new container',
      task,
      { ...task, containerDefinitions: [web, { name: 'side', image: 'side:1', essential: false }] },
      ['containerDefinitions.side: not set → {"essential":false,"image":"side:1","name":"side"}'],
    ],
    [
      'a container gone',
      { ...task, containerDefinitions: [web, { name: 'side', image: 'side:1' }] },
      task,
      ['containerDefinitions.side: {"image":"side:1","name":"side"} → not set'],
    ],
    [
      'health check',
      taskWith({ healthCheck: { command: ['CMD', 'a'] } }),
      taskWith({ healthCheck: { command: ['CMD', 'a'], retries: 5 } }),
      ['containerDefinitions.web.healthCheck.retries: 3 → 5'],
    ],
    ['size', fargate, { ...fargate, memory: '1 GB' }, ['memory: "512" → "1024"']],
    [
      'role of another name',
      { ...task, taskRoleArn: 'arn:aws:iam::1:role/a' },
      { ...task, taskRoleArn: 'b' },
      ['taskRoleArn: "arn:aws:iam::1:role/a" → "b"'],
    ],
    [
      'role of another account',
      { ...task, taskRoleArn: 'arn:aws:iam::1:role/a' },
      { ...task, taskRoleArn: 'arn:aws:iam::2:role/a' },
      ['taskRoleArn: "arn:aws:iam::1:role/a" → "arn:aws:iam::2:role/a"'],
    ],
    ['network mode', task, { ...task, networkMode: 'host' }, ['networkMode: "bridge" → "host"']],
    [
      'tags, when they were asked for',
      {
        ...task,
        tags: [
          { key: 'a', value: '1' },
          { key: 'bamboo-ecs:version', value: '1' },
        ],
      },
      { ...task, tags: [{ key: 'a', value: '2' }] },
      ['tags.a: "1" → "2"'],
    ],
    ['tags, when they were not', task, { ...task, tags: [{ key: 'a', value: '2' }] }, []],
    [
      'two entries of one name',
      taskWith(environment(['A', '1'], ['A', '2'])),
      taskWith(environment(['A', '1'], ['A', '3'])),
      ['containerDefinitions.web.environment.A#2: "2" → "3"'.replace('A#2', "'A#2'")],
    ],
    [
      'Unicode',
      taskWith(environment(['Größe', 'groß'])),
      taskWith(environment(['Größe', '大'])),
      ['containerDefinitions.web.environment.\'Größe\': "groß" → "大"'],
    ],
  ])('%s', (_, current, wanted, expected) => {
    expect(lines('task-definition', current, wanted)).toEqual(expected);
  });
});

test('ill-typed values do not fall over and are told', () => {
  for (const junk of [null, 1, 'x', [], {}, [null], [[]], { a: 1 }] as const) {
    for (const member of Object.keys(web)) {
      expect(() => differences('task-definition', task, taskWith({ [member]: junk }))).not.toThrow();
      expect(() => differences('task-definition', taskWith({ [member]: junk }), task)).not.toThrow();
    }
    for (const member of Object.keys(update)) {
      expect(() => differences('service-update', update, { ...update, [member]: junk })).not.toThrow();
    }
    expect(() => differences('task-definition', junk as JsonObject, task)).not.toThrow();
  }
  expect(lines('task-definition', task, taskWith({ memory: '256' }))).toEqual([
    'containerDefinitions.web.memory: 256 → "256"',
  ]);
  expect(lines('task-definition', task, taskWith({ portMappings: 'x' }))).toEqual([
    expect.stringMatching(/portMappings.*not set/),
  ]);
});
