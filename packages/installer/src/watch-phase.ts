// The watch of one run: targets made, snapshots into the log, the verdict told.
import type { RunContext } from '@bamboo-ecs/program';
import { timeBudget, type EcsPort, type WantedService } from '@bamboo-ecs/rollout';
import { PauseTeller } from './pause.ts';
import type { InstallerPorts } from './ports.ts';
import { serviceDeploymentLook } from './service-deployment-look.ts';
import type { Target } from './target.ts';
import { watch, type Watched } from './watch.ts';

/** Watches one service to its verdict and tells it. A signal ends it with exit 75. */
export async function watchOne(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  target: Target,
): Promise<Watched> {
  const pauses = new PauseTeller(context);
  const [watched] = await watch(
    {
      ecs,
      clock: ports.clock,
      signal: context.signal,
      onSnapshot: (one, snapshot) => {
        context.emit({ kind: 'snapshot', deployment: one.deployment, snapshot, startedAt: one.startedAt });
        pauses.see(one, snapshot);
      },
      onTrouble: (message) => context.say(message, 'warning'),
      looks: [serviceDeploymentLook(ecs), ...(ports.openLooks?.(context, ecs) ?? [])],
    },
    [target],
  );
  context.stopIfAsked();
  if (!watched) throw new Error('nothing was watched');
  context.emit({ kind: 'verdict', service: target.service, verdict: watched.verdict });
  return watched;
}

/** The time-out: as set, else computed from the service's own settings; printed with its parts. */
export function timeoutFor(context: RunContext, wanted: WantedService): number {
  const budget = timeBudget({ service: wanted.serviceDefinition, taskDefinition: wanted.taskDefinition });
  const minutes = (ms: number): string =>
    ms < 60_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 6000) / 10} min`;
  const set = context.settings.duration('timeout');
  if (set === undefined) {
    context.say(`Time-out ${minutes(budget.ms)}: ${budget.parts.join(', ')}`);
    return budget.ms;
  }
  context.say(`Time-out ${minutes(set)} (set; the service's own settings would give ${minutes(budget.ms)})`);
  return set;
}
