import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  CreateServiceCommand,
  DescribeServicesCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  waitUntilServicesStable,
} from '@aws-sdk/client-ecs';
import type { ECSClient } from '@aws-sdk/client-ecs';
import { startEcsStandIn } from '../../src/index.ts';
import type { EcsStandIn } from '../../src/index.ts';
import { httpClient, inProcess, seedService, taskDefinition, twoZones } from './fixtures.ts';

const scenario = {
  rules: [{ match: '1.0.16.RELEASE', outcome: { kind: 'exits', afterMs: 300, exitCode: 3 } as const }],
};

async function describeOne(client: ECSClient) {
  const { services } = await client.send(
    new DescribeServicesCommand({ cluster: 'qa', services: ['hid-generator'] }),
  );
  const [service] = services ?? [];
  if (service === undefined) throw new Error('the service is missing');
  return service;
}

describe('one create and one crash, by HTTP', () => {
  let standIn: EcsStandIn;
  let client: ECSClient;

  beforeAll(async () => {
    standIn = await startEcsStandIn({ clusters: twoZones, scenario, speed: 20 });
    client = httpClient(standIn.url);
  });

  afterAll(async () => {
    client.destroy();
    await standIn.close();
  });

  async function healthy(): Promise<unknown> {
    for (;;) {
      const response = await fetch(standIn.loadBalancerUrl('hid-lb'));
      if (response.status === 200) return response.json();
      expect(response.status).toBe(503);
    }
  }

  test('created, answered by its load balancer, replaced without a lost request, crashed', async () => {
    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.14.RELEASE')));
    await client.send(new CreateServiceCommand(seedService));
    const waiter = { client, minDelay: 0.05, maxDelay: 0.1, maxWaitTime: 20 };
    const asked = { cluster: 'qa', services: ['hid-generator'] };
    await waitUntilServicesStable(waiter, asked);
    // As on AWS, "stable" may come before the load balancer knows the tasks.
    await expect(healthy()).resolves.toMatchObject({ version: '1.0.14.RELEASE' });

    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.15.RELEASE')));
    await client.send(
      new UpdateServiceCommand({ cluster: 'qa', service: 'hid-generator', taskDefinition: 'hid-generator' }),
    );
    const course = { rolling: true };
    const rolled = waitUntilServicesStable(waiter, asked).finally(() => {
      course.rolling = false;
    });
    const versions = new Map<string, number>();
    while (course.rolling) {
      const response = await fetch(standIn.loadBalancerUrl('hid-lb'));
      const { version } = (await response.json()) as { version?: string };
      versions.set(`${response.status} ${version}`, (versions.get(`${response.status} ${version}`) ?? 0) + 1);
      await new Promise((resolve) => {
        setTimeout(resolve, 5);
      });
    }
    await rolled;
    expect([...versions.keys()].sort()).toEqual(['200 1.0.14.RELEASE', '200 1.0.15.RELEASE']);

    await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.16.RELEASE')));
    await client.send(
      new UpdateServiceCommand({ cluster: 'qa', service: 'hid-generator', taskDefinition: 'hid-generator' }),
    );
    let stopped: readonly string[] = [];
    while (stopped.length < 2) {
      const listed = await client.send(
        new ListTasksCommand({ cluster: 'qa', serviceName: 'hid-generator', desiredStatus: 'STOPPED' }),
      );
      const { tasks } = await client.send(
        new DescribeTasksCommand({ cluster: 'qa', tasks: listed.taskArns ?? [] }),
      );
      stopped = (tasks ?? []).flatMap((task) =>
        task.containers?.[0]?.exitCode === 3 ? [task.stoppedReason ?? ''] : [],
      );
    }
    expect(new Set(stopped)).toEqual(new Set(['Essential container in task exited']));
    const service = await describeOne(client);
    expect(service.deployments?.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
    expect(service.deployments?.[0]).not.toHaveProperty('rolloutState');
    expect(await (await fetch(standIn.loadBalancerUrl('hid-lb'))).json()).toMatchObject({
      version: '1.0.15.RELEASE',
    });
  });
});

test('the same in process takes milliseconds and no socket', async () => {
  const { simulation, handler, client } = inProcess({ scenario });
  await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.14.RELEASE')));
  await client.send(
    new CreateServiceCommand({
      ...seedService,
      loadBalancers: [],
      deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } },
    }),
  );
  simulation.advance(20_000);
  const before = await describeOne(client);
  expect(before).toMatchObject({ runningCount: 2, pendingCount: 0, status: 'ACTIVE' });
  expect(before.events?.[0]?.message).toBe('(service hid-generator) has reached a steady state.');
  expect(before.createdAt).toBeInstanceOf(Date);
  await client.send(new RegisterTaskDefinitionCommand(taskDefinition('1.0.16.RELEASE')));
  await client.send(
    new UpdateServiceCommand({ cluster: 'qa', service: 'hid-generator', taskDefinition: 'hid-generator' }),
  );
  simulation.advance(60_000);
  const after = await describeOne(client);
  expect(after.deployments?.map(({ id }) => id)).toEqual(before.deployments?.map(({ id }) => id));
  expect(after.deployments?.[0]?.rolloutState).toBe('COMPLETED');
  expect(handler.counts()).toEqual({
    RegisterTaskDefinition: 2,
    CreateService: 1,
    UpdateService: 1,
    DescribeServices: 2,
  });
});
