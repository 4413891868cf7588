// A diagnosis of a rollout in which nothing has started yet, from these events.
import { diagnose } from '../../src/index.ts';
import type { DiagnoseInput, Diagnosis } from '../../src/index.ts';
import { event, service, taskDefinition } from '../builders.ts';
import { older, ours } from '../judging/judge-history.ts';

export const waiting = ours({ running: 0 });
export const closest =
  'was unable to place a task because no container instance met all of its requirements. The closest matching (container-instance 3f4de1c5)';

export function diagnosed(messages: readonly string[], more: Partial<DiagnoseInput> = {}): Diagnosis {
  return diagnose({
    snapshot: service([waiting, older()]),
    deployment: 'ecs-svc/2',
    stopped: [],
    events: messages.map((message) => event(message)),
    taskDefinition,
    verdict: { kind: 'timed-out', reason: 'x' },
    ...more,
  });
}
