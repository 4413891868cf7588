// What stopped tasks say: texts of AWS, of its agent and of Docker, as they are seen in the field.
import { describe, expect, test } from '@jest/globals';
import { diagnose } from '../../src/index.ts';
import type { Diagnosis, TaskSnapshot } from '../../src/index.ts';
import { ours, older } from '../judging/judge-history.ts';
import { service, task, taskDefinition } from '../builders.ts';
import { exits, taskCases } from './task-cases.ts';

function diagnosed(stopped: readonly TaskSnapshot[]): Diagnosis {
  return diagnose({
    snapshot: service([ours({ running: 0, failed: stopped.length }), older()]),
    deployment: 'ecs-svc/2',
    stopped,
    events: [],
    taskDefinition,
    verdict: { kind: 'failed', reason: 'x' },
  });
}

describe('diagnose: stopped tasks', () => {
  test.each(taskCases)('%s (%#)', (cause, stopped, words) => {
    const diagnosis = diagnosed([stopped, { ...stopped, arn: `${stopped.arn}b` }]);
    expect(diagnosis.cause).toBe(cause);
    expect(diagnosis.sentence.toLowerCase()).toContain(words.toLowerCase());
    expect(diagnosis.sentence).toMatch(/^[A-Z].*[^.]\.$/u);
    expect(diagnosis.advice).toMatch(/^[A-Z].*[.)]$/u);
    expect(diagnosis.sentence + diagnosis.advice).not.toMatch(/undefined|NaN|\n/u);
    const id = stopped.arn.split('/').at(-1) ?? '';
    expect(diagnosis.evidence.some(({ kind, text }) => kind === 'task' && text.includes(id))).toBe(true);
  });

  test('the container that began it is named, not those that ECS stopped with it', () => {
    const sidecars = task({
      containers: [
        { name: 'proxy', exitCode: 137 },
        { name: 'web', exitCode: 3, image: 'web:1' },
        { name: 'logs', exitCode: 0 },
      ],
    });
    expect(diagnosed([sidecars]).sentence).toContain('Container web exits with code 3');
  });

  test('the most frequent cause wins over one unlucky task', () => {
    const oom = exits(137, 'OutOfMemoryError: Container killed due to memory usage');
    expect(diagnosed([exits(1), oom, task({}, { exitCode: 137, reason: 'OutOfMemoryError' })]).cause).toBe(
      'out-of-memory',
    );
  });
});
