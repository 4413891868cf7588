// The watch of one run: targets made, snapshots into the log, the verdict told.
import type { RunContext } from '@bamboo-ecs/program';
import { revisionName, type EcsPort } from '@bamboo-ecs/rollout';
import type { Bake } from './bake/bake.ts';
import { containerHealthLook } from './container-health-look.ts';
import { endPauses } from './end-pauses.ts';
import { healthLook } from './health-look.ts';
import type { LastWords } from './last-words.ts';
import type { Look } from './looks.ts';
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
  more: { readonly words?: LastWords; readonly bake?: Bake | null; readonly goesBack?: boolean } = {},
): Promise<Watched> {
  const pauses = new PauseTeller(context);
  const look = serviceDeploymentLook(ecs);
  const [rolledOut] = await watch(
    {
      ecs,
      clock: ports.clock,
      signal: context.signal,
      onSnapshot: (one, snapshot) => {
        context.emit({ kind: 'snapshot', deployment: one.deployment, snapshot, startedAt: one.startedAt });
        if (!more.goesBack) pauses.see(one, snapshot);
      },
      onTrouble: (message) => context.say(message, 'warning'),
      looks: [
        more.goesBack ? endPauses(context, ecs, look) : look,
        containerHealthLook(ecs),
        ...targetLook(context, ports),
        ...(ports.openLooks?.(context, ecs) ?? []),
      ],
      ...(more.words === undefined ? {} : { mask: more.words.mask }),
      onStopped: (_target, stopped) => more.words?.see(stopped),
    },
    [target],
  );
  context.stopIfAsked();
  context.todoWhenStopped = undefined;
  if (!rolledOut) throw new Error('nothing was watched');
  // What a signal from here on finds: nothing is under way any more.
  if (rolledOut.verdict.kind === 'steady')
    context.note({
      leftRunning: `${target.service} runs ${revisionName(target.taskDefinition)}: it was steady.`,
    });
  const watched =
    more.bake && rolledOut.verdict.kind === 'steady' ? await more.bake.watch(rolledOut) : rolledOut;
  context.emit({ kind: 'verdict', service: target.service, verdict: watched.verdict });
  return watched;
}

/** What the load balancers say; one that cannot be asked is told once. */
function targetLook(context: RunContext, { openHealth }: InstallerPorts): readonly Look[] {
  if (openHealth === undefined) return [];
  const told = new Set<string>();
  const onNote = (note: string): void => {
    if (!told.has(note)) context.say(`Target health: ${note}`, 'detail');
    told.add(note);
  };
  return [healthLook({ open: async () => openHealth(context), onNote })];
}
