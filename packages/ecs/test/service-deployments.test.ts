// Service deployments through the port: found once, read together, given up where there are none.
import { describe, expect, test } from '@jest/globals';
import { inProcessHandler, type InProcessHandler } from '@bamboo-ecs/rehearsal';
import type { EcsPort, ServiceSnapshot } from '@bamboo-ecs/rollout';
import { EcsSimulation, realisticPace, VirtualClock } from '@bamboo-ecs/rollout/simulation';
import { createEcsClient, createEcsPort } from '../src/index.ts';

interface World {
  readonly port: EcsPort;
  readonly handler: InProcessHandler;
  readonly clock: VirtualClock;
  readonly services: readonly ServiceSnapshot[];
}

/** So many services whose first deployment is in progress, paused once it is up. */
async function openWorld(count = 1): Promise<World> {
  const simulation = new EcsSimulation({
    pace: realisticPace,
    clusters: [{ name: 'qa', instances: Array.from({ length: 9 }, () => ({ zone: 'us-east-1a' })) }],
  });
  const clock = new VirtualClock(simulation.now, simulation);
  const handler = inProcessHandler(simulation);
  const client = createEcsClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
    requestHandler: handler,
  });
  const port = createEcsPort({ client, clock });
  const { arn } = await port.registerTaskDefinition(
    { family: 'web', containerDefinitions: [{ name: 'web', image: 'web:1', memory: 16 }] },
    {},
  );
  const services: ServiceSnapshot[] = [];
  for (let index = 0; index < count; index += 1) {
    services.push(
      await port.createService({
        cluster: 'qa',
        serviceName: `web-${index}`,
        taskDefinition: arn,
        desiredCount: 1,
        deploymentConfiguration: {
          lifecycleHooks: [{ targetType: 'PAUSE', lifecycleStages: ['POST_SCALE_UP'] }],
        },
      }),
    );
  }
  return { port, handler, clock, services };
}

const idOf = (service: ServiceSnapshot | undefined): string => service?.deployments[0]?.id ?? '';
const look = async ({ port, services }: World, index = 0) =>
  port.describeServiceDeployment('qa', `web-${index}`, idOf(services[index]));

describe('describeServiceDeployment', () => {
  test('is listed once, then costs one call; the number ties it to the deployment', async () => {
    const world = await openWorld();
    const first = await look(world);
    await world.clock.sleep(120_000);
    const second = await look(world);
    expect(first?.status).toBe('PENDING');
    expect(second).toMatchObject({
      arn: first?.arn,
      status: 'IN_PROGRESS',
      lifecycleStage: 'POST_SCALE_UP',
      hooks: [{ type: 'PAUSE', status: 'AWAITING_ACTION', timeoutAction: 'ROLLBACK' }],
      circuitBreaker: { status: 'DISABLED', failures: 0 },
      alarms: { status: 'DISABLED', triggered: [] },
    });
    expect(second?.hooks[0]?.expiresAt).toBeGreaterThan(world.clock.now());
    const { ListServiceDeployments, DescribeServiceDeployments } = world.handler.counts();
    expect([ListServiceDeployments, DescribeServiceDeployments]).toEqual([1, 2]);
  });

  test('of many at once: 20 to a call', async () => {
    const world = await openWorld(25);
    const all = async () => Promise.all(world.services.map(async (_, index) => look(world, index)));
    await all();
    const before = world.handler.counts()['DescribeServiceDeployments'] ?? 0;
    const found = await all();
    expect(new Set(found.map((one) => one?.arn)).size).toBe(25);
    expect((world.handler.counts()['DescribeServiceDeployments'] ?? 0) - before).toBe(2);
    expect(world.handler.counts()['ListServiceDeployments']).toBe(25);
  });

  test('another deployment is not taken for ours', async () => {
    const world = await openWorld();
    const id = idOf(world.services[0]);
    expect(await world.port.describeServiceDeployment('qa', 'web-0', id.slice(0, -1))).toBeNull();
    expect(await world.port.describeServiceDeployment('qa', 'web-0', `ecs-svc/9${id.slice(8)}`)).toBeNull();
  });

  test.each([
    ['a page of an error', { kind: 'html-500' }],
    ['an operation that is not there', { kind: 'error', code: 'UnknownOperationException', message: '' }],
  ])('%s: null, and not asked again', async (_name, fault) => {
    const world = await openWorld();
    world.handler.faults.set([{ operation: 'ListServiceDeployments', ...fault }]);
    expect(await look(world)).toBeNull();
    expect(await look(world)).toBeNull();
    expect(world.handler.counts()['ListServiceDeployments']).toBe(1);
  });

  test('denied: said once, with the permission; then null', async () => {
    const world = await openWorld(2);
    world.handler.faults.set([{ operation: 'ListServiceDeployments', kind: 'deny' }]);
    await expect(look(world)).rejects.toMatchObject({ name: 'EcsError', kind: 'access-denied' });
    expect(await look(world, 1)).toBeNull();
    expect(world.handler.counts()['ListServiceDeployments']).toBe(1);
  });

  test('an error of the shared call reaches everybody, and the next look asks again', async () => {
    const world = await openWorld(2);
    await Promise.all([look(world), look(world, 1)]);
    world.handler.faults.set([
      {
        operation: 'DescribeServiceDeployments',
        kind: 'error',
        code: 'ServerException',
        message: 'x',
        times: 4,
      },
    ]);
    const both = await Promise.allSettled([look(world), look(world, 1)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    world.handler.faults.set([]);
    expect(await look(world)).not.toBeNull();
  });
});

describe('continueDeployment', () => {
  test('ends the pause; a second time is refused', async () => {
    const world = await openWorld();
    await world.clock.sleep(120_000);
    const paused = await look(world);
    const hook = paused?.hooks[0]?.id ?? '';
    await world.port.continueDeployment(paused?.arn ?? '', hook, 'CONTINUE');
    expect((await look(world))?.hooks[0]?.status).toBe('SUCCEEDED');
    await expect(world.port.continueDeployment(paused?.arn ?? '', hook, 'CONTINUE')).rejects.toMatchObject({
      kind: 'refused',
      operation: 'ContinueServiceDeployment',
    });
    await world.clock.sleep(120_000);
    expect((await look(world))?.status).toBe('SUCCESSFUL');
  });
});
