import type { DeploymentSnapshot, ServiceSnapshot, TargetGroupSnapshot } from '@bamboo-ecs/rollout';

/** One poll in figures: tasks by the deployment that they belong to. */
export interface Sample {
  /** Milliseconds since the change was made. */
  readonly t: number;
  /** What the service should run. */
  readonly desired: number;
  readonly pending: number;
  /** Running tasks of our deployment, of the roll-back's deployment, and of all others. */
  readonly new: number;
  readonly restored: number;
  readonly old: number;
  /** Tasks of our deployment and of the roll-back's that failed so far; never goes down. */
  readonly failed: number;
  /** What the load balancers (or Cloud Map) say, all of the service together; absent where nobody asked them. */
  readonly targets?: TargetFigures;
}

/** Registered targets by their health; `other` is whatever else a load balancer says (`unused`, `unavailable`). */
export interface TargetFigures {
  readonly healthy: number;
  readonly initial: number;
  readonly unhealthy: number;
  readonly draining: number;
  readonly other: number;
}

/** The deployments that a sample tells from the others. */
export interface Watched {
  readonly ours: string | null;
  readonly restoring: string | null;
}

/** `failed` is counted by the caller, who has seen the polls before. */
export function sampleOf(
  snapshot: ServiceSnapshot,
  watched: Watched,
  startedAt: number,
  failed: number,
): Sample {
  const running = (belongs: (deployment: DeploymentSnapshot) => boolean): number =>
    sum(snapshot.deployments.filter(belongs).map((deployment) => deployment.running));
  const isOurs = ({ id }: DeploymentSnapshot): boolean => id === watched.ours;
  const isRestoring = ({ id }: DeploymentSnapshot): boolean =>
    id === watched.restoring && id !== watched.ours;
  const isEither = (deployment: DeploymentSnapshot): boolean => isOurs(deployment) || isRestoring(deployment);
  return {
    t: Math.max(0, count(snapshot.at - startedAt)),
    desired: count(snapshot.desired),
    pending: sum(snapshot.deployments.map((deployment) => deployment.pending)),
    new: running(isOurs),
    restored: running(isRestoring),
    // Services without a list of deployments (other controllers) have totals only.
    old: snapshot.deployments.length === 0 ? count(snapshot.running) : running((one) => !isEither(one)),
    failed,
    ...(snapshot.targets !== undefined && { targets: targetFigures(snapshot.targets) }),
  };
}

function targetFigures(groups: readonly TargetGroupSnapshot[]): TargetFigures {
  const states = groups.flatMap(({ targets }) => targets.map(({ state }) => state));
  const of = (name: string): number => states.filter((state) => state === name).length;
  const known = { healthy: of('healthy'), initial: of('initial'), unhealthy: of('unhealthy') };
  const draining = of('draining');
  const other = states.length - sum(Object.values(known)) - draining;
  return { ...known, draining, other };
}

/** Everything but the time is the same. */
export function sameFigures(a: Sample, b: Sample): boolean {
  return (
    a.desired === b.desired &&
    a.pending === b.pending &&
    a.new === b.new &&
    a.restored === b.restored &&
    a.old === b.old &&
    a.failed === b.failed &&
    sameTargets(a.targets, b.targets)
  );
}

function sameTargets(a: TargetFigures | undefined, b: TargetFigures | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  const members = ['healthy', 'initial', 'unhealthy', 'draining', 'other'] as const;
  return members.every((member) => a[member] === b[member]);
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + count(value), 0);
}

/** A server that leaves out a figure must not spoil the picture. */
export function count(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
