import type {
  DeploymentSnapshot,
  ServiceEventSnapshot,
  ServiceSnapshot,
  TargetGroupSnapshot,
} from '@bamboo-ecs/rollout';
import { maskDeep } from './masker.ts';
import type { Mask } from './masker.ts';

type Target = TargetGroupSnapshot['targets'][number];

/**
 * Masks snapshots and makes them small enough to be kept for a rollout of hours: `definition` is emptied (no printer
 * needs it, and it may hold environment values), and an event or a target that was seen before is the same object again.
 */
export function createSnapshotMasker(mask: Mask): (snapshot: ServiceSnapshot) => ServiceSnapshot {
  const known = new Map<string, ServiceEventSnapshot>();
  const maskServiceEvent = (event: ServiceEventSnapshot): ServiceEventSnapshot => {
    const key = `${event.id}\n${event.message}`;
    const seen = known.get(key);
    if (seen?.at === event.at) return seen;
    const masked = { id: event.id, at: event.at, message: mask(event.message) };
    known.set(key, masked);
    return masked;
  };
  const knownTargets = new Map<string, Target>();
  const maskTarget = (target: Target): Target => {
    const { id, state, reason, description } = target;
    const key = [id, state, reason, description].join('\n');
    const masked = knownTargets.get(key) ?? { ...maskDeep(target, mask), state };
    knownTargets.set(key, masked);
    return masked;
  };
  const maskGroup = (group: TargetGroupSnapshot): TargetGroupSnapshot => ({
    ...group,
    id: mask(group.id),
    targets: group.targets.map(maskTarget),
  });
  return (snapshot) => ({
    ...snapshot,
    ...(snapshot.targets !== undefined && { targets: snapshot.targets.map(maskGroup) }),
    ...(snapshot.serviceDeployment !== undefined && {
      serviceDeployment: maskDeep(snapshot.serviceDeployment, mask),
    }),
    cluster: mask(snapshot.cluster),
    name: mask(snapshot.name),
    arn: mask(snapshot.arn),
    taskDefinition: mask(snapshot.taskDefinition),
    deployments: snapshot.deployments.map((deployment) => maskDeployment(deployment, mask)),
    events: snapshot.events.map(maskServiceEvent),
    definition: {},
  });
}

function maskDeployment(deployment: DeploymentSnapshot, mask: Mask): DeploymentSnapshot {
  const { rolloutStateReason } = deployment;
  return {
    ...deployment,
    id: mask(deployment.id),
    taskDefinition: mask(deployment.taskDefinition),
    ...(rolloutStateReason !== undefined && { rolloutStateReason: mask(rolloutStateReason) }),
  };
}
