// Tasks that fail in different ways: what they and the events say, and the pauses between starts.
import { describe, expect, test } from '@jest/globals';
import type { Scenario } from '../../src/simulation/index.ts';
import { create, events, groupArn, minutes, newSimulation, register, service, tasks } from './fixtures.ts';

const behindGroup = {
  loadBalancers: [{ targetGroupArn: groupArn, containerName: 'hid', containerPort: 8080 }],
};

function run(scenario: Scenario, request: object = {}, container: object = {}, forMs = minutes(20)) {
  const simulation = newSimulation({ scenario });
  register(simulation, '1.0', { ...container });
  create(simulation, { desiredCount: 1, ...request });
  simulation.advance(forMs);
  return simulation;
}

const rule = (outcome: Scenario['rules'][number]['outcome']): Scenario => ({
  rules: [{ match: '1.0', outcome }],
});

describe('a task that fails', () => {
  test('image that cannot be pulled: never RUNNING, TaskFailedToStart, reason at the container', () => {
    const reason =
      "pull access denied for registry.example/hid, repository does not exist or may require 'docker login'";
    const simulation = run(rule({ kind: 'cannot-pull', reason }));
    expect(tasks(simulation)[0]).toMatchObject({
      lastStatus: 'STOPPED',
      startedAt: null,
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'Task failed to start',
      containers: [{ exitCode: null, reason: `CannotPullContainerError: ${reason}` }],
    });
    expect(events(simulation)).toContain('is unable to consistently start tasks successfully.');
  });

  test('on Fargate the reason stands at the task, too', () => {
    const simulation = run(
      rule({ kind: 'cannot-start', reason: 'ResourceInitializationError: unable to pull secrets' }),
      {
        launchType: 'FARGATE',
      },
    );
    expect(tasks(simulation)[0]).toMatchObject({
      stopCode: 'TaskFailedToStart',
      stoppedReason: 'ResourceInitializationError: unable to pull secrets',
    });
  });

  test('killed for its memory: 137 and the reason', () => {
    const reason = 'OutOfMemoryError: Container killed due to memory usage';
    const simulation = run(rule({ kind: 'exits', afterMs: 2000, exitCode: 137, reason }), {}, {}, minutes(1));
    expect(tasks(simulation)[0]).toMatchObject({
      stopCode: 'EssentialContainerExited',
      containers: [{ exitCode: 137, reason }],
    });
  });

  test('a container that is not essential ends without its task', () => {
    const simulation = newSimulation({
      scenario: { rules: [{ match: 'sidecar', outcome: { kind: 'exits', afterMs: 1000, exitCode: 1 } }] },
    });
    simulation.registerTaskDefinition({
      family: 'hid',
      containerDefinitions: [
        { name: 'hid', image: 'hid:1', memory: 64 },
        { name: 'log', image: 'sidecar:1', memory: 64, essential: false },
      ],
    });
    create(simulation, { desiredCount: 1 });
    simulation.advance(minutes(5));
    expect(tasks(simulation)).toHaveLength(1);
    expect(
      tasks(simulation)[0]?.containers.map(({ lastStatus, exitCode }) => [lastStatus, exitCode]),
    ).toEqual([
      ['RUNNING', null],
      ['STOPPED', 1],
    ]);
  });

  test('load balancer checks that fail: told with port and codes, stopped, replaced', () => {
    const simulation = run(rule({ kind: 'never-healthy', status: 503 }), behindGroup, {
      portMappings: [{ containerPort: 8080, hostPort: 8080 }],
    });
    expect(events(simulation)).toContain(
      '(task) (port 8080) is unhealthy in (target-group ARN) due to (reason Health checks failed with these codes: [503]).',
    );
    expect(tasks(simulation)[0]).toMatchObject({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${groupArn})`,
      failure: 'health',
    });
    expect(
      events(simulation).some((text) =>
        text.endsWith(' Amazon ECS replaced 1 tasks due to an unhealthy status.'),
      ),
    ).toBe(true);
  });

  test('a classic load balancer says it of the instance', () => {
    const classic = {
      loadBalancers: [{ loadBalancerName: 'hid-lb', containerName: 'hid', containerPort: 8080 }],
    };
    const simulation = run(rule({ kind: 'never-healthy' }), classic);
    expect(events(simulation)).toContain('registered 1 instances in (elb hid-lb)');
    expect(events(simulation).join('\n')).toMatch(
      /\(instance i-0[0-9a-f]{16}\) is unhealthy in \(elb hid-lb\) due to \(reason Instance has failed at least the UnhealthyThreshold/u,
    );
  });

  test('container health checks that fail', () => {
    const check = { healthCheck: { command: ['CMD', 'true'], interval: 10, retries: 2 } };
    const simulation = run(rule({ kind: 'never-healthy' }), {}, check);
    expect(events(simulation)).toContain('(task) failed container health checks.');
    expect(tasks(simulation)[0]?.stoppedReason).toBe('Task failed container health checks');
  });

  test('the grace period hides failed checks of a slow application', () => {
    const slow = rule({ kind: 'runs', healthyAfterMs: 150_000 });
    const without = run(slow, behindGroup);
    expect(tasks(without).length).toBeGreaterThan(2);
    const simulation = run(slow, { ...behindGroup, healthCheckGracePeriodSeconds: 400 });
    expect(tasks(simulation)).toHaveLength(1);
    expect(service(simulation).deployments[0]?.progress).toBe('COMPLETED');
  });

  test('nobody checks: it runs, and counts as healthy after 40 s', () => {
    const simulation = run(rule({ kind: 'never-healthy' }));
    const [task] = tasks(simulation);
    expect((task?.healthySince ?? 0) - (task?.startedAt ?? 0)).toBe(40_000);
    expect(service(simulation).deployments[0]?.progress).toBe('COMPLETED');
  });
});

describe('pauses between starts', () => {
  const gaps = (simulation: ReturnType<typeof run>): number[] => {
    const created = tasks(simulation).map(({ createdAt }) => createdAt);
    return created.slice(1).map((at, index) => (at - (created[index] ?? 0)) / 1000);
  };

  test('tasks that never ran: longer and longer, never more than 27 minutes', () => {
    const simulation = run(rule({ kind: 'cannot-start', reason: 'no such file' }), {}, {}, minutes(55));
    const seen = gaps(simulation);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(seen[1]).toBeGreaterThan((seen[0] ?? 0) * 1.2);
    const long = run(rule({ kind: 'cannot-start', reason: 'no such file' }), {}, {}, minutes(60 * 5));
    expect(Math.max(...gaps(long))).toBeLessThanOrEqual(27 * 60 + 60);
  });

  test('three failed pulls take 9 to 12 minutes, as observed', () => {
    const simulation = run(rule({ kind: 'cannot-pull', reason: 'not found' }), {}, {}, minutes(30));
    const third = tasks(simulation)[2];
    expect((third?.stoppedAt ?? 0) - (tasks(simulation)[0]?.createdAt ?? 0)).toBeGreaterThan(minutes(8));
    expect((third?.stoppedAt ?? 0) - (tasks(simulation)[0]?.createdAt ?? 0)).toBeLessThan(minutes(12));
  });

  test('tasks that ran are started again without a pause', () => {
    const simulation = run(rule({ kind: 'exits', afterMs: 5000, exitCode: 1 }), {}, {}, minutes(10));
    expect(new Set(gaps(simulation)).size).toBe(1);
    expect(gaps(simulation)[0]).toBeLessThan(60);
  });
});

test('stopped tasks can be seen for an hour', () => {
  const simulation = run(
    { rules: [{ match: '1.0', outcome: { kind: 'exits', afterMs: 1000, exitCode: 1 }, times: 1 }] },
    {},
    {},
    minutes(59),
  );
  expect(tasks(simulation)).toHaveLength(2);
  simulation.advance(minutes(3));
  expect(tasks(simulation)).toHaveLength(1);
});
