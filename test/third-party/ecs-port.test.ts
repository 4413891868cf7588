// The port to ECS against two emulators that we did not write. What each of them lacks is written down as what the port makes of it.
import { setTimeout as sleep } from 'node:timers/promises';
import { createEcsClient, createEcsPort } from '@bamboo-ecs/ecs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Emulator, type EmulatorKind, ministack, moto } from './emulators.ts';
import { requires } from './requires.ts';

const clock = {
  now: () => Date.now(),
  sleep: async (ms: number) => {
    await sleep(ms);
  },
};
const definition = (tag: string) => ({
  family: 'web',
  containerDefinitions: [{ name: 'web', image: `registry/web:${tag}`, memory: 128, essential: true }],
});

function against(
  kind: EmulatorKind,
): { connect: () => ReturnType<typeof createEcsPort>; cluster: () => Promise<string> } | undefined {
  if (!requires(kind.name, kind.isHere, 'make third-party')) return undefined;
  let emulator: Emulator;
  let clusters = 0;
  beforeAll(async () => {
    emulator = await kind.start();
  }, 60_000);
  afterAll(async () => {
    await emulator[Symbol.asyncDispose]();
  });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return {
    connect: () =>
      createEcsPort({
        client: createEcsClient({ region: 'eu-west-1', endpoint: emulator.url, credentials }),
        clock,
      }),
    async cluster() {
      clusters += 1;
      const clusterName = `qa-${clusters}`;
      const response = await fetch(emulator.url, {
        method: 'POST',
        headers: {
          'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.CreateCluster',
          'Content-Type': 'application/x-amz-json-1.1',
          Authorization:
            'AWS4-HMAC-SHA256 Credential=test/20261124/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0',
        },
        body: JSON.stringify({ clusterName }),
      });
      if (!response.ok) throw new Error(`no cluster: ${response.status} ${await response.text()}`);
      return clusterName;
    },
  };
}

describe.each([moto, ministack])('$name', (kind) => {
  const it = against(kind);
  if (it === undefined) return;

  test('what is not there', async () => {
    const port = it.connect();
    const cluster = await it.cluster();
    await expect(port.describeCluster('none')).resolves.toBeNull();
    await expect(port.describeCluster(cluster)).resolves.toMatchObject({ status: 'ACTIVE' });
    await expect(port.describeServices('none', ['web'])).rejects.toMatchObject({ kind: 'cluster-not-found' });
    await expect(port.describeServices(cluster, ['b', 'a'])).resolves.toMatchObject([
      { name: 'b', status: 'MISSING' },
      { name: 'a', status: 'MISSING' },
    ]);
    await expect(port.describeTaskDefinition('nothing')).resolves.toBeNull();
    await expect(port.describeTaskDefinition('nothing:3')).resolves.toBeNull();
    await expect(port.updateService({ cluster, service: 'none', desiredCount: 1 })).rejects.toMatchObject({
      kind: 'service-not-found',
      code: 'ServiceNotFoundException',
    });
  });

  test('has no service deployments: null, soon, however often it is asked', async () => {
    const port = it.connect();
    const cluster = await it.cluster();
    const family = 'without-deployments';
    const { arn } = await port.registerTaskDefinition({ ...definition('1'), family }, {});
    const service = { cluster, serviceName: family, taskDefinition: arn, desiredCount: 1 };
    const [deployment] = (await port.createService(service)).deployments;
    const startedAt = performance.now();
    for (let look = 0; look < 3; look += 1)
      await expect(port.describeServiceDeployment(cluster, family, deployment?.id ?? '')).resolves.toBeNull();
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  test('a revision with its tags, a service, an update, tags afterwards', async () => {
    const port = it.connect();
    const cluster = await it.cluster();
    const first = await port.registerTaskDefinition(definition('1'), {
      'bamboo-ecs:version': '1.0.0.RELEASE',
    });
    expect(first).toMatchObject({
      family: 'web',
      status: 'ACTIVE',
      tags: { 'bamboo-ecs:version': '1.0.0.RELEASE' },
    });
    const created = await port.createService({
      cluster,
      serviceName: 'web',
      taskDefinition: first.arn,
      desiredCount: 2,
      clientToken: 'token',
    });
    expect(created).toMatchObject({ name: 'web', status: 'ACTIVE', desired: 2, taskDefinition: first.arn });
    expect(created.deployments[0]).toMatchObject({
      status: 'PRIMARY',
      desired: 2,
      taskDefinition: first.arn,
    });

    const second = await port.registerTaskDefinition(definition('2'), {});
    expect(second.revision).toBe(first.revision + 1);
    const updated = await port.updateService({ cluster, service: 'web', taskDefinition: second.arn });
    expect(updated.taskDefinition).toBe(second.arn);
    const [seen] = await port.describeServices(cluster, ['web']);
    expect(seen).toMatchObject({ taskDefinition: second.arn, arn: created.arn });

    await port.tagTaskDefinition(second.arn, { 'bamboo-ecs:outcome': 'failed' });
    const tagged = await port.describeTaskDefinition(`web:${second.revision}`);
    expect(tagged?.tags).toEqual({ 'bamboo-ecs:outcome': 'failed' });
    const primary = seen?.deployments.find(({ status }) => status === 'PRIMARY');
    // moto answers a page with 500, ministack an empty list.
    await expect(port.stopDeployment(cluster, 'web', primary?.id ?? '')).resolves.toBe(false);
    // moto knows that there is none, ministack answers what cannot be read.
    await expect(port.hasScalableTarget(cluster, 'web')).resolves.toBe(kind === moto ? false : null);
  });

  test('the revisions of a family, until they are deregistered', async () => {
    const port = it.connect();
    const cluster = await it.cluster();
    const register = async (family: string) =>
      port.registerTaskDefinition({ ...definition('1'), family }, { 'bamboo-ecs:version': '1.0.0.RELEASE' });
    const first = await register('revisions');
    const second = await register('revisions');
    await register('revisions-of-another');
    await expect(port.listTaskDefinitions('revisions', 10)).resolves.toEqual([second.arn, first.arn]);
    await expect(port.listTaskDefinitions('revisions', 1)).resolves.toEqual([second.arn]);
    await port.deregisterTaskDefinition(first.arn);
    await expect(port.listTaskDefinitions('revisions', 10)).resolves.toEqual([second.arn]);
    await expect(port.describeTaskDefinition(first.arn)).resolves.toMatchObject({ status: 'INACTIVE' });
    await expect(port.listTaskDefinitions('none-of-it', 10)).resolves.toEqual([]);
    await expect(port.listFamilyTasks(cluster, 'revisions', 10)).resolves.toEqual([]);
  });

  test('tasks of the service, and of no other', async () => {
    const port = it.connect();
    const cluster = await it.cluster();
    const { arn } = await port.registerTaskDefinition(definition('1'), {});
    for (const serviceName of ['web', 'other']) {
      await port.createService({ cluster, serviceName, taskDefinition: arn, desiredCount: 2 });
    }
    const tasks = await port.listTasks(cluster, 'web', 'RUNNING', 50);
    // moto never starts a task.
    expect(tasks.map(({ lastStatus }) => lastStatus)).toEqual(kind === moto ? [] : ['RUNNING', 'RUNNING']);
    await expect(port.listTasks(cluster, 'web', 'STOPPED', 50)).resolves.toEqual([]);
    const all = await port.listFamilyTasks(cluster, 'web', 50);
    expect(all.map(({ taskDefinition }) => taskDefinition)).toEqual(kind === moto ? [] : Array(4).fill(arn));
  });
});
