// Facts → the likely cause of a failure, in one sentence, with what to do and the evidence.
import type { JsonObject } from '@bamboo-ecs/release';
import { sameRevision } from '../arn.ts';
import { deploymentOf, othersWithTasks, primaryOf } from '../deployments.ts';
import type { Diagnosis, Evidence, LogTail } from '../diagnosis.ts';
import type { ClusterRoom } from '../feasibility/room.ts';
import { deploymentLimits, deploymentStrategy } from '../limits.ts';
import type { DeploymentSnapshot, ServiceEventSnapshot, ServiceSnapshot, TaskSnapshot } from '../snapshot.ts';
import type { Verdict } from '../verdict.ts';
import type { LastWords } from '../logs/last-words.ts';
import { shownTails } from '../logs/shown-tails.ts';
import { confidenceOf } from './confidence.ts';
import { detailsOf } from './details.ts';
import type { Details, DiagnosisCause } from './details.ts';
import { evidenceOf } from './evidence.ts';
import { findings } from './findings.ts';
import type { Finding } from './findings.ts';
import { oneLine } from './one-line.ts';
import { plainWords, unusual } from './plain-words.ts';
import { isPlacement, roomEvidence } from './room-words.ts';
import { healthCause, healthCauses } from './say-health.ts';
import { serviceCauses } from './say-service.ts';
import { taskCauses } from './say-task.ts';
import type { Say } from './say-task.ts';
import { targetEvidence } from './target-evidence.ts';

export interface DiagnoseInput {
  readonly snapshot: ServiceSnapshot;
  /** Id of our deployment; null: the update started none. */
  readonly deployment: string | null;
  /** Stopped tasks of ours, oldest first. */
  readonly stopped: readonly TaskSnapshot[];
  /** Events since our deployment, oldest first. */
  readonly events: readonly ServiceEventSnapshot[];
  /** What was registered, for names and limits in the sentences. */
  readonly taskDefinition: JsonObject | null;
  readonly verdict: Verdict;
  /** The last words of its containers, as far as they could be read, oldest task first. */
  readonly logs?: readonly LogTail[];
  /** What the cluster has room for, where it was asked: for a task that finds no place. */
  readonly room?: ClusterRoom | null;
}

const causes: Readonly<Record<DiagnosisCause, Say>> = {
  ...serviceCauses,
  ...healthCauses,
  ...taskCauses,
};

export function diagnose(input: DiagnoseInput): Diagnosis {
  const { snapshot, deployment, stopped, events, taskDefinition, logs = [], room = null } = input;
  const ours = deployment === null ? primaryOf(snapshot) : deploymentOf(snapshot, deployment);
  const [heaviest] = input.verdict.kind === 'superseded' ? [] : findings(stopped, events, ours);
  const details = detailsOf({
    snapshot,
    ours,
    taskDefinition,
    container: heaviest?.container,
    task: heaviest?.task,
    count: heaviest?.count ?? 0,
    text: oneLine(plainWords(heaviest ? heaviest.text : unusual(ours?.rolloutStateReason))),
    whole: heaviest?.text ?? '',
    logs,
    stopped,
    events,
    room,
    rung: input.verdict.alarms ?? [],
  });
  const found = chosen(input, ours, heaviest);
  const cause = sharpened(found, details);
  const { sentence, advice } = causes[cause](details);
  return {
    cause,
    sentence: oneSentence(sentence),
    advice: oneSentence(advice),
    evidence: [
      ...evidenceOf(stopped, events, ours ? [ours] : []),
      ...(isPlacement(cause) ? roomEvidence(room, taskDefinition, snapshot.at) : []),
      ...(tellsOfTargets(cause, snapshot) ? targetEvidence(snapshot) : []),
      ...wordsEvidence(details.said),
    ],
    confidence: confidenceOf(cause, heaviest),
    ...(logs.length > 0 ? { logs: shownTails(logs) } : {}),
  };
}

/** Targets of tasks that come and go as they should are no evidence of a crash. */
function tellsOfTargets(
  cause: DiagnosisCause,
  { targets = [], serviceDeployment }: ServiceSnapshot,
): boolean {
  const states = targets.flatMap((group) => group.targets.map(({ state }) => state));
  const isTrouble = states.some((state) => state === 'unhealthy' || state === 'unavailable');
  const isAsked = cause in healthCauses || balancing.has(cause);
  return isTrouble || isAsked || (serviceDeployment?.alarms?.triggered.length ?? 0) > 0;
}

const balancing: ReadonlySet<DiagnosisCause> = new Set<DiagnosisCause>([
  'slow',
  'slow-drain',
  'unclear',
  'target-registration',
  'alarm',
]);

/** What the load balancer and the program say can tell more than ECS does. */
function sharpened(found: DiagnosisCause, details: Details): DiagnosisCause {
  if (found === 'load-balancer-health') return healthCause(details);
  if (found === 'crash-loop' && details.said?.key === 'exec-format') return 'exec-format';
  return found;
}

/** What is put together of parts, some of them empty. */
function oneSentence(text: string): string {
  return text.replace(/ {2,}/gu, ' ').trim();
}

function wordsEvidence(said: LastWords | null): readonly Evidence[] {
  if (said === null) return [];
  return [{ kind: 'container', text: `${said.task} ${said.container} said: ${said.line}` }];
}

function chosen(
  { snapshot, deployment, verdict, stopped }: DiagnoseInput,
  ours: DeploymentSnapshot | undefined,
  heaviest: Finding | undefined,
): DiagnosisCause {
  if (verdict.kind === 'superseded') return 'superseded';
  // Everything was up and steady before: what stopped on the way there is not why.
  if (verdict.alarms) return 'bake-alarm';
  // Less than one stopped task or one clear message: the settings are looked at first.
  if (heaviest && heaviest.weight >= 1) return heaviest.cause;
  if (ours && isDeadlocked(snapshot, ours)) return 'percent-deadlock';
  // What load balancers find wrong is known long before ECS acts on it, and during a grace period it does not act at all.
  if (hasUnhealthyTargets(snapshot)) return 'load-balancer-health';
  if (heaviest) return heaviest.cause;
  if (verdict.kind !== 'timed-out' || !ours) return 'unclear';
  if (deployment === null && !sameRevision(ours.taskDefinition, snapshot.taskDefinition))
    return 'not-started';
  const isUp = ours.desired > 0 && ours.running >= ours.desired;
  if (isUp && othersWithTasks(snapshot, ours).length > 0) return 'slow-drain';
  const moving = ours.running + ours.pending > 0 && ours.failed === 0 && stopped.length === 0;
  return moving ? 'slow' : 'unclear';
}

function hasUnhealthyTargets({ targets = [] }: ServiceSnapshot): boolean {
  return targets.some((group) => group.targets.some(({ state }) => state === 'unhealthy'));
}

/** Nothing of ours was ever started, the old tasks stand in the way, and the percentages forbid either to move. */
function isDeadlocked(snapshot: ServiceSnapshot, ours: DeploymentSnapshot): boolean {
  const untouched = ours.running + ours.pending + ours.failed === 0;
  const old = othersWithTasks(snapshot, ours).length > 0;
  return (
    untouched &&
    old &&
    deploymentStrategy(snapshot.definition) === 'ROLLING' &&
    deploymentLimits(snapshot.definition, ours.desired).stuck
  );
}
