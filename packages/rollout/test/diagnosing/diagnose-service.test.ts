// What events, deployments and settings say.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import type { DeploymentSnapshot, Diagnosis } from '../../src/index.ts';
import { arn, deployment, service, task } from '../builders.ts';
import { older, ours } from '../judging/judge-history.ts';
import { closest, diagnosed, waiting } from './diagnosed.ts';

const cases: readonly (readonly [cause: string, message: string, words: string])[] = [
  ['no-cpu', `${closest} has insufficient CPU units available.`, 'free CPU'],
  [
    'no-memory',
    `${closest} has insufficient memory available. For more information, see the Troubleshooting section.`,
    'it needs 256 MiB',
  ],
  ['port-in-use', `${closest} is already using a port required by your task.`, 'host port'],
  ['no-attribute', `${closest} is missing an attribute required by your task.`, 'attribute'],
  ['agent-disconnected', `${closest} encountered error "AGENT".`, 'agent'],
  ['agent-disconnected', `${closest} doesn't have the agent connected.`, 'agent'],
  [
    'no-instances',
    'was unable to place a task because no container instance met all of its requirements. Reason: No Container Instances were found in your cluster.',
    'cluster qa has no instance',
  ],
  [
    'no-placement',
    'was unable to place a task because no container instance met all of its requirements.',
    'no place',
  ],
  [
    'image-not-found',
    'was unable to place a task. Reason: CannotPullContainerError: pull image manifest has been retried 7 time(s): failed to resolve ref web:latest: not found.',
    'not in its registry',
  ],
  ['capacity', 'was unable to place a task. Reason: Capacity is unavailable at this time.', 'no capacity'],
  [
    'quota',
    "was unable to place a task. Reason: You've reached the limit on the number of tasks you can run concurrently.",
    'quota',
  ],
  [
    'quota',
    'was unable to place a task. Reason: The requested CPU configuration is above your limit.',
    'quota',
  ],
  [
    'health-check-status',
    '(task 1) (port 8080) is unhealthy in (target-group arn:x) due to (reason Health checks failed with these codes: [503]).',
    'answered with 503',
  ],
  [
    'health-check-timeout',
    '(task 1) (port 8080) is unhealthy in (target-group arn:x) due to (reason Request timed out).',
    'Request timed out',
  ],
  [
    'load-balancer-health',
    '(instance i-1) is unhealthy in (elb web) due to (reason Instance has failed at least the UnhealthyThreshold number of health checks consecutively.)',
    'at least the UnhealthyThreshold number',
  ],
  [
    'target-registration',
    "failed to register targets in (target-group arn:x) with (error The following targets are not in the target group VPC 'vpc-1': 'i-1')",
    'vpc-1',
  ],
  [
    'role-not-assumable',
    "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/x' that was provided for this task. Please verify that the role being passed has the proper trust relationship.)",
    'role/x',
  ],
  [
    'service-linked-role',
    "failed to launch a task with (error ECS was unable to assume the role 'arn:aws:iam::1:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS' that was provided for this task.)",
    'service-linked role',
  ],
  ['container-health', '(task 1) failed container health checks.', 'its own health check'],
  [
    'percent-deadlock',
    'was unable to stop or start tasks during a deployment because of the service deployment configuration. Update the minimumHealthyPercent or maximumPercent value and try again.',
    'minimumHealthyPercent 100',
  ],
  [
    'task-protection',
    'was unable to reach steady state because (taskSet ecs-svc/1) was unable to scale in due to (reason 2 tasks under protection)',
    'protected',
  ],
  ['throttled', 'operations are being throttled. Will try again later.', 'rate limit'],
  ['alarm', '(deployment ecs-svc/2) deployment failed: alarm detected.', 'alarm'],
  ['unclear', 'has started 2 tasks: (task 1) (task 2).', 'say why'],
];

describe('diagnose: events', () => {
  test.each(cases)('%s (%#)', (cause, message, words) => {
    const diagnosis = diagnosed([message]);
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.sentence).toContain(words);
    expect(diagnosis.sentence).toMatch(/^[A-Z].*[^.]\.$/u);
    const told = diagnosis.evidence.some(({ kind }) => kind === 'event');
    expect(told).toBe(cause !== 'unclear');
  });

  test('a message that names the cause wins over one that does not', () => {
    expect(
      diagnosed([
        'operations are being throttled. Will try again later.',
        `${closest} has insufficient memory available.`,
      ]).cause,
    ).toBe('no-memory');
  });

  test('a message of the scheduler outweighs one unlucky task, not two', () => {
    const message = `${closest} is already using a port required by your task.`;
    expect(diagnosed([message], { stopped: [task()] }).cause).toBe('port-in-use');
    expect(diagnosed([message], { stopped: [task(), task()] }).cause).toBe('crash-loop');
  });

  test('the reason of the deployment counts, too', () => {
    const failed = ours({
      rolloutState: 'FAILED',
      running: 0,
      rolloutStateReason: 'ECS deployment failed: alarm detected.',
    });
    expect(diagnosed([], { snapshot: service([failed, older()]) }).cause).toBe('alarm');
    const rolloutStateReason =
      'ECS deployment circuit breaker was triggered after three unsuccessful image digest resolution attempts.';
    const unresolved = service([{ ...failed, rolloutStateReason }, older()]);
    expect(diagnosed([], { snapshot: unresolved })).toMatchObject({
      cause: 'image-pull',
      sentence: expect.stringMatching(/^The image registry\.example\/web:\S+ cannot be pulled: /u),
    });
  });
});

describe('diagnose: nothing is said', () => {
  const stuck = (
    deployments: readonly DeploymentSnapshot[],
    deploymentConfiguration: JsonObject,
  ): Diagnosis =>
    diagnosed([], { snapshot: service(deployments, { definition: { deploymentConfiguration } }) });

  test('percentages that let no task move', () => {
    const diagnosis = stuck([waiting, older()], { minimumHealthyPercent: 100, maximumPercent: 100 });
    expect(diagnosis.cause).toBe('percent-deadlock');
    expect(diagnosis.sentence).toContain(
      'minimumHealthyPercent 100 keeps 2 and maximumPercent 100 allows 2 of 2',
    );
    expect(stuck([ours({ running: 1 }), older({ running: 1 })], { maximumPercent: 100 }).cause).not.toBe(
      'percent-deadlock',
    );
    expect(stuck([waiting], { maximumPercent: 100 }).cause).toBe('unclear');
  });

  test('the settings say more than a vague message, and percentages are rounded as ECS does', () => {
    const one = [ours({ desired: 1, running: 0 }), older({ desired: 1, running: 1 })];
    const definition = { deploymentConfiguration: { minimumHealthyPercent: 50, maximumPercent: 150 } };
    const snapshot = service(one, { definition });
    expect(diagnosed(['operations are being throttled. Will try again later.'], { snapshot }).cause).toBe(
      'percent-deadlock',
    );
  });

  test('still getting on when the time was up', () => {
    const diagnosis = diagnosed([], { snapshot: service([ours({ running: 1, pending: 1 }), older()]) });
    expect(diagnosis).toMatchObject({
      cause: 'slow',
      sentence: expect.stringContaining('1 of 2 new tasks were running, 1 pending'),
    });
  });

  test('only the old tasks drain', () => {
    const up = ours({ rolloutState: 'COMPLETED' });
    expect(diagnosed([], { snapshot: service([up, older({ running: 1 })]) }).cause).toBe('slow-drain');
  });

  test('somebody else', () => {
    expect(
      diagnosed([`${closest} has insufficient memory available.`], {
        verdict: { kind: 'superseded', reason: 'x' },
      }).cause,
    ).toBe('superseded');
  });

  test('the service names our revision, but no deployment of it was started', () => {
    const snapshot = service([deployment({ taskDefinition: arn(6) })], { taskDefinition: arn(7) });
    expect(diagnosed([], { deployment: null, snapshot })).toMatchObject({
      cause: 'not-started',
      sentence: expect.stringMatching(/names \S+:7, but no deployment of it was started: \S+:6 runs on/u),
    });
  });

  test('an update without a deployment, and a service that is gone', () => {
    expect(diagnosed([], { deployment: null, snapshot: service([deployment()]) }).cause).toBe('slow');
    expect(diagnosed([], { snapshot: service([]), taskDefinition: null }).cause).toBe('unclear');
  });
});
