// From a deployment that is under way to the ending of the run: Watch → Bake → (Diagnose → Roll back).
import type { Ending, RunContext } from '@bamboo-ecs/program';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { Bake } from './bake/bake.ts';
import { cleanUp } from './clean-up/clean-up.ts';
import { concludeWatch } from './conclude.ts';
import { failed } from './fail.ts';
import { LastWords } from './last-words.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import type { Target } from './target.ts';
import { watchOne } from './watch-phase.ts';
import type { Watched } from './watch.ts';

export interface UnderWay {
  readonly planned: PlannedService;
  readonly target: Target;
  readonly timeoutMs: number;
  /** The good ending, where it is not that of an installation. */
  readonly steady?: (watched: Watched) => Promise<Ending>;
}

export async function toVerdict(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { planned, target, timeoutMs, steady }: UnderWay,
): Promise<Ending> {
  context.phase('watch', 'Watch');
  const { wanted } = planned;
  const goesBack = steady !== undefined;
  const bake = await Bake.open(context, ports, ecs, { planned, target, goesBack });
  const words = new LastWords(context, ports, wanted);
  const watched = await watchOne(context, ports, ecs, target, { words, bake });
  if (watched.verdict.kind === 'steady') {
    if (steady) return steady(watched);
    await cleanUp(context, ports, ecs, planned);
    return concludeWatch(context, wanted, watched, null, null);
  }
  return failed(context, ports, ecs, { planned, watched, timeoutMs, words });
}
