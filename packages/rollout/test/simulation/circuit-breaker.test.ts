import { describe, expect, test } from '@jest/globals';
import { EcsSimulationError, thresholdOf } from '../../src/simulation/index.ts';
import {
  crash,
  create,
  events,
  minutes,
  newSimulation,
  register,
  service,
  tasks,
  update,
} from './fixtures.ts';

const on = (more: object = {}) => ({
  deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: true, ...more } },
});

describe('threshold', () => {
  test.each([
    // AWS: deployment-circuit-breaker, "Failure threshold"
    [{}, 1, 3],
    [{}, 25, 13],
    [{}, 400, 200],
    [{}, 800, 200],
    [{ type: 'BOUNDED_PERCENT', value: 10 }, 100, 10],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, 800, 400],
    [{ type: 'UNBOUNDED_PERCENT', value: 50 }, 1, 1],
    [{ type: 'COUNT', value: 7 }, 800, 7],
  ])('%j at desired %d: %d', (thresholdConfiguration, desired, threshold) => {
    expect(thresholdOf({ thresholdConfiguration }, desired)).toBe(threshold);
  });
});

describe('the breaker', () => {
  test('without rollback the deployment is FAILED, starts nothing more, and leaves the old tasks alone', () => {
    const simulation = newSimulation({ scenario: crash });
    register(simulation, '1.0');
    create(simulation, on({ rollback: false }));
    simulation.advance(minutes(5));
    const before = service(simulation).deployments[0]?.id ?? '';
    register(simulation, '2.0');
    update(simulation);
    simulation.advance(minutes(10));
    const [failed, old] = service(simulation).deployments;
    expect(failed).toMatchObject({
      status: 'PRIMARY',
      progress: 'FAILED',
      reason: 'ECS deployment circuit breaker: tasks failed to start.',
    });
    expect(old).toMatchObject({ id: before, status: 'ACTIVE' });
    const count = tasks(simulation, failed?.id).length;
    simulation.advance(minutes(40));
    expect(tasks(simulation, failed?.id)).toHaveLength(count);
    expect(tasks(simulation, before).filter(({ lastStatus }) => lastStatus === 'RUNNING')).toHaveLength(2);
    expect(service(simulation).serviceDeployments[0]).toMatchObject({
      status: 'STOPPED',
      breaker: 'TRIGGERED',
    });
  });

  test('a failed first deployment has nothing to go back to: it stalls', () => {
    const simulation = newSimulation({ scenario: crash });
    register(simulation, '2.0');
    create(simulation, on());
    simulation.advance(minutes(10));
    expect(service(simulation).deployments.map(({ status, progress }) => [status, progress])).toEqual([
      ['PRIMARY', 'FAILED'],
    ]);
    const count = tasks(simulation).length;
    simulation.advance(minutes(30));
    expect(tasks(simulation).filter(({ lastStatus }) => lastStatus !== 'STOPPED')).toEqual([]);
    expect(tasks(simulation).length).toBe(count);
    expect(events(simulation)).not.toContain('rolling back to deployment ecs-svc.');
  });

  test('a roll-back works although the old deployment has drained and gone', () => {
    const simulation = newSimulation({ scenario: crash });
    register(simulation, '1.0');
    create(simulation, {
      deploymentConfiguration: {
        ...on().deploymentConfiguration,
        minimumHealthyPercent: 0,
        maximumPercent: 100,
      },
    });
    simulation.advance(minutes(5));
    const before = service(simulation).deployments[0]?.id;
    register(simulation, '2.0');
    update(simulation);
    simulation.advance(60_000);
    expect(service(simulation).deployments.map(({ status }) => status)).toEqual(['PRIMARY']);
    simulation.advance(minutes(10));
    expect(service(simulation).deployments.map(({ id, progress }) => [id, progress])).toEqual([
      [before, 'COMPLETED'],
    ]);
  });

  test('off: it crashes on and on, and is never FAILED', () => {
    const simulation = newSimulation({ scenario: crash });
    register(simulation, '1.0');
    create(simulation);
    simulation.advance(minutes(5));
    register(simulation, '2.0');
    update(simulation);
    simulation.advance(minutes(30));
    expect(service(simulation).deployments[0]).toMatchObject({ progress: 'IN_PROGRESS' });
    expect(service(simulation).deployments[0]?.failedTasks).toBeGreaterThan(20);
  });

  test('a task that becomes healthy resets the count, unless resetOnHealthyTask is false', () => {
    // Two crash, then one runs: with a threshold of 3 only the stubborn breaker trips on the third crash.
    const scenario = {
      rules: [
        { match: '2.0', outcome: { kind: 'exits', afterMs: 1000, exitCode: 1 }, times: 2 },
        { match: '2.0', outcome: { kind: 'runs' }, times: 1 },
        { match: '2.0', outcome: { kind: 'exits', afterMs: 50_000, exitCode: 1 }, times: 1 },
      ],
    } as const;
    const progress = (more: object) => {
      const simulation = newSimulation({ scenario });
      register(simulation, '1.0');
      create(simulation, on({ rollback: false, ...more }));
      simulation.advance(minutes(5));
      register(simulation, '2.0');
      update(simulation);
      simulation.advance(minutes(20));
      return service(simulation).deployments[0]?.progress;
    };
    expect(progress({})).toBe('COMPLETED');
    expect(progress({ resetOnHealthyTask: false })).toBe('FAILED');
  });

  test('behind a classic load balancer it is not minded, unless the simulation is told so', () => {
    const classic = {
      loadBalancers: [{ loadBalancerName: 'hid-lb', containerName: 'hid', containerPort: 8080 }],
    };
    const progress = (classicRolloutState: boolean) => {
      const simulation = newSimulation({ scenario: crash, classicRolloutState });
      register(simulation, '1.0');
      create(simulation, { ...classic, ...on({ rollback: false }) });
      simulation.advance(minutes(15));
      register(simulation, '2.0');
      update(simulation);
      simulation.advance(minutes(15));
      return service(simulation).deployments[0]?.progress;
    };
    expect(progress(false)).toBe('IN_PROGRESS');
    expect(progress(true)).toBe('FAILED');
  });

  test('an alarm that goes off during the deployment fails it; one that rang before does not', () => {
    const alarms = { alarmNames: ['errors'], enable: true, rollback: true };
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation, { deploymentConfiguration: { alarms } });
    simulation.advance(minutes(10));
    const before = service(simulation).deployments[0]?.id;
    simulation.setAlarm('errors', true);
    simulation.advance(1000);
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(minutes(10));
    const second = service(simulation).deployments[0]?.id;
    expect(service(simulation).deployments[0]).toMatchObject({ progress: 'COMPLETED' });
    expect(second).not.toBe(before);
    simulation.setAlarm('errors', false);
    const since = simulation.now;
    register(simulation, '1.2');
    update(simulation);
    simulation.advance(15_000);
    simulation.setAlarm('errors', true);
    simulation.advance(minutes(5));
    expect(service(simulation).deployments.map(({ id }) => id)).toEqual([second]);
    expect(events(simulation, since)).toContain('(deployment ecs-svc) deployment failed: alarm detected.');
  });
});

describe('StopServiceDeployment', () => {
  test('ROLLBACK goes back under the old id; the record says how it ended', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation);
    simulation.advance(minutes(5));
    const before = service(simulation).deployments[0]?.id;
    register(simulation, '1.1');
    update(simulation);
    simulation.advance(20_000);
    const arn = service(simulation).serviceDeployments[0]?.arn ?? '';
    simulation.stopServiceDeployment(arn);
    expect(service(simulation).serviceDeployments[0]?.status).toBe('ROLLBACK_IN_PROGRESS');
    simulation.advance(minutes(5));
    expect(service(simulation).serviceDeployments[0]).toMatchObject({ arn, status: 'ROLLBACK_SUCCESSFUL' });
    expect(service(simulation).deployments.map(({ id }) => id)).toEqual([before]);
    expect(() => simulation.stopServiceDeployment(arn)).toThrow(EcsSimulationError);
  });

  test('ABORT leaves things as they are', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation);
    simulation.advance(minutes(5));
    register(simulation, '1.1');
    update(simulation);
    simulation.stopServiceDeployment(service(simulation).serviceDeployments[0]?.arn ?? '', 'ABORT');
    simulation.advance(minutes(5));
    expect(service(simulation).serviceDeployments[0]?.status).toBe('STOPPED');
    expect(service(simulation).deployments.map(({ status, progress }) => [status, progress])).toEqual([
      ['PRIMARY', 'FAILED'],
      ['ACTIVE', 'COMPLETED'],
    ]);
  });

  test('a first deployment, a finished one and an unknown one are refused', () => {
    const simulation = newSimulation();
    register(simulation, '1.0');
    create(simulation);
    const arn = service(simulation).serviceDeployments[0]?.arn ?? '';
    expect(() => simulation.stopServiceDeployment(arn)).toThrow('no completed deployment');
    simulation.advance(minutes(5));
    expect(() => simulation.stopServiceDeployment(arn)).toThrow('not in a state');
    expect(() => simulation.stopServiceDeployment(`${arn}x`)).toThrow('Service deployment not found.');
  });
});
