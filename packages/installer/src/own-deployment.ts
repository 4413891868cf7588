import type { DeploymentSnapshot, ServiceSnapshot } from '@bamboo-ecs/rollout';

/** The deployment that is watched; where the change started none, the one that is PRIMARY. */
export function ownDeployment(
  { deployment }: { readonly deployment: string | null },
  { deployments }: ServiceSnapshot,
): DeploymentSnapshot | undefined {
  return deployments.find(({ id, status }) =>
    deployment === null ? status === 'PRIMARY' : id === deployment,
  );
}
