// The operations as the AWS SDK sees them, in process.
import { describe, expect, test } from '@jest/globals';
import {
  CreateClusterCommand,
  CreateServiceCommand,
  DeleteClusterCommand,
  DeleteServiceCommand,
  DeleteTaskDefinitionsCommand,
  DeregisterTaskDefinitionCommand,
  DescribeClustersCommand,
  DescribeContainerInstancesCommand,
  DescribeServiceDeploymentsCommand,
  DescribeServiceRevisionsCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  DescribeTasksCommand,
  ListClustersCommand,
  ListContainerInstancesCommand,
  ListServiceDeploymentsCommand,
  ListServicesCommand,
  ListTagsForResourceCommand,
  ListTaskDefinitionFamiliesCommand,
  ListTaskDefinitionsCommand,
  ListTasksCommand,
  paginateListServices,
  RegisterTaskDefinitionCommand,
  RunTaskCommand,
  StopServiceDeploymentCommand,
  StopTaskCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateContainerInstancesStateCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { inProcess, seedService, taskDefinition } from './fixtures.ts';

const { loadBalancers: _balancers, role: _role, ...plainService } = seedService;
const account = 'arn:aws:ecs:us-east-1:123456789012';

async function running() {
  const world = inProcess();
  await world.client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.14.RELEASE')));
  await world.client.send(new CreateServiceCommand(plainService));
  world.simulation.advance(20_000);
  return world;
}

describe('clusters and container instances', () => {
  test('created, listed, described, deleted', async () => {
    const { client } = inProcess();
    const { cluster } = await client.send(
      new CreateClusterCommand({ clusterName: 'production', tags: [{ key: 'stage', value: 'p' }] }),
    );
    expect(cluster).toMatchObject({ clusterArn: `${account}:cluster/production`, status: 'ACTIVE' });
    const { clusterArns } = await client.send(new ListClustersCommand({}));
    expect(clusterArns).toEqual([`${account}:cluster/qa`, `${account}:cluster/production`]);
    const described = await client.send(
      new DescribeClustersCommand({ clusters: ['qa', 'nowhere'], include: ['TAGS'] }),
    );
    expect(described.clusters).toMatchObject([
      { registeredContainerInstancesCount: 4, activeServicesCount: 0 },
    ]);
    expect(described.failures).toEqual([{ arn: `${account}:cluster/nowhere`, reason: 'MISSING' }]);
    await client.send(new DeleteClusterCommand({ cluster: 'production' }));
    const after = await client.send(new DescribeClustersCommand({ clusters: ['production'] }));
    expect(after.clusters?.[0]?.status).toBe('INACTIVE');
    await expect(client.send(new DeleteClusterCommand({ cluster: 'qa' }))).rejects.toMatchObject({
      name: 'ClusterContainsContainerInstancesException',
    });
  });

  test('instances show what is left of CPU, memory and ports', async () => {
    const { client } = await running();
    const { containerInstanceArns = [] } = await client.send(
      new ListContainerInstancesCommand({ cluster: 'qa' }),
    );
    const { containerInstances = [] } = await client.send(
      new DescribeContainerInstancesCommand({ cluster: 'qa', containerInstances: containerInstanceArns }),
    );
    expect(containerInstances.map(({ runningTasksCount }) => runningTasksCount)).toEqual([1, 1, 0, 0]);
    const resource = (index: number, name: string) =>
      containerInstances[index]?.remainingResources?.find((candidate) => candidate.name === name);
    expect(resource(0, 'MEMORY')?.integerValue).toBe(3884 - 256);
    expect(resource(0, 'PORTS')?.stringSetValue).toEqual(['22', '2375', '2376', '51678', '51679', '1234']);
    expect(resource(2, 'PORTS')?.stringSetValue).not.toContain('1234');
    expect(containerInstances[0]?.attributes).toContainEqual({
      name: 'ecs.availability-zone',
      value: 'us-east-1a',
    });
    const { containerInstances: drained } = await client.send(
      new UpdateContainerInstancesStateCommand({
        cluster: 'qa',
        containerInstances: [containerInstanceArns[0] ?? ''],
        status: 'DRAINING',
      }),
    );
    expect(drained?.[0]?.status).toBe('DRAINING');
  });
});

describe('task definitions', () => {
  test('defaults are filled in, revisions counted, tags only when asked for', async () => {
    const { client } = inProcess();
    const tags = [{ key: 'bamboo-ecs:version', value: '1.0.14.RELEASE' }];
    const first = await client.send(new RegisterTaskDefinitionCommand({ ...taskDefinition('1'), tags }));
    expect(first.taskDefinition).toMatchObject({
      taskDefinitionArn: `${account}:task-definition/hid-generator:1`,
      revision: 1,
      status: 'ACTIVE',
      containerDefinitions: [{ cpu: 0, essential: true, environment: [], mountPoints: [], volumesFrom: [] }],
      compatibilities: ['EXTERNAL', 'EC2'],
    });
    expect(first.tags).toEqual(tags);
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('2')));
    const latest = await client.send(new DescribeTaskDefinitionCommand({ taskDefinition: 'hid-generator' }));
    expect(latest.taskDefinition?.revision).toBe(2);
    expect(latest.tags).toBeUndefined();
    const old = await client.send(
      new DescribeTaskDefinitionCommand({ taskDefinition: 'hid-generator:1', include: ['TAGS'] }),
    );
    expect(old.tags).toEqual(tags);
    const { taskDefinitionArns } = await client.send(
      new ListTaskDefinitionsCommand({ familyPrefix: 'hid-generator', sort: 'DESC' }),
    );
    expect(taskDefinitionArns?.map((arn) => arn.split(':').at(-1))).toEqual(['2', '1']);
  });

  test('a deregistered revision cannot be started; it can be deleted; numbers are never given again', async () => {
    const { client } = inProcess();
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')));
    const deregistered = await client.send(
      new DeregisterTaskDefinitionCommand({ taskDefinition: 'hid-generator:1' }),
    );
    expect(deregistered.taskDefinition?.status).toBe('INACTIVE');
    const create = client.send(
      new CreateServiceCommand({ ...plainService, taskDefinition: 'hid-generator:1' }),
    );
    await expect(create).rejects.toMatchObject({
      name: 'ClientException',
      message: 'TaskDefinition is inactive',
    });
    const { families } = await client.send(new ListTaskDefinitionFamiliesCommand({ status: 'ACTIVE' }));
    expect(families).toEqual([]);
    await client.send(new DeleteTaskDefinitionsCommand({ taskDefinitions: ['hid-generator:1'] }));
    const again = await client.send(new RegisterTaskDefinitionCommand(taskDefinition('2')));
    expect(again.taskDefinition?.revision).toBe(2);
  });
});

describe('services', () => {
  test('as the seed makes it: classic load balancer, role, no rolloutState', async () => {
    const { client, simulation } = inProcess();
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.14.RELEASE')));
    const { service } = await client.send(
      new CreateServiceCommand({ ...seedService, clientToken: 'one', tags: [{ key: 'team', value: 'hid' }] }),
    );
    expect(service).toMatchObject({
      serviceArn: `${account}:service/qa/hid-generator`,
      clusterArn: `${account}:cluster/qa`,
      status: 'ACTIVE',
      desiredCount: 2,
      runningCount: 0,
      launchType: 'EC2',
      taskDefinition: `${account}:task-definition/hid-generator:1`,
      roleArn: 'arn:aws:iam::123456789012:role/ecsServiceRole',
      schedulingStrategy: 'REPLICA',
      deploymentController: { type: 'ECS' },
      loadBalancers: [{ loadBalancerName: 'hid-lb', containerPort: 8080 }],
      deploymentConfiguration: { maximumPercent: 200, minimumHealthyPercent: 25 },
      tags: [{ key: 'team', value: 'hid' }],
    });
    expect(service?.deployments?.[0]?.id).toMatch(/^ecs-svc\/\d{19}$/u);
    simulation.advance(20_000);
    const described = await client.send(
      new DescribeServicesCommand({ cluster: 'qa', services: ['hid-generator', 'nobody'] }),
    );
    expect(described.failures).toEqual([{ arn: `${account}:service/qa/nobody`, reason: 'MISSING' }]);
    expect(described.services?.[0]).not.toHaveProperty('tags');
    expect(described.services?.[0]?.deployments?.[0]).not.toHaveProperty('rolloutState');
    expect(described.services?.[0]?.runningCount).toBe(2);
    expect((await client.send(new ListServicesCommand({ cluster: 'qa' }))).serviceArns).toHaveLength(1);
  });

  test('eventually consistent, when told so', async () => {
    const { client, simulation } = inProcess({ unseenMs: 3000 });
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1')));
    await client.send(new CreateServiceCommand(plainService));
    const look = async () =>
      (await client.send(new DescribeServicesCommand({ cluster: 'qa', services: ['hid-generator'] })))
        .services?.length;
    expect(await look()).toBe(0);
    simulation.advance(3000);
    expect(await look()).toBe(1);
  });

  test('pages of ten', async () => {
    const { client } = await running();
    for (let number = 1; number <= 12; number += 1) {
      await client.send(
        new CreateServiceCommand({ ...plainService, serviceName: `s${number}`, desiredCount: 0 }),
      );
    }
    const sizes: number[] = [];
    for await (const page of paginateListServices({ client }, { cluster: 'qa' }))
      sizes.push(page.serviceArns?.length ?? 0);
    expect(sizes).toEqual([10, 3]);
    const names = Array.from({ length: 11 }, (_, index) => `s${index}`);
    await expect(
      client.send(new DescribeServicesCommand({ cluster: 'qa', services: names })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await expect(
      client.send(new ListServicesCommand({ cluster: 'qa', nextToken: 'x' })),
    ).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  test('deleted: DRAINING, then INACTIVE and still described', async () => {
    const { client, simulation } = await running();
    const request = { cluster: 'qa', service: 'hid-generator' };
    await expect(client.send(new DeleteServiceCommand(request))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'The service cannot be stopped while it is scaled above 0.',
    });
    const { service } = await client.send(new DeleteServiceCommand({ ...request, force: true }));
    expect(service?.status).toBe('DRAINING');
    simulation.advance(10_000);
    const { services } = await client.send(
      new DescribeServicesCommand({ cluster: 'qa', services: ['hid-generator'] }),
    );
    expect(services).toMatchObject([
      { status: 'INACTIVE', deployments: [], runningCount: 0, desiredCount: 0 },
    ]);
    await expect(client.send(new UpdateServiceCommand(request))).rejects.toMatchObject({
      name: 'ServiceNotActiveException',
    });
  });

  test('of another deployment controller: no deployments, and no new revision', async () => {
    const { client } = await running();
    const { service } = await client.send(
      new CreateServiceCommand({
        ...plainService,
        serviceName: 'blue-green',
        deploymentController: { type: 'CODE_DEPLOY' },
      }),
    );
    expect(service?.deployments).toEqual([]);
    const update = { cluster: 'qa', service: 'blue-green', taskDefinition: 'hid-generator' };
    await expect(client.send(new UpdateServiceCommand(update))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message:
        'Unable to update task definition on services with a CODE_DEPLOY deployment controller. Use AWS CodeDeploy to trigger a new deployment.',
    });
  });
});

describe('tasks', () => {
  test('listed by service, family, starter and status; described with times and containers', async () => {
    const { client, simulation } = await running();
    const list = async (filter: object): Promise<number> =>
      (await client.send(new ListTasksCommand({ cluster: 'qa', ...filter }))).taskArns?.length ?? -1;
    expect(await list({ serviceName: 'hid-generator' })).toBe(2);
    expect(await list({ family: 'hid-generator' })).toBe(2);
    expect(await list({ family: 'other' })).toBe(0);
    expect(await list({ desiredStatus: 'STOPPED' })).toBe(0);
    const [first = ''] = (await client.send(new ListTasksCommand({ cluster: 'qa' }))).taskArns ?? [];
    const { tasks = [], failures } = await client.send(
      new DescribeTasksCommand({ cluster: 'qa', tasks: [first, 'f'.repeat(32)] }),
    );
    expect(failures).toEqual([{ arn: `${account}:task/qa/${'f'.repeat(32)}`, reason: 'MISSING' }]);
    const [task] = tasks;
    expect(task).toMatchObject({
      taskArn: first,
      lastStatus: 'RUNNING',
      desiredStatus: 'RUNNING',
      group: 'service:hid-generator',
      launchType: 'EC2',
      cpu: '0',
      memory: '256',
      containers: [
        {
          name: 'hid-generator',
          lastStatus: 'RUNNING',
          imageDigest: expect.stringMatching(/^sha256:/u),
          networkBindings: [{ hostPort: 1234, containerPort: 8080, protocol: 'tcp' }],
        },
      ],
    });
    expect(task?.startedAt?.getTime()).toBeGreaterThan(task?.createdAt?.getTime() ?? Infinity);
    expect(await list({ startedBy: task?.startedBy })).toBe(2);
    await expect(list({ startedBy: task?.startedBy, family: 'x' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    await client.send(new StopTaskCommand({ cluster: 'qa', task: first, reason: 'by hand' }));
    simulation.advance(5000);
    const stopped = await client.send(new DescribeTasksCommand({ cluster: 'qa', tasks: [first] }));
    expect(stopped.tasks?.[0]).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'UserInitiated',
      stoppedReason: 'by hand',
    });
  });

  test('run once', async () => {
    const { client, simulation } = inProcess({
      scenario: { rules: [{ match: 'once', outcome: { kind: 'exits', afterMs: 100, exitCode: 0 } }] },
    });
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('once')));
    const { tasks, failures } = await client.send(
      new RunTaskCommand({ cluster: 'qa', taskDefinition: 'hid-generator', startedBy: 'bamboo' }),
    );
    expect(failures).toEqual([]);
    simulation.advance(10_000);
    const described = await client.send(
      new DescribeTasksCommand({ cluster: 'qa', tasks: [tasks?.[0]?.taskArn ?? ''] }),
    );
    expect(described.tasks?.[0]).toMatchObject({
      lastStatus: 'STOPPED',
      startedBy: 'bamboo',
      containers: [{ exitCode: 0 }],
    });
  });
});

describe('service deployments', () => {
  test('listed, described, stopped with a roll-back; the revision says what ran', async () => {
    const { client, simulation } = await running();
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.15.RELEASE')));
    const { service } = await client.send(
      new UpdateServiceCommand({ cluster: 'qa', service: 'hid-generator', taskDefinition: 'hid-generator' }),
    );
    const number = service?.deployments?.[0]?.id?.split('/')[1] ?? '';
    const { serviceDeployments = [] } = await client.send(
      new ListServiceDeploymentsCommand({ cluster: 'qa', service: 'hid-generator' }),
    );
    expect(serviceDeployments.map(({ status }) => status)).toEqual(['PENDING', 'SUCCESSFUL']);
    expect(serviceDeployments[0]?.targetServiceRevisionArn).toBe(
      `${account}:service-revision/qa/hid-generator/${number}`,
    );
    expect(service?.currentServiceDeployment).toBe(serviceDeployments[0]?.serviceDeploymentArn);
    simulation.advance(1000);
    const arn = serviceDeployments[0]?.serviceDeploymentArn ?? '';
    await client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn, stopType: 'ROLLBACK' }));
    simulation.advance(30_000);
    const described = await client.send(
      new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: [arn, `${arn}x`] }),
    );
    expect(described.serviceDeployments).toMatchObject([
      {
        status: 'ROLLBACK_SUCCESSFUL',
        rollback: { serviceRevisionArn: serviceDeployments[1]?.targetServiceRevisionArn },
      },
    ]);
    expect(described.failures).toHaveLength(1);
    const { serviceRevisions } = await client.send(
      new DescribeServiceRevisionsCommand({
        serviceRevisionArns: [serviceDeployments[0]?.targetServiceRevisionArn ?? ''],
      }),
    );
    expect(serviceRevisions?.[0]?.containerImages).toMatchObject([
      {
        image: 'registry.example/hid-generator:1.0.15.RELEASE',
        imageDigest: expect.stringMatching(/^sha256:/u),
      },
    ]);
    await expect(
      client.send(new StopServiceDeploymentCommand({ serviceDeploymentArn: arn })),
    ).rejects.toMatchObject({ name: 'ConflictException' });
  });
});

test('tags of services, task definitions and tasks', async () => {
  const { client } = await running();
  for (const resourceArn of [
    `${account}:service/qa/hid-generator`,
    `${account}:task-definition/hid-generator:1`,
    `${account}:cluster/qa`,
  ]) {
    await client.send(
      new TagResourceCommand({
        resourceArn,
        tags: [
          { key: 'a', value: '1' },
          { key: 'b', value: '2' },
        ],
      }),
    );
    await client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['a'] }));
    expect((await client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual([
      { key: 'b', value: '2' },
    ]);
  }
  const missing = client.send(
    new ListTagsForResourceCommand({ resourceArn: `${account}:service/qa/nobody` }),
  );
  await expect(missing).rejects.toMatchObject({ name: 'InvalidParameterException' });
});
