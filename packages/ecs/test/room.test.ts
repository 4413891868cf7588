// The room of a cluster: what is asked, what of the answers counts, and what is only a gap.
import { describe, expect, test } from '@jest/globals';
import { type Answer, type Asked, awsError, portTo, startScriptedServer } from './scripted-server.ts';

type Answers = Readonly<Record<string, Answer | ((asked: Asked) => Answer)>>;

const arnOf = (index: number): string => `arn:aws:ecs:eu-west-1:1:container-instance/qa/${index}`;

function resources(
  cpu: number,
  memory: number,
  tcp: readonly string[],
  udp: readonly string[] = [],
  gpus: readonly string[] = [],
) {
  return [
    { name: 'CPU', type: 'INTEGER', integerValue: cpu },
    { name: 'MEMORY', type: 'INTEGER', integerValue: memory },
    { name: 'PORTS', type: 'STRINGSET', stringSetValue: tcp },
    { name: 'PORTS_UDP', type: 'STRINGSET', stringSetValue: udp },
    { name: 'GPU', type: 'STRINGSET', stringSetValue: gpus },
  ];
}

const instance = {
  containerInstanceArn: arnOf(1),
  ec2InstanceId: 'i-0abc',
  status: 'ACTIVE',
  agentConnected: true,
  capacityProviderName: 'large',
  registeredResources: resources(2048, 3884, ['22'], [], ['a', 'b']),
  remainingResources: resources(1024, 1000, ['22', '1234'], ['53'], ['b']),
  attributes: [
    { name: 'ecs.availability-zone', value: 'eu-west-1a' },
    { name: 'stack', value: 'blue' },
    { name: '__proto__', value: 'x' },
    { name: 'flag' },
  ],
};

const usual: Answers = {
  ListContainerInstances: { body: { containerInstanceArns: [arnOf(1)] } },
  DescribeContainerInstances: { body: { containerInstances: [instance] } },
  ListTasks: { body: { taskArns: ['arn:aws:ecs:eu-west-1:1:task/qa/t1'] } },
  DescribeTasks: {
    body: {
      tasks: [
        {
          taskArn: 'arn:aws:ecs:eu-west-1:1:task/qa/t1',
          containerInstanceArn: arnOf(1),
          group: 'service:web',
        },
      ],
    },
  },
  DescribeClusters: { body: { clusters: [{ clusterName: 'qa', status: 'ACTIVE', capacityProviders: [] }] } },
};

async function roomOf(changed: Answers = {}, service: string | null = 'web') {
  await using server = await startScriptedServer((asked) => {
    const answers = { ...usual, ...changed };
    const answer = answers[asked.operation] ?? awsError('UnknownOperationException', '');
    return typeof answer === 'function' ? answer(asked) : answer;
  });
  const { port } = portTo(server);
  const room = await port.clusterRoom!('qa', service);
  return { room, operations: server.asked.map(({ operation }) => operation), asked: server.asked };
}

describe('clusterRoom', () => {
  test('what is free on an instance, its ports, attributes and zone; where the tasks sit', async () => {
    const { room, operations } = await roomOf();
    expect(room.gaps).toEqual([]);
    expect(room.instances).toEqual([
      {
        arn: arnOf(1),
        name: 'i-0abc',
        zone: 'eu-west-1a',
        status: 'ACTIVE',
        agentConnected: true,
        attributes: expect.objectContaining({ stack: 'blue', flag: '' }),
        cpu: { registered: 2048, remaining: 1024 },
        memory: { registered: 3884, remaining: 1000 },
        gpus: { registered: 2, remaining: 1 },
        takenPorts: ['tcp/22', 'tcp/1234', 'udp/53'],
        capacityProvider: 'large',
      },
    ]);
    expect(room.tasks).toMatchObject([{ containerInstance: arnOf(1) }]);
    expect(room.providers).toEqual([]);
    expect(operations.toSorted()).toEqual([
      'DescribeClusters',
      'DescribeContainerInstances',
      'DescribeTasks',
      'ListContainerInstances',
      'ListTasks',
    ]);
  });

  test('a service that is to be created has no tasks to list', async () => {
    const { room, operations } = await roomOf({}, null);
    expect(room.tasks).toEqual([]);
    expect(operations).not.toContain('ListTasks');
  });

  test('a cluster without instances: its tasks are not asked for', async () => {
    const { room, operations } = await roomOf({
      ListContainerInstances: { body: { containerInstanceArns: [] } },
    });
    expect(room.instances).toEqual([]);
    expect(operations.toSorted()).toEqual(['DescribeClusters', 'ListContainerInstances']);
  });

  test('of a service with thousands of tasks no more is read than is simulated', async () => {
    const { room, operations } = await roomOf({
      ListTasks: ({ body }) => {
        const start = Number(body['nextToken'] ?? 0);
        const arns = Array.from(
          { length: 100 },
          (_, index) => `arn:aws:ecs:eu-west-1:1:task/qa/${start + index}`,
        );
        return { body: { taskArns: arns, nextToken: String(start + 100) } };
      },
      DescribeTasks: ({ body }) => ({
        body: {
          tasks: (body['tasks'] as string[]).map((taskArn) => ({ taskArn, containerInstanceArn: arnOf(1) })),
        },
      }),
    });
    expect(room.tasks).toHaveLength(400);
    expect(operations.filter((operation) => operation === 'ListTasks')).toHaveLength(4);
  });

  test('tasks that are throttled are a gap at once', async () => {
    const { room, operations } = await roomOf({
      ListTasks: awsError('ThrottlingException', 'Rate exceeded'),
    });
    expect(room.tasks).toBeUndefined();
    expect(room.gaps.join()).toContain('Rate exceeded');
    expect(operations.filter((operation) => operation === 'ListTasks')).toHaveLength(1);
  });

  test('pages of a hundred', async () => {
    const arns = Array.from({ length: 250 }, (_, index) => arnOf(index));
    const { room, asked } = await roomOf({
      ListContainerInstances: ({ body }) => {
        const start = Number(body['nextToken'] ?? 0);
        const more = start + 100 < arns.length ? { nextToken: String(start + 100) } : {};
        return { body: { containerInstanceArns: arns.slice(start, start + 100), ...more } };
      },
      DescribeContainerInstances: ({ body }) => ({
        body: {
          containerInstances: (body['containerInstances'] as string[]).map((arn) => ({
            ...instance,
            containerInstanceArn: arn,
          })),
        },
      }),
    });
    expect(room.instances).toHaveLength(250);
    const sizes = asked
      .filter(({ operation }) => operation === 'DescribeContainerInstances')
      .map(({ body }) => (body['containerInstances'] as string[]).length);
    expect(sizes.toSorted((left, right) => left - right)).toEqual([50, 100, 100]);
  });

  test('more than a thousand are not read, and that is said', async () => {
    let page = 0;
    const { room, operations } = await roomOf({
      ListContainerInstances: () => {
        page += 1;
        const containerInstanceArns = Array.from({ length: 100 }, (_, index) => arnOf(page * 100 + index));
        return { body: { containerInstanceArns, nextToken: String(page) } };
      },
    });
    expect(room.instances).toBeUndefined();
    expect(room.gaps).toEqual(['The cluster has more than 1,000 container instances.']);
    expect(operations.filter((operation) => operation === 'ListContainerInstances')).toHaveLength(11);
    expect(operations).not.toContain('DescribeContainerInstances');
  });

  test('a token that never ends', async () => {
    const { room } = await roomOf({
      ListContainerInstances: { body: { containerInstanceArns: [arnOf(1)], nextToken: 'again' } },
    });
    expect(room.instances).toHaveLength(1);
  });

  test('capacity providers: managed scaling, a group of its own, instances that ECS manages, Fargate', async () => {
    const names = ['scaled', 'fixed', 'managed', 'gone', 'FARGATE_SPOT'];
    const { room, asked } = await roomOf({
      DescribeClusters: {
        body: {
          clusters: [
            {
              clusterName: 'qa',
              capacityProviders: names,
              statistics: [{ name: 'drainingEC2ServiceCount', value: '2' }],
              defaultCapacityProviderStrategy: [{ capacityProvider: 'scaled', weight: 1 }],
            },
          ],
        },
      },
      DescribeCapacityProviders: {
        body: {
          capacityProviders: [
            {
              name: 'fixed',
              autoScalingGroupProvider: { autoScalingGroupArn: 'a', managedScaling: { status: 'DISABLED' } },
            },
            {
              name: 'scaled',
              autoScalingGroupProvider: { autoScalingGroupArn: 'b', managedScaling: { status: 'ENABLED' } },
            },
            { name: 'managed', managedInstancesProvider: {} },
          ],
        },
      },
    });
    expect(room.defaultProviders).toEqual(['scaled']);
    expect(room.drainingServices).toBe(2);
    expect(
      Object.fromEntries(room.providers!.map(({ name, kind, scales }) => [name, [kind, scales]])),
    ).toEqual({
      FARGATE_SPOT: ['fargate', true],
      scaled: ['auto-scaling-group', true],
      fixed: ['auto-scaling-group', false],
      managed: ['managed-instances', true],
      gone: ['unknown', null],
    });
    const describe = asked.find(({ operation }) => operation === 'DescribeCapacityProviders');
    expect(describe?.body).toEqual({ capacityProviders: ['scaled', 'fixed', 'managed', 'gone'] });
  });

  test.each<[string, Answer]>([
    ['denied', awsError('AccessDeniedException', 'User: arn:aws:iam::1:user/x is not authorized')],
    ['a page with 500', { status: 500, type: 'text/html', body: '<html>not here</html>' }],
    ['an unknown operation', awsError('UnknownOperationException', '')],
    ['an answer that is none', { status: 400, body: 'nothing to read' }],
    ['half an answer', { trouble: 'half', body: {} }],
    ['a broken connection', { trouble: 'drop' }],
    ['throttled', awsError('ThrottlingException', 'Rate exceeded')],
  ])('%s: a gap, asked for once', async (_name, answer) => {
    const { room, operations } = await roomOf({
      ListContainerInstances: answer,
      DescribeClusters: answer,
    });
    expect(room.instances).toBeUndefined();
    expect(room.providers).toBeUndefined();
    // Where tasks stand tells nothing without the instances.
    expect(room.tasks).toBeUndefined();
    expect(operations).not.toContain('ListTasks');
    expect(room.gaps).toHaveLength(2);
    expect(room.gaps[0]).toContain('DescribeContainerInstances (cluster qa)');
    expect(operations.filter((operation) => operation === 'ListContainerInstances')).toHaveLength(1);
  });

  test('members that are missing', async () => {
    const { room } = await roomOf({ DescribeContainerInstances: { body: { containerInstances: [{}] } } });
    expect(room.instances).toMatchObject([
      { arn: '', status: '', cpu: { registered: 0, remaining: 0 }, takenPorts: [], attributes: {} },
    ]);
  });
});
