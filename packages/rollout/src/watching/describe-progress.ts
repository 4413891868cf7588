// One line that says how far a rollout is.
import { deploymentOf, othersWithTasks, primaryOf } from '../deployments.ts';
import { describeStage } from './describe-stage.ts';
import { describeTargets } from './describe-targets.ts';
import { tasks } from '../judging/words.ts';
import type { ContainerHealthSnapshot, DeploymentSnapshot, ServiceSnapshot } from '../snapshot.ts';

/** `new 1/2 running (50 %), 1 pending, 0 failed · old 2 running · capacity 150 %`; `deployment` null: the PRIMARY one. */
export function describeProgress(snapshot: ServiceSnapshot, deployment: string | null): string {
  if (snapshot.status === 'MISSING') return 'the service is not visible';
  const running = snapshot.status === 'ACTIVE' ? '' : `service ${snapshot.status} · `;
  const ours = deployment === null ? primaryOf(snapshot) : deploymentOf(snapshot, deployment);
  const primary = primaryOf(snapshot);
  if (!ours) {
    const other = primary ? ` · PRIMARY is ${primary.id}: ${counts(primary)}` : '';
    const stage = snapshot.serviceDeployment ? describeStage(snapshot.serviceDeployment) : [];
    return [`${running}our deployment is not there${other}`, ...stage].join(' · ');
  }
  const name = deployment === null ? '' : 'new ';
  const parts = [`${name}${counts(ours)}`, ...old(snapshot, ours), ...capacity(snapshot, ours)];
  if (snapshot.serviceDeployment) parts.push(...describeStage(snapshot.serviceDeployment));
  if (snapshot.containerHealth) parts.push(...containers(snapshot.containerHealth));
  const targets = describeTargets(snapshot);
  if (targets !== '') parts.push(targets);
  if (ours !== primary && primary) parts.push(`PRIMARY is ${primary.id}`);
  return running + parts.join(' · ');
}

function counts({ running, desired, pending, failed }: DeploymentSnapshot): string {
  const share = desired > 0 ? ` (${percent(running, desired)})` : '';
  return `${running}/${desired} running${share}, ${pending} pending, ${failed} failed`;
}

function old(snapshot: ServiceSnapshot, ours: DeploymentSnapshot): string[] {
  const others = othersWithTasks(snapshot, ours);
  if (others.length === 0) return [];
  const sum = (of: (deployment: DeploymentSnapshot) => number): number =>
    others.reduce((total, deployment) => total + of(deployment), 0);
  const pending = sum((deployment) => deployment.pending);
  const text = `old ${sum((deployment) => deployment.running)} running${pending > 0 ? `, ${pending} pending` : ''}`;
  return [ours.rolloutState === 'COMPLETED' ? `${text}, draining` : text];
}

/** What serves of what is wanted, old and new together: below 100 % the service is short of tasks. */
function capacity(snapshot: ServiceSnapshot, ours: DeploymentSnapshot): string[] {
  const all = snapshot.deployments.reduce((total, { running }) => total + running, 0);
  return ours.desired > 0 ? [`capacity ${percent(all, ours.desired)}`] : [];
}

/** `containers of 1 task UNHEALTHY, of 1 not checked yet`; nothing to say of healthy ones. */
function containers({ unhealthy, unknown }: ContainerHealthSnapshot): string[] {
  const parts = [
    ...(unhealthy > 0 ? [`of ${tasks(unhealthy)} UNHEALTHY`] : []),
    ...(unknown > 0 ? [`of ${tasks(unknown)} not checked yet`] : []),
  ];
  return parts.length > 0 ? [`containers ${parts.join(', ')}`] : [];
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 100)} %`;
}
