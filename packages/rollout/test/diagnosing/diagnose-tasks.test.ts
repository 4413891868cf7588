// What stopped tasks say: texts of AWS, of its agent and of Docker, as they are seen in the field.
import type { JsonObject } from '@bamboo-ecs/release';
import { describe, expect, test } from '@jest/globals';
import { diagnose } from '../../src/index.ts';
import type { Diagnosis, TaskSnapshot } from '../../src/index.ts';
import { ours, older } from '../judging/judge-history.ts';
import { service, task, taskDefinition } from '../builders.ts';
import { exits, taskCases } from './task-cases.ts';

function diagnosed(stopped: readonly TaskSnapshot[], definition = taskDefinition): Diagnosis {
  return diagnose({
    snapshot: service([ours({ running: 0, failed: stopped.length }), older()]),
    deployment: 'ecs-svc/2',
    stopped,
    events: [],
    taskDefinition: definition,
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

  test('killed for memory without a limit: its instance ran out, and there is no limit to raise', () => {
    const [container] = taskDefinition['containerDefinitions'] as readonly JsonObject[];
    const soft = (memory?: number): JsonObject => ({
      ...taskDefinition,
      containerDefinitions: [
        { name: container?.['name'] ?? '', memoryReservation: 128, ...(memory !== undefined && { memory }) },
      ],
    });
    const oom = exits(137, 'OutOfMemoryError: Container killed due to memory usage');
    const without = diagnosed([oom], soft());
    expect(without.cause).toBe('out-of-memory');
    expect(without.sentence).toContain('its instance ran out of memory');
    expect(without.sentence).toContain('only memoryReservation 128 MiB');
    expect(without.advice).toMatch(/^Raise memoryReservation/u);
    expect(diagnosed([exits(137)], soft()).advice).toContain(
      'it has no limit, only memoryReservation 128 MiB',
    );
    expect(diagnosed([oom], soft(256)).sentence).toContain('its limit of 256 MiB');
  });
});
