import type { DeploymentSnapshot, ServiceEventSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';
import type { Mask } from './masker.ts';

/**
 * Masks snapshots and makes them small enough to be kept for a rollout of hours: `definition` is emptied (no printer
 * needs it, and it may hold environment values), and a service event that was seen before is the same object again.
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
  return (snapshot) => ({
    ...snapshot,
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
