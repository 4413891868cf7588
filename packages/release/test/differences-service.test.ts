import { describe, expect, test } from '@jest/globals';
import { differences, type JsonObject } from '../src/index.ts';
import { differenceLines as lines, readDescribed } from './described.ts';
import { update } from './descriptors.ts';

describe('services', () => {
  const fargateService = readDescribed('service-fargate-update').described;
  const classic = readDescribed('service-classic').described;
  const ofFargate = (members: JsonObject) =>
    lines('service-update', fargateService, { service: 'api', cluster: 'qa', ...members });

  test('only what is stated is compared', () => {
    expect(ofFargate({})).toEqual([]);
    expect(lines('service-definition', classic, { cluster: 'qa', serviceName: 'hid-generator' })).toEqual([]);
  });

  test.each<[JsonObject, string[]]>([
    [{ desiredCount: 4 }, ['desiredCount: 3 → 4']],
    [
      { taskDefinition: 'other' },
      ['taskDefinition: "arn:aws:ecs:eu-west-1:123456789012:task-definition/api:2" → "other"'],
    ],
    [{ taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/api' }, []],
    [{ enableExecuteCommand: true }, ['enableExecuteCommand: false → true']],
    [{ propagateTags: 'SERVICE' }, ['propagateTags: "NONE" → "SERVICE"']],
    [{ platformVersion: '1.4.0' }, ['platformVersion: "LATEST" → "1.4.0"']],
    [
      { capacityProviderStrategy: [{ capacityProvider: 'FARGATE', weight: 3 }] },
      [
        'capacityProviderStrategy.FARGATE.weight: 1 → 3',
        'capacityProviderStrategy.FARGATE_SPOT: {"capacityProvider":"FARGATE_SPOT","weight":2} → not set',
      ],
    ],
    [
      {
        networkConfiguration: {
          awsvpcConfiguration: {
            subnets: ['subnet-c'],
            securityGroups: ['sg-1', 'sg-2'],
            assignPublicIp: 'ENABLED',
          },
        },
      },
      [
        'networkConfiguration.awsvpcConfiguration.assignPublicIp: "DISABLED" → "ENABLED"',
        'networkConfiguration.awsvpcConfiguration.subnets: ["subnet-a","subnet-b"] → ["subnet-c"]',
      ],
    ],
    [
      { deploymentConfiguration: { maximumPercent: 150 } },
      [
        'deploymentConfiguration.deploymentCircuitBreaker: {"enable":true,"rollback":true} → not set',
        expect.stringMatching(
          /^deploymentConfiguration\.lifecycleHooks: \[.* → not set$/,
        ) as unknown as string,
        'deploymentConfiguration.maximumPercent: 200 → 150',
      ],
    ],
    [
      { serviceConnectConfiguration: { enabled: false } },
      [
        expect.stringMatching(
          /^serviceConnectConfiguration: \{"enabled":true.* → not set$/,
        ) as unknown as string,
      ],
    ],
    [{ volumeConfigurations: [{ name: 'a' }] }, ['volumeConfigurations.a: not set → {"name":"a"}']],
    [
      { loadBalancers: [] },
      [expect.stringMatching(/^loadBalancers\.api:8080: \{.*…? → not set$/) as unknown as string],
    ],
    [{ loadBalancers: null, desiredCount: null }, []],
    [{ cluster: 'prod' }, ['cluster: "arn:aws:ecs:eu-west-1:123456789012:cluster/qa" → "prod"']],
    [{ monitoring: { metricConfigurations: [] }, gatewayConnectors: [{ portName: 'a' }] }, []],
  ])('%j', (members, expected) => {
    expect(ofFargate(members)).toEqual(expected);
  });

  test('a role by another name, a controller, a first deployment configuration', () => {
    expect(
      lines('service-definition', classic, {
        serviceName: 'hid-generator',
        cluster: 'qa',
        role: 'other',
        deploymentController: { type: 'CODE_DEPLOY' },
      }),
    ).toEqual([
      'deploymentController.type: "ECS" → "CODE_DEPLOY"',
      'role: "arn:aws:iam::123456789012:role/ecsServiceRole" → "other"',
    ]);
  });

  test.each<[JsonObject, JsonObject, string[]]>([
    [
      { minimumHealthyPercent: 25, maximumPercent: 200 },
      { minimumHealthyPercent: 100, maximumPercent: 200 },
      ['deploymentConfiguration.minimumHealthyPercent: 25 → 100'],
    ],
    [
      { minimumHealthyPercent: 100, maximumPercent: 200 },
      { minimumHealthyPercent: 50, maximumPercent: 150 },
      [
        'deploymentConfiguration.maximumPercent: 200 → 150',
        'deploymentConfiguration.minimumHealthyPercent: 100 → 50',
      ],
    ],
    [{ minimumHealthyPercent: 100 }, { maximumPercent: 200 }, []],
  ])('to and from defaults member by member: %j → %j', (before, after, expected) => {
    const service = (deploymentConfiguration: JsonObject): JsonObject => ({
      service: 'web',
      deploymentConfiguration,
    });
    expect(lines('service-update', service(before), service(after))).toEqual(expected);
  });

  test('of what is made, defaults that are stated are told, too', () => {
    const wanted = {
      serviceName: 'web',
      deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 200 },
    };
    expect(differences('service-definition', {}, wanted, { stated: true })).toEqual([
      { path: 'deploymentConfiguration.maximumPercent', to: 200 },
      { path: 'deploymentConfiguration.minimumHealthyPercent', to: 50 },
      { path: 'serviceName', to: 'web' },
    ]);
  });

  test('the request of an older release as the present state', () => {
    expect(lines('service-update', { ...update, desiredCount: 1 }, update)).toEqual(['desiredCount: 1 → 2']);
    expect(
      lines('service-update', { serviceName: 'web', cluster: 'qa' }, { service: 'web', cluster: 'qa' }),
    ).toEqual([]);
    expect(lines('service-update', {}, { service: 'web' })).toEqual(['service: not set → "web"']);
  });

  test('only the tags that are stated, and not those that others keep', () => {
    const daemon = readDescribed('service-daemon').described;
    const wanted = {
      serviceName: 'agent',
      tags: [
        { key: 'team', value: 'ops' },
        { key: 'new', value: '1' },
      ],
    };
    expect(lines('service-definition', daemon, wanted)).toEqual([
      'tags.team: "build" → "ops"',
      'tags.new: not set → "1"',
    ]);
  });
});
