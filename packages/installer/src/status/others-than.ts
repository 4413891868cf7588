// The other revisions of the family that runs: attempts that failed are told by their tags.
import { inParallel } from '@bamboo-ecs/repository';
import { isEcsError, sameRevision, type EcsPort, type TaskDefinitionSnapshot } from '@bamboo-ecs/rollout';

/** So many of the newest are listed; looked at are the later ones, or all of them. */
const mostLater = 10;
const mostOthers = 20;

type Running = TaskDefinitionSnapshot | null;

/** Those with a higher number. */
export async function laterThan(
  ecs: EcsPort,
  running: Running,
  notes: string[],
): Promise<readonly TaskDefinitionSnapshot[]> {
  return described(ecs, running, notes, mostLater, (number) => number > (running?.revision ?? 0));
}

/** Whatever their number: a roll-back by hand and an installation with force try older ones, too. */
export async function othersThan(
  ecs: EcsPort,
  running: Running,
  notes: string[],
): Promise<readonly TaskDefinitionSnapshot[]> {
  return described(ecs, running, notes, mostOthers, () => true);
}

export function isLater({ revision }: TaskDefinitionSnapshot, running: Running): boolean {
  return running !== null && revision > running.revision;
}

async function described(
  ecs: EcsPort,
  running: Running,
  notes: string[],
  most: number,
  fits: (number: number) => boolean,
): Promise<readonly TaskDefinitionSnapshot[]> {
  if (!running) return [];
  try {
    const arns = await ecs.listTaskDefinitions(running.family, most);
    const others = arns.filter(
      (arn) => !sameRevision(arn, running.arn) && fits(Number(/:(\d+)$/u.exec(arn)?.[1] ?? 0)),
    );
    const revisions = await inParallel(others, 5, async (arn) => ecs.describeTaskDefinition(arn));
    return revisions.filter((revision) => revision !== null);
  } catch (error) {
    if (!isEcsError(error)) throw error;
    notes.push(`Whether later attempts failed could not be asked: ${error.message}.`);
    return [];
  }
}
