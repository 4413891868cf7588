// What a diagnosis shows and names.
import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@bamboo-ecs/release';
import { task, taskDefinition } from '../builders.ts';
import { diagnosed } from './diagnosed.ts';

describe('diagnose: evidence and names', () => {
  test('deployment, events and tasks, with codes, reasons and images', () => {
    const { evidence } = diagnosed(
      ['has started 1 tasks: (task 1).', 'is unable to consistently start tasks successfully.'],
      {
        stopped: [task({}, { reason: 'line one\nline two', imageDigest: 'sha256:d' })],
      },
    );
    expect(evidence.map(({ kind }) => kind)).toEqual(['deployment', 'event', 'task', 'container']);
    expect(evidence[0]?.text).toBe(
      'ecs-svc/2 web:2 PRIMARY IN_PROGRESS, 0 of 2 running, 0 pending, 0 failed',
    );
    expect(evidence[2]?.text).toMatch(
      /^\d{8} EssentialContainerExited: Essential container in task exited$/u,
    );
    expect(evidence[3]?.text).toMatch(
      /web: exit code 1 \(.+\), line one line two, image registry\.example\/web:1\.0\.15\.RELEASE @ sha256:d$/u,
    );
  });

  test('tasks that ended alike are told once, with how many more there were', () => {
    const { evidence } = diagnosed([], { stopped: [task(), task(), task()] });
    const told = evidence.filter(({ kind }) => kind === 'task');
    expect(told).toHaveLength(1);
    expect(told[0]?.text).toMatch(/Essential container in task exited \(and 2 more alike\)$/u);
  });

  test('the advice names the container of the latest task, as the evidence and the last words do', () => {
    const stopped = [task({}, { runtimeId: 'aaaaaaaaaaaa-1' }), task({}, { runtimeId: 'bbbbbbbbbbbb-2' })];
    const { advice } = diagnosed([], { stopped });
    expect(advice).toContain('docker logs bbbbbbbbbbbb');
  });

  test('the guilty container comes first; one that only stopped with it is not blamed', () => {
    const both = {
      containers: [
        { name: 'proxy', exitCode: 0 },
        { name: 'web', exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' },
      ],
    };
    const { evidence } = diagnosed([], { stopped: [task(both)] });
    const [first, second] = evidence.filter(({ kind }) => kind === 'container').map(({ text }) => text);
    expect(first).toContain('web: exit code 137');
    expect(second).toContain('proxy: exit code 0 (stopped with the task)');
  });

  test('much evidence is cut to the latest', () => {
    const many = Array.from({ length: 90 }, (_, index) => `was unable to place a task ${index}.`);
    const { evidence } = diagnosed(many, { stopped: Array.from({ length: 90 }, () => task()) });
    expect(evidence.length).toBeLessThanOrEqual(21);
    expect(evidence.some(({ text }) => text.includes('place a task 89'))).toBe(true);
  });

  test('says where the output of the container is', () => {
    const logging = (logConfiguration: JsonObject): JsonObject => ({
      containerDefinitions: [{ name: 'web', image: 'web:1', logConfiguration }],
    });
    const advice = (definition: JsonObject | null): string =>
      diagnosed([], { stopped: [task(), task()], taskDefinition: definition }).advice;
    expect(
      advice(
        logging({
          logDriver: 'awslogs',
          options: { 'awslogs-group': '/ecs/web', 'awslogs-stream-prefix': 'web' },
        }),
      ),
    ).toMatch(/log group \/ecs\/web, stream web\/web\/\d{8}\./u);
    const bare = { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } };
    expect(advice(logging(bare))).toContain('in the log group /ecs/web, in a stream');
    expect(advice(logging({ logDriver: 'splunk' }))).toContain('log driver splunk');
    expect(advice(taskDefinition)).toContain('docker logs');
    expect(advice(null)).toContain('docker logs');
  });

  test('endless and hostile texts stay one short line', () => {
    const hostile = `CannotPullContainerError: ${'x\u001b[31m\r\n'.repeat(5000)}`;
    const { sentence, evidence } = diagnosed([], {
      stopped: [task({ stopCode: 'TaskFailedToStart', stoppedReason: hostile })],
    });
    // eslint-disable-next-line no-control-regex
    expect(sentence + evidence.map(({ text }) => text).join('')).not.toMatch(/[\u0000-\u001f]/u);
    expect(sentence.length).toBeLessThan(600);
  });
});
