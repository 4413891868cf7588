// From a deployment that is under way to the ending of the run: Watch → Bake → (Diagnose → Roll back).
import type { Ending, RunContext } from '@bamboo-ecs/program';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { Bake } from './bake.ts';
import { cleanUp } from './clean-up/clean-up.ts';
import { concludeWatch } from './conclude.ts';
import { failed } from './fail.ts';
import { LastWords } from './last-words.ts';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';
import type { Target } from './target.ts';
import { watchOne } from './watch-phase.ts';

export async function toVerdict(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  { planned, target, timeoutMs }: { planned: PlannedService; target: Target; timeoutMs: number },
): Promise<Ending> {
  context.phase('watch', 'Watch');
  const { wanted } = planned;
  const bake = await Bake.open(context, ports, ecs);
  const words = new LastWords(context, ports, wanted);
  const watched = await watchOne(context, ports, ecs, target, { words, bake });
  if (watched.verdict.kind === 'steady') {
    await cleanUp(context, ports, ecs, planned);
    return concludeWatch(context, wanted, watched, null, null);
  }
  return failed(context, ports, ecs, { planned, watched, timeoutMs, words });
}
