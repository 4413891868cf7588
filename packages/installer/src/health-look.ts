// A look at the health of the targets, when a rollout does not get on: what a load balancer finds wrong shows long before ECS says so.
import {
  healthSources,
  type DeploymentSnapshot,
  type HealthPort,
  type ServiceSnapshot,
  type TargetGroupSnapshot,
} from '@bamboo-ecs/rollout';
import type { Look } from './looks.ts';
import { ownDeployment } from './own-deployment.ts';

/** The same numbers of tasks for so long: then it does not get on. */
const patienceMs = 10_000;
/** At most so often for one service. */
const intervalMs = 15_000;

/** Then it is not asked again in this watch. */
const mostFailures = 2;

interface Known {
  counts: string;
  movedAt: number;
  askedAt: number;
  targets: readonly TargetGroupSnapshot[] | undefined;
  /** So often in a row nobody answered. */
  failed: number;
}

export interface HealthLookOptions {
  /** Opened when it is needed for the first time. */
  readonly open: () => Promise<HealthPort>;
  /** Told once for each source that cannot be asked. */
  readonly onNote: (note: string) => void;
  /** Ask although the rollout is over: for a watch over what was installed. */
  readonly always?: boolean;
}

/** One watch's look. Between two calls the last answer stands. */
export function healthLook({ open, onNote, always = false }: HealthLookOptions): Look {
  const services = new Map<string, Known>();
  let port: Promise<HealthPort> | undefined;
  return async ({ cluster, service, deployment }, snapshot) => {
    const sources = healthSources(snapshot.definition);
    const ours = ownDeployment({ deployment }, snapshot);
    if (sources.length === 0 || !ours) return {};
    const key = `${cluster} ${service}`;
    const known = services.get(key) ?? fresh(snapshot);
    services.set(key, known);
    const counts = [ours.id, ours.running, ours.pending, ours.failed, ours.rolloutState].join(' ');
    if (counts !== known.counts) Object.assign(known, { counts, movedAt: snapshot.at });
    const stands = snapshot.at - known.movedAt >= patienceMs || ours.failed > 0;
    const due = snapshot.at - known.askedAt >= intervalMs;
    if (known.failed < mostFailures && due && (always || (stands && isUnderWay(snapshot, ours)))) {
      port ??= open();
      const { groups, notes } = await (await port).healthOf(sources);
      for (const note of notes) onNote(note);
      known.askedAt = snapshot.at;
      known.failed = groups.length === 0 ? known.failed + 1 : 0;
      known.targets = groups.length > 0 ? groups : undefined;
    }
    return known.targets ? { targets: known.targets } : {};
  };
}

/** Tasks of ours are there to be checked, and ECS has not called the deployment COMPLETED, or bakes it. */
function isUnderWay({ serviceDeployment }: ServiceSnapshot, ours: DeploymentSnapshot): boolean {
  const open = ours.rolloutState !== 'COMPLETED' || serviceDeployment?.lifecycleStage === 'BAKE_TIME';
  return open && ours.running + ours.failed > 0;
}

function fresh({ at }: ServiceSnapshot): Known {
  return { counts: '', movedAt: at, askedAt: -Infinity, targets: undefined, failed: 0 };
}
