// Does its deployment wait at a PAUSE hook? A decision that nobody makes is made by ECS, and most often it goes back.
import {
  isEcsError,
  isInProgress,
  serviceDeploymentTellsMore,
  tagKeys,
  waitingHooks,
  type EcsPort,
  type ServiceDeploymentSnapshot,
  type ServiceSnapshot,
  type StatusPause,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { primaryOf } from '../apply-plan.ts';
import { continueCommand } from '../pause.ts';

/** Asked only while a deployment is in progress that has stages or hooks. What cannot be asked is a note. */
export async function stageOf(
  ecs: EcsPort,
  service: ServiceSnapshot,
  now: number,
  notes: string[],
): Promise<ServiceDeploymentSnapshot | null> {
  const primary = service.deployments.find(({ id }) => id === primaryOf(service));
  if (!primary || !isInProgress(service, primary, now)) return null;
  if (!serviceDeploymentTellsMore(service, primary.id)) return null;
  try {
    return await ecs.describeServiceDeployment(service.cluster, service.name, primary.id);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    notes.push(
      `At which stage the deployment is, and whether it waits at a PAUSE hook, could not be asked: ${error.message}.`,
    );
    return null;
  }
}

export function pausesOf(
  service: ServiceSnapshot,
  running: TaskDefinitionSnapshot | null,
  { project, environment }: { readonly project: string | null; readonly environment: string | null },
): readonly StatusPause[] {
  const version = running?.tags[tagKeys.version];
  const paused = { project: running?.tags[tagKeys.project] ?? project, version, environment };
  return waitingHooks(service).map(({ id, expiresAt, timeoutAction }) => ({
    hook: id,
    stage: service.serviceDeployment?.lifecycleStage ?? null,
    expiresAt: expiresAt ?? null,
    // Where ECS says none it rolls back, which is its default.
    otherwise: timeoutAction === 'CONTINUE' ? 'CONTINUE' : 'ROLLBACK',
    goOn: continueCommand(paused, 'continue'),
    goBack: continueCommand(paused, 'rollback'),
  }));
}
