// Each attribute of a service that an update sets, changed by hand: told by name, and nothing that ECS only says otherwise.
import { describe, expect, test } from '@jest/globals';
import { driftFrom } from '../src/index.ts';
import { service } from './builders.ts';

type Attribute = readonly [name: string, now: unknown, then: unknown, told: string];

const attributes: readonly Attribute[] = [
  ['desiredCount', 3, 2, 'desiredCount is 3 now, it was installed with 2.'],
  ['healthCheckGracePeriodSeconds', 77, 30, 'healthCheckGracePeriodSeconds is 77 now'],
  ['enableExecuteCommand', true, false, 'enableExecuteCommand is true now'],
  ['enableECSManagedTags', false, true, 'enableECSManagedTags is false now'],
  ['propagateTags', 'NONE', 'SERVICE', 'propagateTags is "NONE" now'],
  ['platformVersion', '1.3.0', 'LATEST', 'platformVersion is "1.3.0" now'],
  ['availabilityZoneRebalancing', 'DISABLED', 'ENABLED', 'availabilityZoneRebalancing is "DISABLED" now'],
  [
    'deploymentConfiguration',
    { minimumHealthyPercent: 50, maximumPercent: 200 },
    { minimumHealthyPercent: 100, maximumPercent: 200 },
    'deploymentConfiguration.minimumHealthyPercent is 50 now, it was installed with 100.',
  ],
  [
    'deploymentConfiguration',
    { deploymentCircuitBreaker: { enable: true, rollback: false } },
    { deploymentCircuitBreaker: { enable: true, rollback: true } },
    'deploymentConfiguration.deploymentCircuitBreaker.rollback is ',
  ],
  [
    'networkConfiguration',
    { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-9'] } },
    { awsvpcConfiguration: { subnets: ['subnet-1'], securityGroups: ['sg-1'] } },
    'networkConfiguration.awsvpcConfiguration.securityGroups is ["sg-9"] now',
  ],
  [
    'loadBalancers',
    [],
    [{ targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 80 }],
    'loadBalancers.web:80 is not set now',
  ],
  ['serviceRegistries', [], [{ registryArn: 'arn:sd' }], 'serviceRegistries is not set now'],
  [
    'placementStrategy',
    [{ type: 'binpack', field: 'MEMORY' }],
    [{ type: 'spread', field: 'attribute:ecs.availability-zone' }],
    'placementStrategy is [{"field":"MEMORY","type":"binpack"}] now',
  ],
  ['placementConstraints', [], [{ type: 'distinctInstance' }], 'placementConstraints is not set now'],
  [
    'capacityProviderStrategy',
    [{ capacityProvider: 'FARGATE', weight: 1 }],
    [{ capacityProvider: 'FARGATE_SPOT', weight: 1 }],
    'capacityProviderStrategy.FARGATE is {"capacityProvider":"FARGATE","weight":1} now, it was installed without it.',
  ],
];

const driftOf = (now: object, then: object, keepsCount = false): readonly string[] =>
  driftFrom({ ...service([]), definition: { serviceName: 'web', ...now } }, then as never, {
    keepsCount,
  });

describe('an attribute that somebody changed', () => {
  test.each(attributes)('%s, %j instead of %j', (name, now, then, told) => {
    const lines = driftOf({ [name]: now }, { [name]: then });
    expect(lines.join('\n')).toContain(`service.${told}`);
    expect(lines.every((line) => line.endsWith('.'))).toBe(true);
  });

  test.each(attributes)('%s, as it was installed, is none', (name, _now, then) => {
    expect(driftOf({ [name]: then }, { [name]: then })).toEqual([]);
  });

  test('all of them are told at once, each on a line of its own', () => {
    const [first, second] = [attributes[0]!, attributes[1]!];
    const lines = driftOf(
      { [first[0]]: first[1], [second[0]]: second[1] },
      { [first[0]]: first[2], [second[0]]: second[2] },
    );
    expect(lines).toHaveLength(2);
  });
});

describe('what is no change by hand', () => {
  test.each([
    ['a count that auto scaling owns', { desiredCount: 9 }, { desiredCount: 2 }, true],
    ['the count of a daemon', { desiredCount: 9, schedulingStrategy: 'DAEMON' }, { desiredCount: 2 }, false],
    ['an attribute that the release does not mention', { enableExecuteCommand: true }, {}, false],
    [
      'lists in another order',
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['b', 'a'] } } },
      { networkConfiguration: { awsvpcConfiguration: { subnets: ['a', 'b'] } } },
      false,
    ],
    [
      'how the request names its service',
      {},
      { cluster: 'qa', service: 'web', forceNewDeployment: true },
      false,
    ],
    [
      'the revision: that is told by its tags',
      { taskDefinition: 'web:9' },
      { taskDefinition: 'web:1' },
      false,
    ],
  ] as const)('%s', (_what, now, then, keepsCount) => {
    expect(driftOf(now, then, keepsCount)).toEqual([]);
  });
});
