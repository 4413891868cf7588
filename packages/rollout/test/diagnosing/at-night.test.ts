// The sentences as somebody reads them who was woken up: short, with names, and about what can be done.
import { describe, expect, test } from '@jest/globals';
import { plainWords, type ClusterRoom } from '../../src/index.ts';
import { oneLine } from '../../src/diagnosing/one-line.ts';
import { event, service, task, taskDefinition, unstarted } from '../builders.ts';
import { ours, older } from '../judging/judge-history.ts';
import { closest, diagnosed } from './diagnosed.ts';

const denied = (action: string, resource: string): string =>
  `AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/webExecution/0123 is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
const secret = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf';

describe('diagnose: who may not do what', () => {
  test.each([
    [
      'secret-denied',
      `ResourceInitializationError: unable to pull secrets or registry auth: ${'x'.repeat(400)} ${denied('secretsmanager:GetSecretValue', secret)}`,
      `the role webExecution is not allowed secretsmanager:GetSecretValue on ${secret}.`,
      `Allow the role webExecution secretsmanager:GetSecretValue on ${secret}, and kms:Decrypt on its key.`,
    ],
    [
      'image-access-denied',
      `CannotPullECRContainerError: ${denied('ecr:GetAuthorizationToken', '*')}`,
      'the role webExecution is not allowed ecr:GetAuthorizationToken on *.',
      'Allow the role webExecution ecr:GetAuthorizationToken on *',
    ],
    [
      'log-group',
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${denied('logs:CreateLogStream', 'arn:aws:logs:eu-west-1:1:log-group:/ecs/web')}`,
      'the role webExecution is not allowed logs:CreateLogStream on arn:aws:logs:eu-west-1:1:log-group:/ecs/web.',
      'Allow the role webExecution logs:CreateLogStream on',
    ],
  ])('%s', (cause, reason, sentence, advice) => {
    const diagnosis = diagnosed([], { stopped: [unstarted(reason), unstarted(reason)] });
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.sentence).toContain(sentence);
    expect(diagnosis.advice).toContain(advice);
  });

  test('without a resource, and by a user of its own', () => {
    const text = `Fetching secret data: AccessDeniedException: User: arn:aws:iam::1:user/ci is not authorized to perform: ssm:GetParameters`;
    const { sentence } = diagnosed([], { stopped: [unstarted(text), unstarted(text)] });
    expect(sentence).toBe(
      'The task may not read a secret or parameter: arn:aws:iam::1:user/ci is not allowed ssm:GetParameters.',
    );
  });
});

test('a log driver that does not reach its receiver', () => {
  const reason =
    'CannotStartContainerError: Error response from daemon: failed to initialize logging driver: dial tcp 10.0.0.1:24224: connect: connection refused';
  const diagnosis = diagnosed([], { stopped: [unstarted(reason), unstarted(reason)] });
  expect(diagnosis).toMatchObject({
    cause: 'log-driver',
    sentence: expect.stringContaining('The log driver of container web cannot reach where it sends to'),
    advice: expect.stringContaining('Check that the receiver is up'),
  });
});

test('tasks that never got beyond PENDING, and what they may wait for', () => {
  const containers = [
    {
      name: 'web',
      dependsOn: [
        { containerName: 'db', condition: 'HEALTHY' },
        { containerName: 'log', condition: 'START' },
      ],
    },
    { name: 'db' },
  ];
  const snapshot = service([ours({ running: 0, pending: 2 }), older()]);
  const { cause, sentence } = diagnosed([], {
    snapshot,
    taskDefinition: { ...taskDefinition, containerDefinitions: containers },
  });
  expect(cause).toBe('slow');
  expect(sentence).toBe(
    'The new tasks were still PENDING when the time was up, and nothing had failed; container web waits for db to be HEALTHY.',
  );
});

test('no room: an old task can only make some where there is one, and no instance helps that is too small', () => {
  const message = `${closest} has insufficient memory available.`;
  const instance = (registered: number): NonNullable<ClusterRoom['instances']>[number] => ({
    arn: 'arn:i',
    name: 'i-1',
    status: 'ACTIVE',
    agentConnected: true,
    attributes: {},
    cpu: { registered: 2048, remaining: 0 },
    memory: { registered, remaining: 0 },
    gpus: { registered: 0, remaining: 0 },
    takenPorts: [],
  });
  const adviceFor = (registered: number, old: boolean): string =>
    diagnosed([message], {
      snapshot: service([ours({ running: 0 }), ...(old ? [older()] : [])]),
      room: { instances: [instance(registered)], gaps: [] },
    }).advice;
  expect(adviceFor(4000, true)).toBe(
    'Add an instance, or lower memory in the task definition, or lower minimumHealthyPercent so that an old task makes room first.',
  );
  expect(adviceFor(4000, false)).toBe('Add an instance, or lower memory in the task definition.');
  expect(adviceFor(128, false)).toBe(
    'Add an instance that is large enough, or lower memory in the task definition.',
  );
});

describe('diagnose: evidence without noise', () => {
  const unhealthy = (id: string): string =>
    `(task ${id}) (port 80) is unhealthy in (target-group arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef) due to (reason Health checks failed with these codes: [500]).`;

  test('the same event of another task is no news, and a target group has a name', () => {
    const { evidence } = diagnosed([unhealthy('a'), unhealthy('b'), unhealthy('c')]);
    expect(evidence.filter(({ kind }) => kind === 'event').map(({ text }) => text)).toEqual([
      '(service web) (task a) (port 80) is unhealthy in (target-group web) due to (reason Health checks failed with these codes: [500]) (and 2 more alike)',
    ]);
  });

  test('what a service is called is none', () => {
    const routine = ['has started 1 tasks: (task 1).', 'has begun draining connections on 1 tasks.'];
    const { evidence } = diagnosed([], {
      events: routine
        .map((message) => event(message))
        .map((one) => ({
          ...one,
          message: one.message.replace('(service web)', '(service error-failover)'),
        })),
    });
    expect(evidence.filter(({ kind }) => kind === 'event')).toEqual([]);
  });

  test('targets that come and go are none of a crash; sick ones are told', () => {
    const withTargets = (state: string) => ({
      snapshot: {
        ...service([ours({ running: 0, failed: 2 }), older()]),
        targets: [
          {
            id: 'arn:x:targetgroup/web/1',
            kind: 'target-group' as const,
            targets: [{ id: '10.0.0.1:80', state }],
          },
        ],
      },
      stopped: [task(), task()],
    });
    const kinds = (state: string) => diagnosed([], withTargets(state)).evidence.map(({ kind }) => kind);
    expect(kinds('draining')).not.toContain('target');
    expect(kinds('unhealthy')).toContain('target');
  });
});

describe('texts of AWS', () => {
  test('what is too long is cut in the middle: its end says why', () => {
    const cut = oneLine(`Error: ${'a'.repeat(500)} because of this.`);
    expect(cut).toHaveLength(400);
    expect(cut).toMatch(/^Error: a+ … a+ because of this$/u);
    expect(oneLine('x'.repeat(400))).toHaveLength(400);
    const emoji = oneLine('🙂'.repeat(500));
    expect(Array.from(emoji)).toHaveLength(400);
    expect(emoji).not.toMatch(/\p{Cs}/u);
    expect(oneLine('y'.repeat(1_000_000)).length).toBeLessThanOrEqual(400);
  });

  test('lose what says nothing', () => {
    expect(
      plainWords(
        'it failed. For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.',
      ),
    ).toBe('it failed.');
    expect(
      plainWords('CannotPullContainerError: pull image manifest has been retried 7 time(s): not found'),
    ).toBe('CannotPullContainerError: not found');
    expect(plainWords('(target-group arn:aws-cn:elasticloadbalancing:cn-north-1:1:targetgroup/a-b/0f)')).toBe(
      '(target-group a-b)',
    );
  });
});
