import { describe, expect, test } from '@jest/globals';
import { awsError, portTo, startScriptedServer } from './scripted-server.ts';

const arn = (name: string) => `arn:aws:ecs:eu-west-1:1:service/qa/${name}`;

describe('describeServices', () => {
  test('one snapshot per name, in the order of the names, times in milliseconds', async () => {
    const web = {
      serviceName: 'web',
      serviceArn: arn('web'),
      clusterArn: 'arn:aws:ecs:eu-west-1:1:cluster/qa',
      status: 'ACTIVE',
      taskDefinition: 'arn:aws:ecs:eu-west-1:1:task-definition/web:7',
      desiredCount: 2,
      runningCount: 1,
      pendingCount: 1,
      createdAt: 1_700_000_000.5,
      deployments: [
        {
          id: 'ecs-svc/1',
          status: 'PRIMARY',
          rolloutState: 'IN_PROGRESS',
          rolloutStateReason: 'in progress',
          taskDefinition: 'web:7',
          desiredCount: 2,
          runningCount: 1,
          pendingCount: 1,
          failedTasks: 3,
          createdAt: 1_700_000_001,
          updatedAt: 1_700_000_002.25,
        },
        { id: 'ecs-svc/0', status: 'ACTIVE', createdAt: 1_600_000_000 },
      ],
      events: [
        { id: 'e1', createdAt: 1_700_000_003, message: '(service web) has started 1 tasks: (task a).' },
      ],
      loadBalancers: [{ containerName: 'web', containerPort: 8080 }],
    };
    await using server = await startScriptedServer([
      { body: { services: [web], failures: [{ arn: arn('gone'), reason: 'MISSING' }] } },
    ]);
    const { port, clock } = portTo(server);
    const [gone, found] = await port.describeServices('qa', ['gone', 'web']);
    expect(gone).toMatchObject({
      name: 'gone',
      status: 'MISSING',
      arn: arn('gone'),
      deployments: [],
      at: clock.now(),
    });
    expect(found).toMatchObject({
      cluster: 'qa',
      name: 'web',
      controller: 'ECS',
      desired: 2,
      running: 1,
      pending: 1,
      events: [{ id: 'e1', at: 1_700_000_003_000 }],
    });
    expect(found?.deployments).toEqual([
      {
        id: 'ecs-svc/1',
        status: 'PRIMARY',
        rolloutState: 'IN_PROGRESS',
        rolloutStateReason: 'in progress',
        taskDefinition: 'web:7',
        desired: 2,
        running: 1,
        pending: 1,
        failed: 3,
        createdAt: 1_700_000_001_000,
        updatedAt: 1_700_000_002_250,
      },
      {
        id: 'ecs-svc/0',
        status: 'ACTIVE',
        taskDefinition: '',
        desired: 0,
        running: 0,
        pending: 0,
        failed: 0,
        createdAt: 1_600_000_000_000,
        updatedAt: 1_600_000_000_000,
      },
    ]);
    expect(found?.definition).toMatchObject({
      serviceName: 'web',
      createdAt: '2023-11-14T22:13:20.500Z',
      loadBalancers: [{ containerName: 'web', containerPort: 8080 }],
    });
    expect(found?.definition).not.toHaveProperty('events');
  });

  test('23 names are 3 calls, names given twice are asked once', async () => {
    const names = Array.from({ length: 23 }, (_, index) => `service-${index}`);
    await using server = await startScriptedServer([{ body: { services: [], failures: [] } }]);
    const calls: string[] = [];
    const { port } = portTo(server, { onCall: (operation) => calls.push(operation) });
    const snapshots = await port.describeServices('qa', [...names, 'service-0']);
    expect(snapshots.map(({ name }) => name)).toEqual([...names, 'service-0']);
    expect(server.asked.map(({ body }) => (body['services'] as string[]).length)).toEqual([10, 10, 3]);
    expect(calls).toEqual(['DescribeServices', 'DescribeServices', 'DescribeServices']);
  });

  test('no names: no call', async () => {
    await using server = await startScriptedServer([{ body: {} }]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', [])).resolves.toEqual([]);
    expect(server.asked).toEqual([]);
  });

  test.each(['__proto__', 'constructor', 'toString'])(
    'a service called %s is missing, not found in a prototype',
    async (name) => {
      await using server = await startScriptedServer([{ body: { services: [], failures: [] } }]);
      const { port } = portTo(server);
      await expect(port.describeServices('qa', [name])).resolves.toMatchObject([{ name, status: 'MISSING' }]);
    },
  );

  test('an ARN finds its service', async () => {
    await using server = await startScriptedServer([
      { body: { services: [{ serviceName: 'web', serviceArn: arn('web'), status: 'DRAINING' }] } },
    ]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', [arn('web')])).resolves.toMatchObject([
      { name: 'web', status: 'DRAINING' },
    ]);
  });

  test('a failure other than MISSING is an error', async () => {
    await using server = await startScriptedServer([
      { body: { services: [], failures: [{ arn: arn('web'), reason: 'ACCESS_DENIED', detail: 'no' }] } },
    ]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
      kind: 'refused',
      code: 'ACCESS_DENIED',
      message: 'DescribeServices (service web in cluster qa): web ACCESS_DENIED: no',
    });
  });

  test('an answer that is none of ECS is not taken for "no such service"', async () => {
    await using server = await startScriptedServer([{ body: { hello: 'world' } }]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({ kind: 'unsupported' });
  });

  test('a passing 500 and a dropped connection are asked again', async () => {
    await using server = await startScriptedServer([
      awsError('ServerException', 'later', 500),
      { trouble: 'drop' },
      { body: { services: [], failures: [] } },
    ]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', ['web'])).resolves.toHaveLength(1);
    expect(server.asked).toHaveLength(3);
  });

  test('access denied is not asked again', async () => {
    await using server = await startScriptedServer([awsError('AccessDeniedException', 'no')]);
    const { port } = portTo(server);
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({ kind: 'access-denied' });
    expect(server.asked).toHaveLength(1);
  });

  test('a server that never answers costs no more than the limit', async () => {
    await using server = await startScriptedServer([{ trouble: 'silence' }]);
    const { port } = portTo(server, { limits: { connect: 500, request: 60_000, call: 200 } });
    await expect(port.describeServices('qa', ['web'])).rejects.toMatchObject({
      kind: 'unreachable',
      message: 'DescribeServices (service web in cluster qa): no answer within 0.2 s',
    });
  });
});

describe('describeTaskDefinition', () => {
  test('members that a server gives as empty texts are as good as absent', async () => {
    await using server = await startScriptedServer([
      {
        body: {
          taskDefinition: {
            taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/web:1',
            taskRoleArn: '',
            pidMode: '',
            networkMode: 'bridge',
            containerDefinitions: [{ name: 'web', environment: [{ name: 'EMPTY', value: '' }] }],
          },
        },
      },
    ]);
    const found = await portTo(server).port.describeTaskDefinition('web');
    expect(found?.definition).toEqual({
      taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/web:1',
      networkMode: 'bridge',
      containerDefinitions: [{ name: 'web', environment: [{ name: 'EMPTY', value: '' }] }],
    });
  });

  test('with tags, and its dates as text', async () => {
    const labels = JSON.parse('{"__proto__":"a label","constructor":"another"}') as Record<string, string>;
    await using server = await startScriptedServer([
      {
        body: {
          taskDefinition: {
            taskDefinitionArn: 'arn:aws:ecs:eu-west-1:1:task-definition/web:7',
            family: 'web',
            revision: 7,
            status: 'ACTIVE',
            registeredAt: 1_700_000_000,
            containerDefinitions: [{ name: 'web', memory: 256, dockerLabels: labels }],
          },
          tags: [{ key: '__proto__', value: 'kept' }, { key: 'a' }],
        },
      },
    ]);
    const { port } = portTo(server);
    const snapshot = await port.describeTaskDefinition('web');
    expect(server.asked[0]?.body).toEqual({ taskDefinition: 'web', include: ['TAGS'] });
    expect(snapshot).toMatchObject({ family: 'web', revision: 7, status: 'ACTIVE' });
    expect(Object.entries(snapshot?.tags ?? {})).toEqual([
      ['__proto__', 'kept'],
      ['a', ''],
    ]);
    expect(JSON.stringify(snapshot?.definition)).toContain('"registeredAt":"2023-11-14T22:13:20.000Z"');
    expect(JSON.stringify(snapshot?.definition)).toContain('{"__proto__":"a label","constructor":"another"}');
  });

  test.each([
    ['ClientException', 'Unable to describe task definition.'],
    ['ResourceNotFoundException', 'gone'],
  ])('%s %s: there is none', async (code, message) => {
    await using server = await startScriptedServer([awsError(code, message)]);
    const { port } = portTo(server);
    await expect(port.describeTaskDefinition('web:99')).resolves.toBeNull();
  });

  test('another ClientException is an error', async () => {
    await using server = await startScriptedServer([awsError('ClientException', 'Family name is too long.')]);
    const { port } = portTo(server);
    await expect(port.describeTaskDefinition('x')).rejects.toMatchObject({ kind: 'refused' });
  });
});

describe('describeCluster', () => {
  const qa = { clusterName: 'qa', clusterArn: 'arn:aws:ecs:eu-west-1:1:cluster/qa', status: 'ACTIVE' };
  test.each([
    ['by name', 'qa', { clusters: [qa] }, { arn: qa.clusterArn, status: 'ACTIVE' }],
    ['by ARN', qa.clusterArn, { clusters: [qa] }, { arn: qa.clusterArn, status: 'ACTIVE' }],
    [
      'inactive',
      'qa',
      { clusters: [{ ...qa, status: 'INACTIVE' }] },
      { arn: qa.clusterArn, status: 'INACTIVE' },
    ],
    ['missing', 'qa', { clusters: [], failures: [{ arn: 'x', reason: 'MISSING' }] }, null],
  ])('%s', async (_, name, body, expected) => {
    await using server = await startScriptedServer([{ body }]);
    const { port } = portTo(server);
    await expect(port.describeCluster(name)).resolves.toEqual(expected);
  });

  test('a server that answers with an error says the same', async () => {
    await using server = await startScriptedServer([
      awsError('ClusterNotFoundException', 'Cluster not found.'),
    ]);
    const { port } = portTo(server);
    await expect(port.describeCluster('qa')).resolves.toBeNull();
  });
});

describe('listTasks', () => {
  const taskArns = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => `arn:aws:ecs:eu-west-1:1:task/qa/${from + index}`);

  test('pages up to the limit and describes 100 at a time', async () => {
    await using server = await startScriptedServer([
      { body: { taskArns: taskArns(0, 100), nextToken: 'one' } },
      { body: { taskArns: taskArns(100, 30), nextToken: 'two' } },
      { body: { tasks: taskArns(0, 100).map((taskArn) => ({ taskArn })) } },
      { body: { tasks: taskArns(100, 30).map((taskArn) => ({ taskArn })) } },
    ]);
    const { port } = portTo(server);
    const tasks = await port.listTasks('qa', 'web', 'STOPPED', 130);
    expect(tasks).toHaveLength(130);
    expect(
      server.asked.map(({ operation, body }) => [operation, body['maxResults'], body['nextToken']]),
    ).toEqual([
      ['ListTasks', 100, undefined],
      ['ListTasks', 30, 'one'],
      ['DescribeTasks', undefined, undefined],
      ['DescribeTasks', undefined, undefined],
    ]);
  });

  test('a token that never changes ends the search', async () => {
    await using server = await startScriptedServer([
      { body: { taskArns: taskArns(0, 1), nextToken: 'same' } },
      { body: { taskArns: taskArns(0, 1), nextToken: 'same' } },
      { body: { tasks: [{ taskArn: 'a' }] } },
    ]);
    const { port } = portTo(server);
    await expect(port.listTasks('qa', 'web', 'RUNNING', 50)).resolves.toHaveLength(1);
  });

  test('no tasks: no DescribeTasks', async () => {
    await using server = await startScriptedServer([{ body: { taskArns: [] } }]);
    const { port } = portTo(server);
    await expect(port.listTasks('qa', 'web', 'RUNNING', 50)).resolves.toEqual([]);
    expect(server.asked).toHaveLength(1);
  });

  test('what a stopped task says, without the tasks of others', async () => {
    await using server = await startScriptedServer([
      { body: { taskArns: ['a', 'b', 'c'] } },
      {
        body: {
          tasks: [
            {
              taskArn: 'a',
              taskDefinitionArn: 'web:7',
              group: 'service:web',
              lastStatus: 'STOPPED',
              desiredStatus: 'STOPPED',
              startedBy: 'ecs-svc/1',
              connectivity: 'CONNECTED',
              stopCode: 'EssentialContainerExited',
              stoppedReason: 'Essential container in task exited',
              createdAt: 1_700_000_000,
              stoppedAt: 1_700_000_009,
              containers: [{ name: 'web', exitCode: 0, image: 'r/web:1', reason: '', healthStatus: null }],
            },
            { taskArn: 'b', group: 'service:other' },
          ],
        },
      },
    ]);
    const { port } = portTo(server);
    await expect(port.listTasks('qa', 'web', 'STOPPED', 10)).resolves.toEqual([
      {
        arn: 'a',
        taskDefinition: 'web:7',
        lastStatus: 'STOPPED',
        desiredStatus: 'STOPPED',
        startedBy: 'ecs-svc/1',
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        createdAt: 1_700_000_000_000,
        stoppedAt: 1_700_000_009_000,
        containers: [{ name: 'web', image: 'r/web:1', exitCode: 0 }],
      },
    ]);
  });
});

test('tagging may be repeated by the SDK', async () => {
  await using server = await startScriptedServer([awsError('ServerException', 'later', 500), { body: {} }]);
  const { port } = portTo(server);
  await port.tagTaskDefinition('arn:x', { 'bamboo-ecs:outcome': 'failed' });
  expect(server.asked.map(({ operation }) => operation)).toEqual(['TagResource', 'TagResource']);
  expect(server.asked[1]?.body).toEqual({
    resourceArn: 'arn:x',
    tags: [{ key: 'bamboo-ecs:outcome', value: 'failed' }],
  });
});
