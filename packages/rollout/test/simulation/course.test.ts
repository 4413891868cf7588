import { describe, expect, test } from '@jest/globals';
import {
  create,
  crash,
  events,
  groupArn,
  minutes,
  newSimulation,
  register,
  service,
  tasks,
  update,
} from './fixtures.ts';

const behindGroup = {
  loadBalancers: [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 8080 }],
};
const breaker = { deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true } } };

describe('one create and one crash', () => {
  test('a created service becomes steady behind its load balancer', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, behindGroup);
    expect(service(simulation).deployments[0]).toMatchObject({ status: 'PRIMARY', progress: 'IN_PROGRESS' });
    simulation.advance(minutes(2));
    expect(events(simulation)).toEqual([
      'has started 2 tasks: (task) (task).',
      'registered 2 targets in (target-group ARN)',
      '(deployment ecs-svc) deployment completed.',
      'has reached a steady state.',
    ]);
    const [deployment] = service(simulation).deployments;
    expect(deployment?.reason).toBe(`ECS deployment ${deployment?.id} completed.`);
    expect(tasks(simulation).map(({ lastStatus, startedBy }) => [lastStatus, startedBy])).toEqual([
      ['RUNNING', deployment?.id],
      ['RUNNING', deployment?.id],
    ]);
  });

  test('a replaced version is drained, then gone; the events come in order', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, behindGroup);
    simulation.advance(minutes(2));
    const since = simulation.now;
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(minutes(2));
    // Drained for the target group's 300 s: listed as ACTIVE, its tasks DEACTIVATING.
    expect(service(simulation).deployments.map(({ status }) => status)).toEqual(['PRIMARY', 'ACTIVE']);
    expect(service(simulation).deployments[0]?.progress).toBe('IN_PROGRESS');
    expect(
      tasks(simulation)
        .map(({ lastStatus }) => lastStatus)
        .slice(0, 2),
    ).toEqual(['DEACTIVATING', 'DEACTIVATING']);
    simulation.advance(minutes(6));
    expect(service(simulation).deployments).toHaveLength(1);
    expect(events(simulation, since)).toEqual([
      'has started 2 tasks: (task) (task).',
      'registered 2 targets in (target-group ARN)',
      'deregistered 2 targets in (target-group ARN)',
      'has begun draining connections on 2 tasks.',
      'has stopped 2 running tasks: (task) (task).',
      '(deployment ecs-svc) deployment completed.',
      'has reached a steady state.',
    ]);
    expect(tasks(simulation)[0]).toMatchObject({
      lastStatus: 'STOPPED',
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Scaling activity initiated by (deployment ${tasks(simulation)[0]?.startedBy})`,
      failure: null,
    });
  });

  test('a crash trips the breaker; the deployment before is PRIMARY again under its old id', () => {
    const simulation = newSimulation({ scenario: crash });
    register(simulation, '1.0');
    create(simulation, { ...behindGroup, ...breaker });
    simulation.advance(minutes(2));
    const before = service(simulation).deployments[0]?.id;
    const since = simulation.now;
    const bad = register(simulation, '2.0');
    update(simulation);
    const started = service(simulation).deployments[0]?.id ?? '';
    simulation.advance(minutes(3));
    expect(events(simulation, since).filter((text) => /fail|roll|complet|steady/u.test(text))).toEqual([
      '(deployment ecs-svc) deployment failed: tasks failed to start.',
      'rolling back to deployment ecs-svc.',
      '(deployment ecs-svc) deployment completed.',
      'has reached a steady state.',
    ]);
    expect(service(simulation).deployments.map(({ id, progress }) => [id, progress])).toEqual([
      [before, 'COMPLETED'],
    ]);
    expect(tasks(simulation, started).length).toBeGreaterThanOrEqual(3);
    for (const task of tasks(simulation, started)) {
      expect(task).toMatchObject({
        taskDefinition: bad,
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
      });
      expect(task.containers[0]?.exitCode).toBe(3);
    }
    expect(service(simulation).serviceDeployments[0]).toMatchObject({
      status: 'ROLLBACK_SUCCESSFUL',
      breaker: 'TRIGGERED',
      deploymentId: started,
    });
  });
});
