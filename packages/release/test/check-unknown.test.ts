// Members that the model does not have.
import { describe, expect, test } from '@jest/globals';
import type { DescriptorKind, JsonObject } from '../src/index.ts';
import { checkDescriptor } from '../src/index.ts';
import { service, task, taskWith, update } from './descriptors.ts';
import { checkLines } from './lines.ts';

const errors = (kind: DescriptorKind, value: unknown) =>
  checkLines(kind, value)
    .filter((line) => line.startsWith('error '))
    .map((line) => line.slice(6));

describe('members that the model does not have', () => {
  test.each<[DescriptorKind, JsonObject, RegExp]>([
    [
      'task-definition',
      taskWith({ memoryReservaton: 1 }),
      /^unknown-member \$\.containerDefinitions\[0\]\.memoryReservaton: ContainerDefinition has no member 'memoryReservaton'; the AWS SDK would drop it without a word → Did you mean 'memoryReservation'\?$/,
    ],
    ['task-definition', taskWith({ Image: 'x' }), /Did you mean 'image'\?/],
    ['task-definition', taskWith({ port_mappings: [] }), /Did you mean 'portMappings'\?/],
    ['task-definition', taskWith({ env: [] }), /Did you mean 'environment'\?/],
    [
      'task-definition',
      taskWith({ portMappings: [{ containerPort: 1, cpu: 2 }] }),
      /'cpu' belongs one level up, in ContainerDefinition\./,
    ],
    [
      'task-definition',
      taskWith({ portMappings: [{ containerPort: 1, networkMode: 'host' }] }),
      /'networkMode' belongs 2 levels up, in RegisterTaskDefinition\./,
    ],
    ['task-definition', { ...task, image: 'x' }, /'image' belongs in containerDefinitions\[\]\./],
    [
      'task-definition',
      { ...task, subnets: [] },
      /'subnets' belongs in the service-definition, in networkConfiguration\.awsvpcConfiguration\./,
    ],
    ['task-definition', { ...task, desiredCount: 1 }, /'desiredCount' belongs in the service-definition\./],
    [
      'service-definition',
      { ...service, subnets: ['a'] },
      /'subnets' belongs in networkConfiguration\.awsvpcConfiguration\./,
    ],
    [
      'service-definition',
      { ...service, maximumPercent: 200 },
      /'maximumPercent' belongs in deploymentConfiguration\./,
    ],
    ['service-definition', { ...service, service: 'web' }, /It is called 'serviceName' here\./],
    ['service-update', { ...update, serviceName: 'web' }, /It is called 'service' here\./],
    [
      'service-update',
      { ...update, launchType: 'EC2' },
      /^create-only-member \$\.launchType: 'launchType' can be given to CreateService only/,
    ],
    [
      'task-definition',
      { ...task, revision: 3 },
      /^describe-only-member \$\.revision: .*probably copied from a describe output → Take it out\.$/,
    ],
    ['task-definition', { ...task, taskDefinitionArn: 'arn' }, /^describe-only-member/],
    ['service-definition', { ...service, runningCount: 1 }, /^describe-only-member/],
    ['service-update', { ...update, events: [] }, /^describe-only-member/],
    [
      'task-definition',
      { taskDefinition: task },
      /^describe-output \$\.taskDefinition: 'taskDefinition' holds a whole describe answer/,
    ],
    ['service-definition', { services: [service] }, /^describe-output \$\.services/],
    [
      'service-update',
      { service: update },
      /^wrong-type \$\.service: 'service' must be a string, but is an object/,
    ],
    [
      'task-definition',
      taskWith({ toString: 'x' }),
      /^unknown-member \$\.containerDefinitions\[0\]\.toString/,
    ],
    [
      'task-definition',
      taskWith({ constructor: 'x' }),
      /^unknown-member \$\.containerDefinitions\[0\]\.constructor/,
    ],
    [
      'task-definition',
      JSON.parse(
        '{"family":"web","containerDefinitions":[{"name":"a","image":"b","memory":8,"__proto__":{"x":1}}]}',
      ) as JsonObject,
      /^unknown-member \$\.containerDefinitions\[0\]\.__proto__/,
    ],
    ['task-definition', { ...task, 'a b\u001b[31m': 1 }, /\$\['a b\\u001b\[31m'\]/],
    ['task-definition', { ...task, ['x'.repeat(300)]: 1 }, /\['x{80}…'\]/],
  ])('%s %#', (kind, value, expected) => {
    const found = errors(kind, value);
    expect(found.filter((line) => expected.test(line))).toHaveLength(1);
  });

  test('a name that is near nothing is not guessed at', () => {
    expect(errors('task-definition', taskWith({ zebra: 1 }))).toEqual([
      "unknown-member $.containerDefinitions[0].zebra: ContainerDefinition has no member 'zebra'; the AWS SDK would drop it without a word → Take it out, or write it as in the Amazon ECS API Reference.",
    ]);
  });

  test('a hundred thousand slips are told in time', () => {
    const slips = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`slip${String(index)}`, 1]),
    );
    const start = performance.now();
    expect(checkDescriptor('task-definition', taskWith(slips))).toHaveLength(100_000 + 1);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
