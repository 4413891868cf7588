import type { DeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';
import type { Stage } from '../timeline/tracker.ts';
import { plain } from './plain.ts';

/** One poll as a line: how far our deployment is, and what else still runs. */
export function progressText(snapshot: ServiceSnapshot, deployment: string | null, stage: Stage): string {
  if (snapshot.status !== 'ACTIVE') return `the service is ${snapshot.status}`;
  const others = snapshot.deployments.filter(({ id }) => id !== deployment);
  const ours = snapshot.deployments.find(({ id }) => id === deployment);
  const label = stage === 'rollout' ? 'new' : 'restored';
  if (deployment === null) {
    return [`${snapshot.running}/${snapshot.desired} running`, ...counts(snapshot)].join(', ');
  }
  const own = ours === undefined ? `${label}: not listed by ECS` : `${label} ${tasks(ours)}`;
  return [own, ...rest(others)].join('; ') + state(ours);
}

function tasks(deployment: DeploymentSnapshot): string {
  return [`${deployment.running}/${deployment.desired} running`, ...counts(deployment)].join(', ');
}

function counts(of: { readonly pending: number; readonly failed?: number }): readonly string[] {
  return [
    ...(of.pending > 0 ? [`${of.pending} pending`] : []),
    ...(of.failed !== undefined && of.failed > 0 ? [`${of.failed} failed`] : []),
  ];
}

/** The tasks of all other deployments; nothing once they are gone. */
function rest(others: readonly DeploymentSnapshot[]): readonly string[] {
  const running = others.reduce((sum, { running }) => sum + running, 0);
  const pending = others.reduce((sum, { pending }) => sum + pending, 0);
  if (running + pending === 0) return [];
  return [[`old ${running} running`, ...counts({ pending })].join(', ')];
}

function state(deployment: DeploymentSnapshot | undefined): string {
  const { rolloutState, rolloutStateReason } = deployment ?? {};
  if (rolloutState === undefined || rolloutState === 'IN_PROGRESS') return '';
  const reason = rolloutState === 'FAILED' && rolloutStateReason ? `: ${plain(rolloutStateReason)}` : '';
  return ` (${rolloutState}${reason})`;
}
