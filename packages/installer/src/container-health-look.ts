// A look at the health of containers that have checks of their own: while a rollout does not get on, and before it is called steady.
import {
  isEcsError,
  othersWithTasks,
  type ContainerHealthSnapshot,
  type EcsPort,
  type TaskSnapshot,
} from '@bamboo-ecs/rollout';
import type { Look } from './looks.ts';
import { ownDeployment } from './own-deployment.ts';
import type { Target } from './target.ts';

/** The same numbers of tasks for so long: then it does not get on. */
const patienceMs = 10_000;
/** At most so often. */
const intervalMs = 30_000;
/** Two calls; of more tasks these are sample enough. */
const mostTasks = 100;

interface Known {
  counts: string;
  movedAt: number;
  askedAt: number;
  /** It may not be asked: told once. */
  off: boolean;
}

/** Only for services whose task definition has health checks (`checksContainers`): others cost no call. */
export function containerHealthLook(ecs: EcsPort): Look {
  const services = new Map<string, Known>();
  return async (target, snapshot) => {
    const ours = ownDeployment(target, snapshot);
    if (!target.checksContainers || !ours || ours.running === 0) return {};
    const key = `${target.cluster} ${target.service}`;
    const known = services.get(key) ?? { counts: '', movedAt: snapshot.at, askedAt: -Infinity, off: false };
    services.set(key, known);
    const counts = [ours.running, ours.pending, ours.failed, ours.rolloutState].join(' ');
    if (counts !== known.counts) Object.assign(known, { counts, movedAt: snapshot.at });
    const atEnd = ours.rolloutState === 'COMPLETED' && othersWithTasks(snapshot, ours).length === 0;
    const stands = snapshot.at - known.movedAt >= patienceMs && snapshot.at - known.askedAt >= intervalMs;
    if (known.off || !(atEnd || stands)) return {};
    known.askedAt = snapshot.at;
    const tasks = await runningTasks(ecs, target, known);
    const own = tasks.filter(({ startedBy, taskDefinition }) =>
      startedBy?.startsWith('ecs-svc/') ? startedBy === ours.id : taskDefinition === ours.taskDefinition,
    );
    const count = (state: string): number => own.filter(({ healthStatus }) => healthStatus === state).length;
    const [healthy, unhealthy] = [count('HEALTHY'), count('UNHEALTHY')];
    const containerHealth: ContainerHealthSnapshot = {
      healthy,
      unhealthy,
      unknown: own.length - healthy - unhealthy,
    };
    return { containerHealth };
  };
}

/** Throttled or out of reach: the next time. A role that may not list tasks is not asked again. */
async function runningTasks(
  ecs: EcsPort,
  { cluster, service }: Target,
  known: Known,
): Promise<readonly TaskSnapshot[]> {
  try {
    return await ecs.listTasks(cluster, service, 'RUNNING', mostTasks);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    if (error.kind === 'throttled' || error.kind === 'unreachable') return [];
    known.off = true;
    throw error;
  }
}
