import type { DeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';

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
  };
}

/** Everything but the time is the same. */
export function sameFigures(a: Sample, b: Sample): boolean {
  return (
    a.desired === b.desired &&
    a.pending === b.pending &&
    a.new === b.new &&
    a.restored === b.restored &&
    a.old === b.old &&
    a.failed === b.failed
  );
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + count(value), 0);
}

/** A server that leaves out a figure must not spoil the picture. */
export function count(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
