// A problem without what to do about it is half a message.
import { expect, test } from '@jest/globals';
import { checkDescriptor, crossCheck, type JsonObject, type Problem } from '../src/index.ts';

const task: JsonObject = {
  family: 'a b',
  networkMode: 'bridge',
  cpu: '10',
  memory: '5',
  extra: 1,
  containerDefinitions: [
    {
      name: 'x y',
      image: 'a b',
      memory: '256',
      cpu: 1.5,
      portMappings: [
        { hostPort: 80 },
        { containerPort: 70_000, protocol: 'tpc' },
        { containerPort: 1, hostPort: 80 },
        { containerPort: 2, hostPort: 80 },
      ],
      essential: 1,
      secrets: [{ name: 'A', valueFrom: 'b' }],
      environment: [{ value: 'x' }, { name: ' ' }],
      healthCheck: { command: ['curl'], interval: 1 },
      logConfiguration: { logDriver: 'awslogs' },
      mountPoints: [{ sourceVolume: 'data' }],
      dependsOn: [{ containerName: 'q', condition: 'HEALTHY' }],
      links: ['z'],
    },
    {},
    { name: 'x y', image: '', memoryReservation: 100, memory: 50 },
  ],
};
const bare: JsonObject = { family: 'web', containerDefinitions: [{}] };
const create: JsonObject = {
  serviceName: 'web',
  cluster: 'qa',
  loadBalancers: [
    {},
    { targetGroupArn: 'a:loadbalancer/', loadBalancerName: 'arn:x', containerName: 'no', containerPort: 1 },
  ],
  clientToken: 'x'.repeat(40),
  role: 'r',
  launchType: 'FARGATE',
  capacityProviderStrategy: [
    { capacityProvider: 'a', base: 1, weight: 0 },
    { capacityProvider: 'b', base: 1, weight: 0 },
  ],
  desiredCount: -1,
  deploymentConfiguration: { minimumHealthyPercent: 100, maximumPercent: 200 },
  schedulingStrategy: 'DAEMON',
  networkConfiguration: { awsvpcConfiguration: {} },
};
const update: JsonObject = {
  cluster: 'production',
  desiredCount: '2',
  taskDefinition: 'other',
  service: 'w',
};

/** They say what the value must be: that is what to do. */
const telling = new Set([
  'not-an-integer',
  'out-of-range',
  'unknown-value',
  'wrong-type',
  'missing-member',
  'union-member',
]);

test('every error says what to do', () => {
  const problems: Problem[] = [
    ...checkDescriptor('task-definition', task),
    ...checkDescriptor('task-definition', bare),
    ...checkDescriptor('service-definition', create),
    ...checkDescriptor('service-definition', { serviceName: 'web', clientToken: 'ä' }),
    ...checkDescriptor('service-update', { desiredCount: 1 }),
    ...crossCheck({ 'task-definition': task, 'service-definition': create, 'service-update': update }),
    ...crossCheck({
      'task-definition': { ...bare, networkMode: 'awsvpc' },
      'service-definition': { serviceName: 'web', taskDefinition: 'web', desiredCount: 1 },
    }),
  ];
  const errors = problems.filter(({ severity, code }) => severity === 'error' && !telling.has(code));
  expect(new Set(errors.map(({ code }) => code)).size).toBeGreaterThan(22);
  expect(errors.filter(({ hint }) => hint === undefined).map(({ message }) => message)).toEqual([]);
});
