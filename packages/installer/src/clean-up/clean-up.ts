// Clean-up after a steady installation: old revisions of this place are deregistered, slowly, and never at the installation's cost.
import type { RunContext } from '@bamboo-ecs/program';
import { inParallel } from '@bamboo-ecs/repository';
import {
  isEcsError,
  isOfPlace,
  planCleanUp,
  revisionName,
  type CleanUp,
  type EcsPort,
  type Place,
  type TaskDefinitionSnapshot,
} from '@bamboo-ecs/rollout';
import { familyOf } from '../plan-service.ts';
import type { PlannedService } from '../planned-service.ts';
import type { InstallerPorts } from '../ports.ts';

/** Register and Deregister share a bucket of 20 that refills with 1 per second for the whole account ("Request throttling for the Amazon ECS API"). */
const mostPerRun = 10;
const pauseMs = 1500;
/** Revisions that are listed, and of those the newest that are looked at, in one run. */
const mostListed = 1000;
const mostLookedAt = 100;
const mostAtOnce = 5;
const mostTasks = 1000;

/** Does what the setting keep-revisions asks for. Whatever goes wrong is told and changes nothing about the outcome. */
export async function cleanUp(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
): Promise<void> {
  const keep = Number(context.settings.text('keep-revisions') ?? 0);
  if (keep < 1 || context.signal.aborted) return;
  context.phase('clean-up', 'Clean up');
  const done: string[] = [];
  try {
    const work = await look(ecs, planned, keep);
    for (const arn of work.deregister) {
      if (done.length > 0) await ports.clock.sleep(pauseMs, context.signal);
      if (context.signal.aborted) break;
      await ecs.deregisterTaskDefinition(arn);
      done.push(revisionName(arn));
    }
    tell(context, keep, done, work.deregister.length - done.length + work.left);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    const before = done.length > 0 ? ` ${done.join(', ')} had been deregistered.` : '';
    const hint = error.hint ? ` ${error.hint}` : '';
    context.say(
      `Old revisions could not be cleaned up, which changes nothing about the installation: ${error.message}.${hint}${before}`,
      'warning',
    );
  }
}

/** What is in use is read anew: somebody may have gone back to an old revision since the verdict. */
async function look(ecs: EcsPort, { wanted }: PlannedService, keep: number): Promise<CleanUp> {
  const family = familyOf(wanted.taskDefinition);
  const place = { environment: wanted.environment, cluster: wanted.cluster, service: wanted.service };
  const [arns, tasks, services] = await Promise.all([
    ecs.listTaskDefinitions(family, mostListed),
    ecs.listFamilyTasks(wanted.cluster, family, mostTasks),
    ecs.describeServices(wanted.cluster, [wanted.service]),
  ]);
  const [service] = services;
  const revisions = await newest(ecs, arns, place, keep + mostPerRun + 2);
  // Which revisions run must be known whole: with more tasks than were read, none is safe.
  if (tasks.length >= mostTasks || service?.status !== 'ACTIVE') return { deregister: [], left: 0 };
  return planCleanUp({ place, service, revisions, tasks, keep, most: mostPerRun });
}

/** Described from the newest on, until so many are of this place: in a family that several share most are others'. */
async function newest(
  ecs: EcsPort,
  arns: readonly string[],
  place: Place,
  enough: number,
): Promise<readonly TaskDefinitionSnapshot[]> {
  const revisions: TaskDefinitionSnapshot[] = [];
  const looked = arns.slice(0, mostLookedAt);
  for (let start = 0; start < looked.length; start += 2 * mostAtOnce) {
    const batch = await inParallel(looked.slice(start, start + 2 * mostAtOnce), mostAtOnce, async (arn) =>
      ecs.describeTaskDefinition(arn),
    );
    revisions.push(...batch.filter((revision) => revision !== null));
    if (revisions.filter((revision) => isOfPlace(revision, place)).length >= enough) break;
  }
  return revisions;
}

function tell(context: RunContext, keep: number, done: readonly string[], left: number): void {
  if (done.length === 0) {
    context.say(`No revision is older than the ${keep} that are kept (keep-revisions).`);
    return;
  }
  const more = left > 0 ? `; ${left} more are for the next runs` : '';
  context.say(`Deregistered ${done.join(', ')} (keep-revisions is ${keep})${more}`);
  context.row('Clean-up', `${done.length} old ${done.length === 1 ? 'revision' : 'revisions'} deregistered`);
}
