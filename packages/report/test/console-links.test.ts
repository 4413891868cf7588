import { describe, expect, test } from '@jest/globals';
import {
  deploymentConsole,
  deploymentsConsole,
  revisionConsole,
  serviceConsole,
} from '../src/html/console-links.ts';

const service = (partition: string, region: string) =>
  `arn:${partition}:ecs:${region}:123456789012:service/qa/web`;

test.each([
  ['aws', 'eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
  ['aws', 'ap-southeast-2', 'https://ap-southeast-2.console.aws.amazon.com/'],
  ['aws-cn', 'cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
  ['aws-us-gov', 'us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
  ['aws-eusc', 'eusc-de-east-1', 'https://eusc-de-east-1.console.amazonaws-eusc.eu/'],
])('a service in %s %s', (partition, region, host) => {
  const path = `ecs/v2/clusters/qa/services/web`;
  expect(serviceConsole(service(partition, region))).toBe(`${host}${path}/health?region=${region}`);
  expect(deploymentsConsole(service(partition, region))).toBe(`${host}${path}/deployments?region=${region}`);
});

test('a revision and a deployment', () => {
  expect(revisionConsole('arn:aws:ecs:eu-west-1:123456789012:task-definition/web:7')).toBe(
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/task-definitions/web/7/containers?region=eu-west-1',
  );
  expect(deploymentConsole('arn:aws:ecs:eu-west-1:123456789012:service-deployment/qa/web/Abc123')).toBe(
    'https://eu-west-1.console.aws.amazon.com/ecs/v2/clusters/qa/services/web/deployments/Abc123?region=eu-west-1',
  );
});

describe('no link comes from', () => {
  test.each([
    ['a partition without a public console', service('aws-iso', 'us-iso-east-1')],
    ['a partition that sounds like a member of every object', service('aws-constructor', 'eu-west-1')],
    ['the short ARN of an old service', 'arn:aws:ecs:eu-west-1:123456789012:service/web'],
    ['a region that is a host', service('aws', 'evil.example.com/')],
    ['a name that leaves the path', 'arn:aws:ecs:eu-west-1:123456789012:service/qa/../../x'],
    ['a name with a query', 'arn:aws:ecs:eu-west-1:123456789012:service/qa/web?x'],
    ['two lines', `${service('aws', 'eu-west-1')}\nx`],
    ['another service of AWS', 'arn:aws:s3:eu-west-1:123456789012:service/qa/web'],
    ['nothing', ''],
    ['something long', `arn:aws:ecs:eu-west-1:123456789012:service/${'a'.repeat(100_000)}/web`],
  ])('%s', (_, arn) => {
    expect(serviceConsole(arn)).toBeNull();
    expect(revisionConsole(arn)).toBeNull();
    expect(deploymentConsole(arn)).toBeNull();
  });
});
