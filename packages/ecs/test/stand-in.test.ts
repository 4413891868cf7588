// The port against the ECS stand-in: one service from nothing to two revisions.
import { startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { describe, expect, test } from '@jest/globals';
import { portTo } from './scripted-server.ts';

const zones = ['eu-west-1a', 'eu-west-1b'].map((zone) => ({ zone }));
const start = (rules: NonNullable<Parameters<typeof startEcsStandIn>[0]>['scenario'] = { rules: [] }) =>
  startEcsStandIn({
    region: 'eu-west-1',
    clusters: [{ name: 'qa', instances: zones }],
    speed: 200,
    scenario: rules,
  });

const definition = (tag: string) => ({
  family: 'web',
  containerDefinitions: [{ name: 'web', image: `registry/web:${tag}`, memory: 128, essential: true }],
});

/** Looks again and again, in real milliseconds. */
async function until<T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> {
  for (let attempt = 0; attempt < 400; attempt++) {
    const seen = await look();
    if (good(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came');
}

describe('against the stand-in', () => {
  test('register, create, watch, tag, update, and look at the tasks', async () => {
    const server = await start();
    try {
      const { port } = portTo(server);
      await expect(port.describeCluster('qa')).resolves.toMatchObject({
        status: 'ACTIVE',
        arn: expect.stringMatching(/:cluster\/qa$/u),
      });
      await expect(port.describeCluster('none')).resolves.toBeNull();
      await expect(port.describeServices('qa', ['web'])).resolves.toMatchObject([
        { name: 'web', status: 'MISSING' },
      ]);
      await expect(port.describeServices('none', ['web'])).rejects.toMatchObject({
        kind: 'cluster-not-found',
      });
      await expect(port.describeTaskDefinition('web')).resolves.toBeNull();

      const first = await port.registerTaskDefinition(definition('1'), {
        'bamboo-ecs:version': '1.0.0.RELEASE',
      });
      expect(first).toMatchObject({
        family: 'web',
        revision: 1,
        tags: { 'bamboo-ecs:version': '1.0.0.RELEASE' },
      });
      const request = {
        cluster: 'qa',
        serviceName: 'web',
        taskDefinition: first.arn,
        desiredCount: 2,
        clientToken: 't1',
      };
      const created = await port.createService(request);
      const [ours] = created.deployments;
      expect(created).toMatchObject({ name: 'web', status: 'ACTIVE', desired: 2, taskDefinition: first.arn });
      expect(ours).toMatchObject({
        status: 'PRIMARY',
        rolloutState: 'IN_PROGRESS',
        id: expect.stringMatching(/^ecs-svc\/\d+$/u),
      });
      const look = async () => (await port.describeServices('qa', ['web']))[0];
      const steady = await until(look, (seen) => seen?.deployments[0]?.rolloutState === 'COMPLETED');
      expect(steady).toMatchObject({ running: 2, deployments: [{ id: ours?.id, running: 2, failed: 0 }] });
      expect(steady?.events.length).toBeGreaterThan(0);

      await port.tagTaskDefinition(first.arn, { 'bamboo-ecs:outcome': 'steady' });
      const tagged = await port.describeTaskDefinition('web:1');
      expect(tagged?.tags).toEqual({ 'bamboo-ecs:version': '1.0.0.RELEASE', 'bamboo-ecs:outcome': 'steady' });

      const second = await port.registerTaskDefinition(definition('2'), {});
      const updated = await port.updateService({ cluster: 'qa', service: 'web', taskDefinition: second.arn });
      expect(updated.deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
      await until(
        look,
        (seen) => seen?.deployments.length === 1 && seen.deployments[0]?.rolloutState === 'COMPLETED',
      );
      const tasks = await port.listTasks('qa', 'web', 'RUNNING', 50);
      expect(tasks.map(({ taskDefinition }) => taskDefinition)).toEqual([second.arn, second.arn]);
      const gone = await port.listTasks('qa', 'web', 'STOPPED', 1);
      expect(gone).toMatchObject([{ lastStatus: 'STOPPED', taskDefinition: first.arn, startedBy: ours?.id }]);
    } finally {
      await server.close();
    }
  });

  test('a crash: stopped tasks with exit codes, and ECS is told to roll back', async () => {
    const server = await start({
      rules: [{ match: ':bad', outcome: { kind: 'exits', afterMs: 2000, exitCode: 3 } }],
    });
    try {
      const { port } = portTo(server);
      const good = await port.registerTaskDefinition(definition('good'), {});
      await port.createService({
        cluster: 'qa',
        serviceName: 'web',
        taskDefinition: good.arn,
        desiredCount: 1,
      });
      const look = async () => (await port.describeServices('qa', ['web']))[0];
      const before = await until(look, (seen) => seen?.deployments[0]?.rolloutState === 'COMPLETED');
      const bad = await port.registerTaskDefinition(definition('bad'), {});
      const updated = await port.updateService({ cluster: 'qa', service: 'web', taskDefinition: bad.arn });
      const ours = updated.deployments.find(({ status }) => status === 'PRIMARY')?.id ?? '';
      const stopped = await until(
        () => port.listTasks('qa', 'web', 'STOPPED', 10),
        (tasks) => tasks.some(({ startedBy }) => startedBy === ours),
      );
      expect(stopped.find(({ startedBy }) => startedBy === ours)).toMatchObject({
        stopCode: 'EssentialContainerExited',
        containers: [{ name: 'web', exitCode: 3 }],
      });
      await expect(port.stopDeployment('qa', 'web', 'ecs-svc/1')).resolves.toBe(false);
      await expect(port.stopDeployment('qa', 'web', ours)).resolves.toBe(true);
      const back = await until(look, (seen) => seen?.taskDefinition === good.arn && seen.running === 1);
      expect(back?.taskDefinition).toBe(before?.taskDefinition);
    } finally {
      await server.close();
    }
  });

  test('what ECS refuses has its words', async () => {
    const server = await start();
    try {
      const { port } = portTo(server);
      await expect(
        port.updateService({ cluster: 'qa', service: 'none', desiredCount: 1 }),
      ).rejects.toMatchObject({
        kind: 'service-not-found',
      });
      await expect(
        port.createService({ cluster: 'none', serviceName: 'web', taskDefinition: 'web:1' }),
      ).rejects.toMatchObject({
        name: 'EcsError',
        operation: 'CreateService',
      });
      await expect(
        port.registerTaskDefinition({ family: 'web', containerDefinitions: [] }, {}),
      ).rejects.toMatchObject({
        kind: 'refused',
      });
      await expect(port.hasScalableTarget('qa', 'web')).resolves.toBe(false);
    } finally {
      await server.close();
    }
  });
});
