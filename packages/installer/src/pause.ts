// A deployment that waits at a PAUSE hook: told loudly, and not counted against the time-out.
import type { RunContext } from '@bamboo-ecs/program';
import {
  duration,
  pauseKey,
  utc,
  waitingHooks,
  type HookSnapshot,
  type ServiceDeploymentSnapshot,
  type ServiceSnapshot,
} from '@bamboo-ecs/rollout';
import type { Target } from './target.ts';

/** How long somebody else's decision was waited for. People are no reason to give a rollout up: the hook's own expiry is. */
export class PauseTime {
  #since: number | null = null;
  #ms = 0;

  see(snapshot: ServiceSnapshot, now: number): void {
    if (this.#since !== null) this.#ms += Math.max(0, now - this.#since);
    this.#since = waitingHooks(snapshot).length > 0 ? now : null;
  }

  get ms(): number {
    return this.#ms;
  }
}

/** Tells of each pause once, with the commands that end it. */
export class PauseTeller {
  readonly #context: RunContext;
  readonly #told = new Set<string>();

  constructor(context: RunContext) {
    this.#context = context;
  }

  see(target: Target, snapshot: ServiceSnapshot): void {
    const { serviceDeployment } = snapshot;
    const waiting = waitingHooks(snapshot);
    this.#context.todoWhenStopped = waiting.length > 0 ? whenStopped(this.#context.facts, target) : undefined;
    if (!serviceDeployment) return;
    for (const hook of waiting) {
      const key = pauseKey(serviceDeployment, hook);
      if (this.#told.has(key) || target.continued?.has(key)) continue;
      this.#told.add(key);
      for (const line of pauseLines(this.#context.facts, target, snapshot, serviceDeployment, hook))
        this.#context.say(line, 'warning');
    }
  }
}

/** Nobody watches the pause any more, and nothing but a decision ends it. */
function whenStopped({ project, environment }: Paused, { version }: Target): string {
  const paused = { project, version, environment };
  return `The deployment waits at a PAUSE hook. To go on: "${continueCommand(paused, 'continue')}"; to go back: "${continueCommand(paused, 'rollback')}". The same command again only watches it.`;
}

function pauseLines(
  { project, environment }: Paused,
  target: Target,
  snapshot: ServiceSnapshot,
  { arn, lifecycleStage }: ServiceDeploymentSnapshot,
  { id, expiresAt, timeoutAction }: HookSnapshot,
): string[] {
  const paused = { project, version: target.version, environment };
  const where = lifecycleStage ? ` at ${lifecycleStage}` : '';
  const then = timeoutAction === 'CONTINUE' ? 'goes on' : 'rolls back';
  const until =
    expiresAt === undefined
      ? ''
      : ` Without a decision ECS ${then} by itself at ${utc(expiresAt)} (in ${duration(expiresAt - snapshot.at)}).`;
  return [
    `PAUSED${where}: the deployment of ${target.service} waits for somebody to decide (hook ${id}).${until}`,
    `To go on: ${continueCommand(paused, 'continue')}`,
    `To go back: ${continueCommand(paused, 'rollback')}`,
    `Or: aws ecs continue-service-deployment --service-deployment-arn ${arn} --hook-id ${id} --action CONTINUE`,
  ];
}

export interface Paused {
  readonly project?: string | null | undefined;
  /** `1.0.15.RELEASE` */
  readonly version?: string | null | undefined;
  readonly environment?: string | null | undefined;
}

/** `installer continue --project=hid-generator --release=1.0.15.RELEASE --environment=Production` */
export function continueCommand(
  { project, version, environment }: Paused,
  action: 'continue' | 'rollback',
): string {
  const options = { project, release: version, environment };
  const given = Object.entries(options).flatMap(([name, value]) =>
    value
      ? [`--${name}=${/^[\w.@/-]+$/u.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`}`]
      : [],
  );
  return ['installer continue', ...given, ...(action === 'rollback' ? ['--action=rollback'] : [])].join(' ');
}
