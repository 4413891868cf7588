// Going back to a revision that is there: plan, change, watch; or, while a rollout is in flight, ECS is told to stop it.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import {
  canBeStopped,
  plainName,
  planGoingBack,
  revisionName,
  tagKeys,
  type EcsPort,
  type GoingBackInput,
  type TaskDefinitionSnapshot,
  type WantedService,
} from '@bamboo-ecs/rollout';
import { releasedAs, type ReleasedAs } from '../places/released-as.ts';
import { refuseFindings } from '../check-plan.ts';
import type { PlannedService } from '../planned-service.ts';
import type { InstallerPorts } from '../ports.ts';
import { applyPhase } from '../targets.ts';
import { timeoutFor } from '../time-out.ts';
import { toVerdict } from '../to-verdict.ts';
import { concludeBack } from './conclude-back.ts';
import { feasiblePlan } from './feasible-plan.ts';
import type { PlaceNow } from './one-place.ts';
import { stopInFlight } from './stop-in-flight.ts';

export interface BackTo {
  readonly target: TaskDefinitionSnapshot;
  /** The desired count while it was steady; undefined when nobody noted it. */
  readonly desired: number | undefined;
}

const stopNote =
  'A rollout is in flight: ECS itself is told to stop it and to roll back (StopServiceDeployment). Only where it does not, the service is updated.';

export async function goBack(
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  now: PlaceNow,
  back: BackTo,
): Promise<Ending> {
  const { target } = back;
  noteTarget(context, target);
  context.phase('plan', 'Plan');
  const released = await releasedAs(context, ports, target, now.stores);
  const input = await goingBackInput(ecs, now, back, released);
  const made = planGoingBack(input);
  const stops = canBeStopped(input, made);
  const plan = stops ? { ...made, notes: [...made.notes, stopNote] } : made;
  const known = released.kind === 'known' && isHere(released.wanted, now) ? released.wanted : null;
  // The revision is there: what it says counts, not what the release would say with the variables of today.
  const wanted = { ...(known ?? standIn(now, target)), taskDefinition: target.definition };
  const asked: PlannedService = { wanted, plan, service: now.service, current: now.running, at: now.at };
  // What ECS is told to stop is no rollout of ours; its old tasks are there.
  const planned = stops ? asked : await feasiblePlan(context, ports, ecs, asked, input);
  context.emit({ kind: 'plan', plan: planned.plan });
  context.row('Plan', plan.versionBefore ? `back, from ${plan.versionBefore}` : 'back');
  refuseFindings(planned.plan, 'the roll-back');
  const timeoutMs = timeoutFor(context, planned);
  if (stops) {
    const stopped = await stopInFlight(context, ports, ecs, { planned, target, timeoutMs });
    if (stopped) return stopped;
  }
  return toVerdict(context, ports, ecs, {
    planned,
    target: await applyPhase(context, ports, ecs, planned, timeoutMs),
    timeoutMs,
    steady: async ({ verdict }) =>
      concludeBack(context, ecs, { target, from: now.running, reason: verdict.reason }),
  });
}

/** The record lies beside the release that is gone back to. */
export function noteTarget(context: RunContext, target: TaskDefinitionSnapshot): void {
  const tag = (name: keyof typeof tagKeys): string | null => target.tags[tagKeys[name]] ?? null;
  const version = tag('version');
  context.note({
    version,
    identity: tag('identity'),
    build: { key: tag('buildKey'), number: tag('buildNumber') },
  });
  context.row('Release', `${tag('project') ?? ''} ${version ?? revisionName(target.arn)}`.trim());
}

async function goingBackInput(
  ecs: EcsPort,
  { place, service, running }: PlaceNow,
  { target, desired }: BackTo,
  released: ReleasedAs,
): Promise<GoingBackInput> {
  const here = released.kind === 'known' && isHere(released.wanted, { place });
  const notes = notesOn(released, here);
  const update = here ? released.wanted.serviceUpdate : null;
  const stated =
    desired ?? (typeof update?.['desiredCount'] === 'number' ? update['desiredCount'] : undefined);
  const changes = stated !== undefined && stated !== service.desired;
  return {
    cluster: place.cluster,
    service,
    running,
    target,
    update,
    desired,
    // Asking costs a call: only when the count would change.
    scalable: changes ? await ecs.hasScalableTarget(place.cluster, place.service) : null,
    notes,
  };
}

function notesOn(released: ReleasedAs, here: boolean): readonly string[] {
  if (released.kind === 'unknown')
    return [
      `The attributes of the service stay as they are, only its revision and count go back. ${released.why}`,
    ];
  if (!here) return ['The release names another service now: the attributes of this one stay as they are.'];
  return released.exact
    ? []
    : [
        'The variables of the deployment environment are others now than then: the attributes of the service are those of the release with the variables of today.',
      ];
}

function isHere({ cluster, service }: WantedService, { place }: Pick<PlaceNow, 'place'>): boolean {
  return plainName(cluster) === plainName(place.cluster) && service === place.service;
}

/** Where the repository cannot say what was wanted: the revision as it is, and the service as it is. */
export function standIn({ place, service }: PlaceNow, target: TaskDefinitionSnapshot): WantedService {
  const tag = (name: keyof typeof tagKeys): string | null => target.tags[tagKeys[name]] ?? null;
  return {
    project: tag('project') ?? place.service,
    version: tag('version') ?? revisionName(target.arn),
    identity: tag('identity') ?? '',
    environment: place.environment,
    buildKey: tag('buildKey'),
    buildNumber: tag('buildNumber'),
    account: null,
    region: null,
    cluster: place.cluster,
    service: place.service,
    taskDefinition: target.definition,
    serviceDefinition: service.definition,
    serviceUpdate: {},
  };
}
