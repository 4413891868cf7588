import { describe, expect, test } from '@jest/globals';
import { checksMade, preflightChecks, quotasNear, notAsked } from '../../src/preflight/index.ts';
import { service } from '../builders.ts';
import { ask } from './case.ts';

const everything = {
  task: {
    executionRoleArn: 'arn:aws:iam::123456789012:role/ops/exec',
    taskRoleArn: 'task',
    networkMode: 'awsvpc',
  },
  container: {
    secrets: [
      { name: 'A', valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:user::' },
      {
        name: 'B',
        valueFrom: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf:password:AWSPREVIOUS:',
      },
      { name: 'C', valueFrom: 'arn:aws:ssm:eu-central-1:123456789012:parameter/team/key' },
      { name: 'D', valueFrom: '/team/key:3' },
      { name: 'E', valueFrom: 'plain' },
    ],
    repositoryCredentials: { credentialsParameter: 'registry-login' },
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': '/web', 'awslogs-region': 'eu-west-1' },
    },
    portMappings: [{ containerPort: 8080 }],
  },
  service: {
    role: 'ecsServiceRole',
    capacityProviderStrategy: [{ capacityProvider: 'spot' }, { capacityProvider: 'spot' }],
    loadBalancers: [
      { targetGroupArn: 'arn:tg', containerName: 'web', containerPort: 8080 },
      { loadBalancerName: 'classic', containerName: 'web', containerPort: 8080 },
    ],
    networkConfiguration: {
      awsvpcConfiguration: { subnets: ['subnet-1', 'subnet-1', 'subnet-2'], securityGroups: ['sg-1'] },
    },
  },
};

describe('what is asked', () => {
  test('is everything that the release uses, each thing once', () => {
    const questions = ask(everything);
    expect(questions.roles.map(({ role, name, principal }) => [role, name, principal])).toEqual([
      ['arn:aws:iam::123456789012:role/ops/exec', 'exec', 'ecs-tasks.amazonaws.com'],
      ['task', 'task', 'ecs-tasks.amazonaws.com'],
      ['ecsServiceRole', 'ecsServiceRole', 'ecs.amazonaws.com'],
    ]);
    expect(questions.secrets.map(({ id, region, stage }) => [id, region, stage])).toEqual([
      ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', 'eu-west-1', null],
      ['arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf', 'eu-west-1', 'AWSPREVIOUS'],
      ['registry-login', null, null],
    ]);
    expect(questions.parameters.map(({ name, region, version }) => [name, region, version])).toEqual([
      ['/team/key', 'eu-central-1', null],
      ['/team/key', null, '3'],
      ['plain', null, null],
    ]);
    expect(questions.logGroups.map(({ group, region }) => [group, region])).toEqual([['/web', 'eu-west-1']]);
    expect(questions.capacityProviders).toEqual([
      {
        name: 'spot',
        places: [
          'service-definition $.capacityProviderStrategy[0].capacityProvider',
          'service-definition $.capacityProviderStrategy[1].capacityProvider',
        ],
      },
    ]);
    expect(questions.targetGroups).toMatchObject([
      { arn: 'arn:tg', port: 8080, hostPort: 8080, transport: 'tcp' },
    ]);
    expect(questions.loadBalancers).toMatchObject([{ name: 'classic' }]);
    expect(questions.network).toMatchObject({ subnets: ['subnet-1', 'subnet-2'], securityGroups: ['sg-1'] });
    expect(questions.identity).toBe(true);
    expect(checksMade(questions)).toEqual(preflightChecks);
  });

  test('is the image alone of a release that uses nothing else', () => {
    const questions = ask({});
    expect(checksMade(questions)).toEqual(['image', 'quota']);
    expect(questions.identity).toBe(false);
    expect(questions.network).toBeNull();
  });

  test('is nothing of a check that is left out', () => {
    const questions = ask({ ...everything, skip: preflightChecks });
    expect(checksMade(questions)).toEqual([]);
    expect([...questions.roles, ...questions.images, ...questions.secrets, ...questions.parameters]).toEqual(
      [],
    );
    expect([...questions.logGroups, ...questions.targetGroups, ...questions.loadBalancers]).toEqual([]);
    expect([questions.network, questions.identity]).toEqual([null, false]);
    expect(ask({ ...everything, skip: ['pass-role'] }).identity).toBe(false);
    expect(ask({ ...everything, skip: ['role'] }).roles).toHaveLength(3);
  });

  test('of an update comes from the request, otherwise from the service as it runs', () => {
    const loadBalancers = [{ targetGroupArn: 'arn:old', containerName: 'web', containerPort: 80 }];
    const now = service([], { definition: { loadBalancers } });
    const questions = ask({ service: { role: 'ecsServiceRole' }, now });
    expect(questions.roles).toEqual([]);
    expect(questions.targetGroups).toMatchObject([
      { arn: 'arn:old', places: ['the service as it runs $.loadBalancers[0].targetGroupArn'] },
    ]);
    const changed = ask({
      update: { loadBalancers: [{ targetGroupArn: 'arn:new', containerName: 'web', containerPort: 80 }] },
      now,
    });
    expect(changed.targetGroups).toMatchObject([
      { arn: 'arn:new', places: ['service-update $.loadBalancers[0].targetGroupArn'] },
    ]);
  });

  test.each([
    [
      'a log driver that is not awslogs',
      { logConfiguration: { logDriver: 'splunk', options: { 'awslogs-group': 'x' } } },
    ],
    [
      'a group that the driver makes',
      {
        logConfiguration: {
          logDriver: 'awslogs',
          options: { 'awslogs-group': 'x', 'awslogs-create-group': 'true' },
        },
      },
    ],
    ["AWS's own parameters", { secrets: [{ name: 'A', valueFrom: '/aws/service/ami' }] }],
    [
      "another account's parameter",
      { secrets: [{ name: 'A', valueFrom: 'arn:aws:ssm:eu-central-1:210987654321:parameter/x' }] },
    ],
    ['what is no reference', { secrets: [{ name: 'A' }, null, { valueFrom: 7 }, { valueFrom: '' }] }],
    ['members of the wrong type', { secrets: 'x', logConfiguration: [], repositoryCredentials: null }],
  ])('%s asks nobody', (_, container) => {
    const questions = ask({ container });
    expect([...questions.logGroups, ...questions.parameters, ...questions.secrets]).toEqual([]);
  });

  test('service quotas only where one is near', () => {
    const near = (desired: number, containers = 1): readonly string[] => {
      const one = { name: 'web', image: 'web:1', memory: 64 };
      const questions = ask({
        service: { desiredCount: desired },
        task: { containerDefinitions: Array.from({ length: containers }, () => one) },
      });
      return quotasNear({ ...questions, cluster: notAsked });
    };
    expect([near(2), near(3999), near(4000)]).toEqual([[], [], ['Tasks per service']]);
    expect([near(2, 10), near(2, 11)]).toEqual([[], ['Container definitions per task definition']]);
  });
});
