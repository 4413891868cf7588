// The rules for service-definition and service-update.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '../src/index.ts';
import { service, update } from './descriptors.ts';
import { checkLines as lines } from './lines.ts';

const balancer: JsonObject = { loadBalancerName: 'lb', containerName: 'web', containerPort: 8080 };
const group: JsonObject = {
  targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/a/1',
  containerName: 'web',
  containerPort: 8080,
};
const { role: _role, ...noRole } = service;
const { desiredCount: _desired, ...uncounted } = noRole;
const daemon: JsonObject = {
  ...uncounted,
  schedulingStrategy: 'DAEMON',
  deploymentConfiguration: { maximumPercent: 100, minimumHealthyPercent: 0 },
};
const percents = (minimumHealthyPercent: number, maximumPercent: number): JsonObject => ({
  deploymentConfiguration: { minimumHealthyPercent, maximumPercent },
});
const network: JsonObject = { networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } } };

describe('CreateService', () => {
  test.each<[string, JsonObject, RegExp]>([
    ['name', { ...service, serviceName: 'a.b' }, /^error invalid-name \$\.serviceName/],
    [
      'no task definition',
      Object.fromEntries(Object.entries(service).filter(([key]) => key !== 'taskDefinition')),
      /^error missing-member \$: CreateService needs 'taskDefinition'/,
    ],
    ['no desired count', uncounted, /^error missing-member \$: CreateService needs 'desiredCount'/],
    [
      'long token',
      { ...service, clientToken: 'x'.repeat(37) },
      /^error client-token .*has 37 characters, at most 36/,
    ],
    ['token with a blank', { ...service, clientToken: 'a b' }, /^error client-token .*printable ASCII/],
    ['token not ASCII', { ...service, clientToken: 'ä' }, /^error client-token/],
    [
      'both kinds of load balancer',
      { ...service, loadBalancers: [{ ...balancer, ...group }] },
      /^error load-balancer-target \$\.loadBalancers\[0\]: .*not both/,
    ],
    [
      'no kind of load balancer',
      { ...service, loadBalancers: [{ containerName: 'web', containerPort: 1 }] },
      /^error load-balancer-target .*has neither/,
    ],
    [
      'load balancer for target group',
      {
        ...noRole,
        loadBalancers: [
          { ...group, targetGroupArn: 'arn:aws:elasticloadbalancing:eu-west-1:1:loadbalancer/app/a/1' },
        ],
      },
      /^error load-balancer-target .*ARN of a load balancer/,
    ],
    [
      'ARN as a name',
      { ...service, loadBalancers: [{ ...balancer, loadBalancerName: 'arn:aws:x' }] },
      /^error load-balancer-target .*not an ARN/,
    ],
    [
      'no container',
      { ...service, loadBalancers: [{ loadBalancerName: 'lb', containerPort: 1 }] },
      /^error load-balancer-container .*needs 'containerName'/,
    ],
    [
      'role with awsvpc',
      { ...service, ...network },
      /^error role \$\.role: ECS takes no role when tasks use awsvpc \(networkConfiguration\)/,
    ],
    [
      'role with two target groups',
      { ...service, loadBalancers: [group, group] },
      /^error role .*several load balancers/,
    ],
    [
      'role with a registry',
      { ...service, serviceRegistries: [{ registryArn: 'a' }] },
      /^error role .*service registry/,
    ],
    ['role alone', { ...service, loadBalancers: [] }, /^error role .*together with loadBalancers only/],
    [
      'launch type and strategy',
      { ...service, launchType: 'EC2', capacityProviderStrategy: [{ capacityProvider: 'a', weight: 1 }] },
      /^error launch-type/,
    ],
    [
      'no weight',
      { ...service, capacityProviderStrategy: [{ capacityProvider: 'a', weight: 0 }] },
      /^error capacity-weight/,
    ],
    [
      'two bases',
      {
        ...service,
        capacityProviderStrategy: [
          { capacityProvider: 'a', weight: 1, base: 1 },
          { capacityProvider: 'b', base: 1 },
        ],
      },
      /^error capacity-base/,
    ],
    ['negative count', { ...service, desiredCount: -1 }, /^error out-of-range \$\.desiredCount/],
    [
      'DAEMON with a count',
      { ...daemon, desiredCount: 2 },
      /^error daemon \$\.desiredCount: A service with the scheduling strategy DAEMON takes no desiredCount/,
    ],
    [
      'DAEMON with placement',
      { ...daemon, placementStrategy: [{ type: 'random' }] },
      /^error daemon \$\.placementStrategy/,
    ],
    [
      'DAEMON with volumes',
      { ...daemon, volumeConfigurations: [{ name: 'a' }] },
      /^error daemon \$\.volumeConfigurations/,
    ],
    [
      'DAEMON above 100 %',
      { ...daemon, ...percents(0, 200) },
      /^error daemon \$\.deploymentConfiguration\.maximumPercent: With DAEMON maximumPercent can be at most 100/,
    ],
    ['DAEMON on Fargate', { ...daemon, launchType: 'FARGATE' }, /^error daemon \$\.launchType/],
    [
      'DAEMON by CodeDeploy',
      { ...daemon, deploymentController: { type: 'CODE_DEPLOY' } },
      /^error daemon \$\.deploymentController\.type/,
    ],
    [
      '100 to 100',
      { ...service, ...percents(100, 100) },
      /^error deployment-cannot-start .*no deployment can ever move/,
    ],
    [
      'one task, 100 to 150',
      { ...service, desiredCount: 1, ...percents(100, 150) },
      /^error deployment-cannot-start .*With desiredCount 1, maximumPercent 150 allows 1 and minimumHealthyPercent 100 keeps 1/,
    ],
    [
      'three tasks, 70 to 130',
      { ...service, desiredCount: 3, ...percents(70, 130) },
      /^error deployment-cannot-start .*allows 3 and .*keeps 3/,
    ],
    [
      'one task, default minimum, 199',
      { ...service, desiredCount: 1, deploymentConfiguration: { maximumPercent: 199 } },
      /^error deployment-cannot-start/,
    ],
    ['below the desired count', { ...service, ...percents(0, 50) }, /^warning deployment-below-desired/],
    [
      'canary numbers for a rolling update',
      { ...service, deploymentConfiguration: { canaryConfiguration: { canaryPercent: 5 } } },
      /^error deployment-strategy .*strategy CANARY only, not with ROLLING/,
    ],
  ])('%s', (_, value, expected) => {
    expect(lines('service-definition', value)).toEqual([expect.stringMatching(expected)]);
  });

  test.each<[string, JsonObject]>([
    [
      'target group without role',
      { ...noRole, loadBalancers: [group, { ...group, containerPort: 1 }], ...network },
    ],
    ['DAEMON', daemon],
    ['external controller', { serviceName: 'web', deploymentController: { type: 'EXTERNAL' } }],
    ['one task, 0 to 100', { ...service, desiredCount: 1, ...percents(0, 100) }],
    ['one task, 100 to 200', { ...service, desiredCount: 1, ...percents(100, 200) }],
    ['four tasks, 100 to 125', { ...service, desiredCount: 4, ...percents(100, 125) }],
    ['four tasks, 75 to 100', { ...service, desiredCount: 4, ...percents(75, 100) }],
    ['no tasks', { ...service, desiredCount: 0, ...percents(100, 150) }],
    [
      'blue/green does not use the percents',
      {
        ...service,
        deploymentConfiguration: {
          strategy: 'BLUE_GREEN',
          bakeTimeInMinutes: 5,
          minimumHealthyPercent: 100,
          maximumPercent: 100,
        },
      },
    ],
    ['token of 36', { ...service, clientToken: '!'.repeat(36) }],
  ])('allowed: %s', (_, value) => {
    expect(lines('service-definition', value)).toEqual([]);
  });

  test.each<[string, JsonObject, string[]]>([
    ['count', { ...service, desiredCount: 1, ...percents(100, 150) }, ['$.desiredCount']],
    [
      'percent',
      { ...service, desiredCount: 1, ...percents(100, 150) },
      ['$.deploymentConfiguration.maximumPercent'],
    ],
    [
      'configuration',
      { ...service, desiredCount: 1, ...percents(100, 150) },
      ['$.deploymentConfiguration.maximumPercent', '$.deploymentConfiguration.minimumHealthyPercent'],
    ],
    ['token', { ...service, clientToken: ' '.repeat(40) }, ['$.clientToken']],
    ['scheduling strategy', { ...uncounted, schedulingStrategy: 'REPLICA' }, ['$.schedulingStrategy']],
    ['controller', { ...uncounted, deploymentController: { type: 'ECS' } }, ['$.deploymentController.type']],
    [
      'target group',
      { ...noRole, loadBalancers: [{ ...group, targetGroupArn: 'x:loadbalancer/' }] },
      ['$.loadBalancers[0].targetGroupArn'],
    ],
  ])('late: %s', (_, value, late) => {
    expect(lines('service-definition', value, late)).toEqual([]);
  });
});

describe('UpdateService', () => {
  test('100 to 100 is refused, what it does not state is not assumed', () => {
    expect(lines('service-update', { ...update, ...percents(100, 100) })).toEqual([
      expect.stringMatching(/^error deployment-cannot-start/),
    ]);
    expect(
      lines('service-update', {
        ...update,
        desiredCount: 1,
        deploymentConfiguration: { maximumPercent: 150 },
      }),
    ).toEqual([]);
    expect(lines('service-update', { service: 'web', ...percents(100, 150) })).toEqual([]);
  });

  test('load balancers are checked as for CreateService', () => {
    expect(
      lines('service-update', { ...update, loadBalancers: [{ containerName: 'web', containerPort: 1 }] }),
    ).toEqual([expect.stringMatching(/^error load-balancer-target/)]);
  });
});
