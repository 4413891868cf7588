// What really happens to a service while a tool looks at it, seen ten times a second past the proxy that counts.
import { setTimeout as sleep } from 'node:timers/promises';
import { revisionOf, type Case, type Service } from '../../containers/stage.ts';

export type Outcome = 'drained' | 'failed' | 'superseded';

export interface Course {
  /** When a deployment of a later revision was first there, milliseconds since the epoch. */
  readonly began: number | null;
  readonly ended: number | null;
  readonly outcome: Outcome | null;
}

/** Looks until `signal` aborts; `onBegin` is called once, when the deployment is there. */
export async function follow(
  one: Case,
  before: number,
  signal: AbortSignal,
  onBegin: () => Promise<void>,
): Promise<Course> {
  let began: number | null = null;
  let ours: string | null = null;
  for (; !signal.aborted; await sleep(100)) {
    const service = await one.service();
    const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
    if (ours === null && primary && revisionOf(primary.taskDefinition) > before) {
      began = Date.now();
      ours = primary.id;
      await onBegin();
    }
    const outcome = ours === null ? null : outcomeOf(service, ours);
    if (outcome) return { began, ended: Date.now(), outcome };
  }
  return { began, ended: null, outcome: null };
}

function outcomeOf({ deployments }: Service, id: string): Outcome | null {
  const ours = deployments.find((one) => one.id === id);
  if (ours?.rolloutState === 'FAILED') return 'failed';
  if (!ours || ours.status !== 'PRIMARY') return 'superseded';
  const others = deployments.filter((one) => one !== ours);
  const drained = others.every(({ runningCount, pendingCount }) => runningCount + pendingCount === 0);
  const up = ours.rolloutState === 'COMPLETED' && ours.runningCount >= ours.desiredCount;
  return up && drained ? 'drained' : null;
}
