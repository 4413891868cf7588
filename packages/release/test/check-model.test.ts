import { describe, expect, test } from '@jest/globals';
import { checkDescriptor, type DescriptorKind, type JsonObject } from '../src/index.ts';
import { fargate, service, task, taskWith, update } from './descriptors.ts';
import { checkLines } from './lines.ts';

const errors = (kind: DescriptorKind, value: unknown) =>
  checkLines(kind, value)
    .filter((line) => line.startsWith('error '))
    .map((line) => line.slice(6));

describe('descriptors with nothing wrong', () => {
  test.each<[DescriptorKind, JsonObject]>([
    ['task-definition', task],
    ['task-definition', fargate],
    ['service-definition', service],
    ['service-update', update],
    ['service-update', { service: 'web' }],
  ])('%s', (kind, value) => {
    expect(checkDescriptor(kind, value)).toEqual([]);
  });
});

describe('types and values', () => {
  test.each<[JsonObject, string]>([
    [
      taskWith({ memory: '256' }),
      "wrong-type $.containerDefinitions[0].memory: 'memory' must be an integer, but is a string → Write 256, without quotes: neither the AWS SDK nor ECS converts it.",
    ],
    [
      taskWith({ essential: 'true' }),
      "wrong-type $.containerDefinitions[0].essential: 'essential' must be true or false, but is a string → Write true, without quotes: neither the AWS SDK nor ECS converts it.",
    ],
    [
      taskWith({ environment: [{ name: 'PIN', value: 4711 }] }),
      "wrong-type $.containerDefinitions[0].environment[0].value: 'value' must be a string, but is a number → Put it in double quotes.",
    ],
    [
      taskWith({ environment: { A: 'b' } }),
      'wrong-type $.containerDefinitions[0].environment: \'environment\' must be a list, but is an object → Write [{"name": …, "value": …}, …].',
    ],
    [
      taskWith({ command: 'run' }),
      "wrong-type $.containerDefinitions[0].command: 'command' must be a list, but is a string → Put it in [ ].",
    ],
    [
      taskWith({ dockerLabels: { 'a.b': true } }),
      "wrong-type $.containerDefinitions[0].dockerLabels['a.b']: 'a.b' must be a string, but is the boolean true → Put it in double quotes.",
    ],
    [
      taskWith({ dockerLabels: ['a'] }),
      "wrong-type $.containerDefinitions[0].dockerLabels: 'dockerLabels' must be an object from names to values, but is a list",
    ],
    [
      taskWith({ healthCheck: 'curl' }),
      "wrong-type $.containerDefinitions[0].healthCheck: 'healthCheck' must be an object (HealthCheck), but is a string",
    ],
    [
      { ...task, cpu: 256 },
      "wrong-type $.cpu: 'cpu' must be a string, but is a number → Put it in double quotes.",
    ],
    [
      taskWith({ portMappings: [{ containerPort: 80, protocol: 'tpc' }] }),
      "unknown-value $.containerDefinitions[0].portMappings[0].protocol: 'protocol' must be one of tcp, udp, but is 'tpc' → Did you mean 'tcp'?",
    ],
    [
      { ...task, networkMode: 'AWSVPC' },
      "unknown-value $.networkMode: 'networkMode' must be one of awsvpc, bridge, host, none, but is 'AWSVPC' → Did you mean 'awsvpc'?",
    ],
    [
      taskWith({ cpu: 1.5 }),
      "not-an-integer $.containerDefinitions[0].cpu: 'cpu' must be an integer, but is 1.5",
    ],
    [
      taskWith({ cpu: -1 }),
      "out-of-range $.containerDefinitions[0].cpu: 'cpu' must not be negative or above 2147483647, but is -1",
    ],
    [
      taskWith({ stopTimeout: 2 ** 31 }),
      "out-of-range $.containerDefinitions[0].stopTimeout: 'stopTimeout' must not be negative or above 2147483647, but is 2147483648",
    ],
    [
      taskWith({ ulimits: [{ name: 'core', softLimit: 2 ** 40, hardLimit: 1 }] }),
      "out-of-range $.containerDefinitions[0].ulimits[0].softLimit: 'softLimit' must lie between -2147483648 and 2147483647, but is 1099511627776",
    ],
    [
      taskWith({ portMappings: [{ containerPort: 70_000 }] }),
      "out-of-range $.containerDefinitions[0].portMappings[0].containerPort: 'containerPort' must lie between 0 and 65535, but is 70000",
    ],
    [
      taskWith({ ulimits: [{ name: 'core' }] }),
      "missing-member $.containerDefinitions[0].ulimits[0]: Ulimit needs 'hardLimit'",
    ],
    [
      taskWith({ logConfiguration: {} }),
      "missing-member $.containerDefinitions[0].logConfiguration: LogConfiguration needs 'logDriver'",
    ],
    [
      taskWith({ command: ['a', null] }),
      "null-entry $.containerDefinitions[0].command[1]: entry 1 of 'command' is null → Take it out or give it a value.",
    ],
    [
      taskWith({ dockerLabels: { a: null } }),
      "null-entry $.containerDefinitions[0].dockerLabels.a: 'a' is null → Take it out or give it a value.",
    ],
    [
      { family: 'web', containerDefinitions: null },
      "missing-member $: RegisterTaskDefinition needs 'containerDefinitions'",
    ],
    [
      taskWith({ resourceRequirements: [{ type: 'GPU', sharingStrategy: {} }] }),
      "union-member $.containerDefinitions[0].resourceRequirements[0].sharingStrategy: 'sharingStrategy' must have exactly one member of nvidiaMps, but has 0",
    ],
  ])('%#', (value, expected) => {
    expect(errors('task-definition', value)).toContain(expected);
  });

  test.each<[unknown, string]>([
    [null, 'null'],
    [undefined, 'null'],
    ['{}', 'a string'],
    [[], 'a list'],
    [7, 'a number'],
    [true, 'the boolean true'],
  ])('%j in place of a descriptor', (value, given) => {
    expect(errors('service-update', value)).toEqual([
      `wrong-type $: the descriptor must be an object (UpdateService), but is ${given}`,
    ]);
  });

  test('numbers that JSON cannot hold', () => {
    expect(
      errors('task-definition', {
        ...task,
        containerDefinitions: [{ name: 'a', image: 'b', memory: Infinity, cpu: Number.NaN }],
      }),
    ).toEqual([expect.stringMatching(/memory.*but is Infinity/), expect.stringMatching(/cpu.*but is NaN/)]);
  });

  test('a whole number may be written with a fraction or an exponent', () => {
    expect(
      errors(
        'task-definition',
        JSON.parse('{"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":2.56e2}]}'),
      ),
    ).toEqual([]);
  });

  test('fractions where ECS takes them, and any JSON in a document', () => {
    const deploymentConfiguration = {
      strategy: 'CANARY',
      canaryConfiguration: { canaryPercent: 0.5 },
      lifecycleHooks: [{ hookDetails: { a: [1, null, { b: 'c' }] } }],
    };
    expect(errors('service-update', { ...update, deploymentConfiguration })).toEqual([]);
  });

  test('null members are a warning: the SDK leaves them out', () => {
    const problems = checkDescriptor('service-update', { ...update, loadBalancers: null });
    expect(problems).toEqual([
      {
        severity: 'warning',
        code: 'null-member',
        message: "'loadBalancers' is null, which counts as not there",
        hint: 'Take it out, or write [] or "" if that is meant.',
        place: { path: '$.loadBalancers', segments: ['loadBalancers'] },
      },
    ]);
  });

  test('all at once, each with its segments, no value of a string in any message', () => {
    const value = taskWith({
      memory: 'hunter2',
      cpu: 'hunter2',
      environment: [{ name: 'A', value: true }],
      essential: 'hunter2',
    });
    const problems = checkDescriptor('task-definition', value);
    expect(problems.map(({ place }) => place?.segments)).toEqual([
      ['containerDefinitions', 0, 'memory'],
      ['containerDefinitions', 0, 'cpu'],
      ['containerDefinitions', 0, 'environment', 0, 'value'],
      ['containerDefinitions', 0, 'essential'],
    ]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  test('a bottomless nest is refused, not followed', () => {
    let nest: unknown = 1;
    for (let depth = 0; depth < 50_000; depth += 1) nest = [nest];
    expect(errors('task-definition', { ...task, tags: nest })).toEqual([
      'too-deep $: The task-definition is nested more than 100 levels deep',
    ]);
  });
});

describe('late values', () => {
  test('the type of a stand-in is checked, its value is not', () => {
    const value = { ...service, desiredCount: -1, launchType: 'x', serviceName: 'a b', clientToken: 7 };
    const late = new Set(['$.desiredCount', '$.launchType', '$.serviceName', '$.clientToken']);
    expect(checkDescriptor('service-definition', value)).toHaveLength(4);
    expect(checkDescriptor('service-definition', value, { late }).map(({ code }) => code)).toEqual([
      'wrong-type',
    ]);
  });
});
