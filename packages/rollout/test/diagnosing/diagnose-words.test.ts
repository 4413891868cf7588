// A diagnosis that listens: to the program's last words and to what the load balancers say.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import type { Diagnosis, LogTail, ServiceSnapshot, TargetGroupSnapshot } from '../../src/index.ts';
import { now, service, task, taskDefinition, unstarted } from '../builders.ts';
import { older, ours } from '../judging/judge-history.ts';
import { closest, diagnosed } from './diagnosed.ts';

const groupArn = 'arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/web/1';

function tail(...lines: readonly string[]): LogTail {
  return { container: 'web', task: '1', where: 'x', lines: lines.map((text) => ({ text })) };
}

function group(...targets: TargetGroupSnapshot['targets'][number][]): TargetGroupSnapshot {
  const check = 'HTTP GET /health on port 8080, expects 200';
  return { id: groupArn, kind: 'target-group', targets, check };
}

const ports: JsonObject = {
  containerDefinitions: [{ name: 'web', image: 'web:1', portMappings: [{ containerPort: 8080 }] }],
};

/** Killed by the load balancer's checks a minute after its start. */
const killed = (reason: string) =>
  task(
    {
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: `Task failed ELB health checks in (target-group ${groupArn}) (${reason})`,
      startedAt: now - 62_000,
      stoppedAt: now - 2000,
    },
    { exitCode: 137 },
  );

function unhealthy(
  options: {
    readonly logs?: readonly LogTail[];
    readonly targets?: readonly TargetGroupSnapshot[];
    readonly definition?: JsonObject;
    readonly reason?: string;
  } = {},
): Diagnosis {
  const snapshot: ServiceSnapshot = {
    ...service([ours({ running: 1 }), older()], { definition: options.definition ?? {} }),
    ...(options.targets && { targets: options.targets }),
  };
  const reason = options.reason ?? 'Request timed out';
  return diagnosed(
    [`(task 1) (port 8080) is unhealthy in (target-group ${groupArn}) due to (reason ${reason}).`],
    {
      snapshot,
      stopped: [killed(reason)],
      taskDefinition: ports,
      ...(options.logs && { logs: options.logs }),
    },
  );
}

describe('diagnose: why the load balancer finds the tasks unhealthy', () => {
  test.each([
    [404, 'nothing at that path', /Correct the path of the target group's health check \(HTTP GET \/health/u],
    [401, 'asks for a login', /without a login/u],
    [302, 'redirects', /matcher/u],
    [500, 'it fails', /Find out why the program answers 500/u],
    [502, 'a proxy in the task', /answers 502/u],
    [503, 'not ready', /raise healthCheckGracePeriodSeconds \(now 0 s\)/u],
  ])('status %d', (status, meaning, advice) => {
    const {
      cause,
      sentence,
      confidence,
      advice: told,
    } = unhealthy({
      reason: `Health checks failed with these codes: [${status}]`,
      targets: [group({ id: 'i-1:8080', state: 'unhealthy', reason: 'Target.ResponseCodeMismatch' })],
    });
    expect(cause).toBe('health-check-status');
    expect(sentence).toContain(`answered with ${status}`);
    expect(sentence).toContain(meaning);
    expect(told).toMatch(advice);
    expect(confidence).toBe('certain');
  });

  test('the status that only the targets tell', () => {
    const description = 'Health checks failed with these codes: [418]';
    const target = { id: 'i-1:8080', state: 'unhealthy', reason: 'Target.ResponseCodeMismatch', description };
    const diagnosis = unhealthy({ reason: 'Health checks failed', targets: [group(target)] });
    expect(diagnosis.cause).toBe('health-check-status');
    expect(diagnosis.sentence).toContain('418');
    expect(diagnosis.evidence.find(({ kind }) => kind === 'target')?.text).toBe(
      `web: 1 of 1 targets unhealthy, Target.ResponseCodeMismatch: ${description} [i-1:8080] (check: HTTP GET /health on port 8080, expects 200)`,
    );
  });

  test('time-outs: nothing known, a wrong port, localhost only, a security group', () => {
    expect(unhealthy().cause).toBe('health-check-timeout');
    expect(unhealthy().advice).toContain('port 8080');
    expect(unhealthy({ logs: [tail('listening on port 3000')] })).toMatchObject({
      cause: 'health-check-port',
      sentence: 'The program says that it listens on port 3000, but the load balancer asks port 8080.',
    });
    expect(unhealthy({ logs: [tail('Running on http://127.0.0.1:8080')] })).toMatchObject({
      cause: 'health-check-port',
      advice: 'Let it listen on all addresses (0.0.0.0).',
    });
    expect(unhealthy({ logs: [tail('listening on 0.0.0.0:8080')] })).toMatchObject({
      cause: 'security-group',
      confidence: 'likely',
    });
    const refused = { id: 'i-1:8080', state: 'unhealthy', reason: 'Target.Timeout' };
    expect(unhealthy({ reason: 'Health checks failed', targets: [group(refused)] }).cause).toBe(
      'health-check-timeout',
    );
  });

  test('targets that are unhealthy when the time is up: that, and not slowness', () => {
    const target = {
      id: 'i-1:8080',
      state: 'unhealthy',
      reason: 'Target.Timeout',
      description: 'Request timed out',
    };
    const snapshot = { ...service([ours(), older({ running: 1 })]), targets: [group(target)] };
    expect(diagnosed([], { snapshot, taskDefinition: ports })).toMatchObject({
      cause: 'health-check-timeout',
      sentence: expect.stringContaining('gets no answer in time (Target.Timeout: Request timed out)'),
    });
  });

  test('the time that a task is drained does not count as its life', () => {
    const drained = { ...killed('x'), startedAt: now - 400_000, stoppedAt: now };
    const id = drained.arn.split('/').at(-1) ?? '';
    const found = `(task ${id}) (port 8080) is unhealthy in (target-group ${groupArn}) due to (reason Request timed out).`;
    const events = [{ id: '1', at: now - 335_000, message: found }];
    const logs = [tail('INFO loading')];
    expect(diagnosed([], { events, stopped: [drained], logs, taskDefinition: ports })).toMatchObject({
      cause: 'grace-period',
      sentence: expect.stringContaining('after 65 s'),
    });
  });

  test('a grace period that is shorter than the start', () => {
    const logs = [tail('INFO Starting OrdersApplication', 'INFO Loading 312 rules')];
    const diagnosis = unhealthy({ logs, definition: { healthCheckGracePeriodSeconds: 10 } });
    expect(diagnosis).toMatchObject({
      cause: 'grace-period',
      confidence: 'possible',
      sentence: expect.stringContaining(
        'after 60 s, perhaps while they still start: they have not said that they listen, and healthCheckGracePeriodSeconds is 10 s; the program said: "INFO Loading 312 rules"',
      ),
      advice: expect.stringContaining('e.g. 120'),
    });
    const long = unhealthy({ logs, definition: { healthCheckGracePeriodSeconds: 600 } });
    expect(long.cause).toBe('health-check-timeout');
    expect(unhealthy({ logs: [tail('Error: connect ECONNREFUSED 10.0.0.1:5432')] }).cause).not.toBe(
      'grace-period',
    );
  });
});

describe('diagnose: what the program says sharpens the sentence', () => {
  const crash = {
    stopped: [task(), task()],
    logs: [tail('Error: listen EADDRINUSE: address already in use :::8080')],
  };

  test('and the advice', () => {
    const diagnosis = diagnosed([], crash);
    expect(diagnosis.sentence).toBe(
      'Container web exits with code 1 soon after its start, because the port that it listens on is taken (8080); the program said: "Error: listen EADDRINUSE: address already in use :::8080" (2 tasks).',
    );
    expect(diagnosis.advice).toMatch(/^Look for a second process/u);
    expect(diagnosis.logs).toEqual(crash.logs);
    expect(diagnosis.evidence.at(-1)).toEqual({
      kind: 'container',
      text: '1 web said: Error: listen EADDRINUSE: address already in use :::8080',
    });
  });

  test('only that of the container that is blamed', () => {
    const logs = [{ ...tail("Cannot find module 'x'"), container: 'proxy' }];
    const diagnosis = diagnosed([], { stopped: [task(), task()], logs });
    expect(diagnosis.sentence).not.toContain('module');
    expect(diagnosis.logs).toEqual(logs);
  });

  test("a container's own health check is quoted with its numbers", () => {
    const failing = task({
      stopCode: 'ServiceSchedulerInitiated',
      stoppedReason: 'Task failed container health checks',
    });
    const healthCheck = { command: ['CMD-SHELL', 'curl -f http://localhost/ || exit 1'], startPeriod: 5 };
    const { advice } = diagnosed([], {
      stopped: [failing, failing],
      taskDefinition: { containerDefinitions: [{ name: 'web', image: 'web:1', healthCheck }] },
    });
    expect(advice).toContain(
      '(curl -f http://localhost/ || exit 1; every 30 s, time-out 5 s, 3 retries, startPeriod 5 s)',
    );
  });

  test('a program for another processor is that, and not just a crash', () => {
    const logs = [tail('exec /usr/local/bin/streamlit: exec format error')];
    expect(diagnosed([], { stopped: [task(), task()], logs })).toMatchObject({
      cause: 'exec-format',
      sentence: expect.stringContaining('built for another processor'),
    });
  });

  test('a task without a route: its subnets and whether it has a public address', () => {
    const awsvpcConfiguration = { subnets: ['subnet-1', 'subnet-2'], assignPublicIp: 'DISABLED' };
    const definition = { networkConfiguration: { awsvpcConfiguration } };
    const reason = 'ResourceInitializationError: failed to validate logger args: : signal: killed';
    const { cause, advice } = diagnosed([], {
      stopped: [unstarted(reason), unstarted(reason)],
      snapshot: service([ours({ running: 0 }), older()], { definition }),
    });
    expect(cause).toBe('aws-unreachable');
    expect(advice).toContain('port 443 (subnets subnet-1, subnet-2; assignPublicIp DISABLED).');
  });

  test('of a rollout that is only slow, too', () => {
    const snapshot = service([ours({ running: 1, pending: 1 }), older()]);
    const diagnosis = diagnosed([], { snapshot, logs: [tail('Waiting for changelog lock....')] });
    expect(diagnosis).toMatchObject({
      cause: 'slow',
      sentence: expect.stringContaining('Waiting for changelog lock'),
    });
  });
});

describe('diagnose: how sure it is', () => {
  test.each([
    ['certain', [], { stopped: [task(), task()] }],
    ['likely', [], { stopped: [task()] }],
    ['certain', [`${closest} has insufficient memory available.`], {}],
    [
      'possible',
      ['was unable to place a task because no container instance met all of its requirements.'],
      {},
    ],
    ['possible', [], {}],
  ] as const)('%s (%#)', (confidence, events, more) => {
    expect(diagnosed(events, { taskDefinition, ...more }).confidence).toBe(confidence);
  });

  test('alarms are named', () => {
    const alarms = { status: 'TRIGGERED', triggered: ['errors-5xx'] };
    const serviceDeployment = { arn: 'x', status: 'ROLLBACK_IN_PROGRESS', hooks: [], alarms };
    const snapshot = { ...service([ours({ running: 0 }), older()]), serviceDeployment };
    const diagnosis = diagnosed(['(deployment ecs-svc/2) deployment failed: alarm detected.'], { snapshot });
    expect(diagnosis.sentence).toContain('(errors-5xx)');
    expect(diagnosis.evidence).toContainEqual({ kind: 'alarm', at: now, text: 'errors-5xx went off' });
  });

  test('drained slowly is not stuck, and says what is left', () => {
    const targets = [group({ id: 'i-1:1', state: 'draining' }, { id: 'i-2:1', state: 'healthy' })];
    const up = ours({ rolloutState: 'COMPLETED' });
    const snapshot = { ...service([up, older({ running: 1 })]), targets };
    const diagnosis = diagnosed([], { snapshot });
    expect(diagnosis.cause).toBe('slow-drain');
    expect(diagnosis.sentence).toContain('(1 task left, 1 target draining): nothing is stuck');
  });
});
