// The ending of an installation: verdict and roll-back to exit code, sentence and rows.
import type { Ending, RunContext } from '@bamboo-ecs/program';
import { exitCodeOf, type Diagnosis, type Plan, type Verdict, type WantedService } from '@bamboo-ecs/rollout';
import { continueCommand } from './pause.ts';
import type { RollbackOutcome } from './roll-back/roll-back-types.ts';
import { asSentence, sentences } from './sentence.ts';
import type { Watched } from './watch.ts';

/** What, why, what runs now: in one text that a person reads at night. */
export function concludeWatch(
  context: RunContext,
  wanted: WantedService,
  watched: Watched,
  diagnosis: Diagnosis | null,
  rollback: RollbackOutcome | null,
): Ending {
  const { verdict } = watched;
  const cause = diagnosis && diagnosis.cause !== 'unclear' ? diagnosis : null;
  context.row('Verdict', cause ? `${verdict.kind} (${cause.cause})` : verdict.kind);
  if (rollback) context.row('Roll-back', rollback.short);
  // The snapshots between are not needed where the cause is known; of a time-out the figures are.
  const why = [
    ...(cause && verdict.kind === 'failed' ? [] : [verdict.reason]),
    ...(cause ? [cause.sentence] : []),
  ];
  // Of a rollout that nobody watches any more it must be said that it goes on.
  const left = verdict.kind === 'unknown' ? context.facts.leftRunning : undefined;
  const sentence = sentences(whatCameOfIt(wanted, verdict), ...why, rollback?.sentence, left);
  const about =
    cause?.advice ?? sentences(watched.hint, diagnosis?.advice ?? adviceFor(verdict.kind, wanted));
  const todo = sentences(notRestored(context, rollback), about);
  const exitCode = exitCodeOf({ verdict, rollback: rollback?.kind ?? 'none' });
  return { exitCode, outcome: verdict.kind, sentence, ...(todo ? { todo } : {}) };
}

function whatCameOfIt({ project, version, environment }: WantedService, { kind }: Verdict): string {
  const what = `${project} ${version}`;
  const where = environment ? ` in ${environment}` : '';
  switch (kind) {
    case 'steady':
      return `${what} is installed${where}`;
    case 'unchanged':
      return `${what} is installed${where} already`;
    case 'failed':
      return `${what} did not come up${where}`;
    case 'timed-out':
      return `${what} did not come up${where} in time`;
    case 'superseded':
      return `${what} was not installed${where}: somebody else changed the service meanwhile`;
    case 'paused':
      return `${what} is NOT installed${where} yet: it waits for a decision`;
    case 'unknown':
      return `Whether ${what} came up${where} is not known`;
  }
}

/** The service is not what it was: that comes before everything that concerns the new release. */
function notRestored({ facts }: RunContext, rollback: RollbackOutcome | null): string | undefined {
  if (rollback?.kind !== 'failed' && rollback?.kind !== 'unknown') return undefined;
  if (rollback.superseded)
    return 'Find out whose the deployment is that has taken the place of the roll-back, and whether it comes up (installer status).';
  return sentences(
    `The version before is NOT back: look at the service${facts.cluster ? ` in the cluster ${facts.cluster}` : ''} now`,
    'To get a working version, install an earlier release: ecs.release to its version and ecs.allow.downgrade=true (bamboo_ecs_release, bamboo_ecs_allow_downgrade)',
  );
}

function adviceFor(kind: Verdict['kind'], wanted: WantedService): string | undefined {
  if (kind === 'paused')
    return `To go on: "${continueCommand(wanted, 'continue')}"; to go back: "${continueCommand(wanted, 'rollback')}".`;
  if (kind === 'superseded')
    return 'Find out who else deploys this service; run this again if this release is the one that is wanted.';
  if (kind === 'unknown')
    return 'Run the same command again when AWS answers: it goes on from what is there.';
  return undefined;
}

export function concludeUnchanged(context: RunContext, plan: Plan, wanted: WantedService): Ending {
  const verdict: Verdict = { kind: 'unchanged', reason: plan.reason };
  context.emit({ kind: 'verdict', service: plan.service, verdict });
  context.row('Verdict', verdict.kind);
  return { exitCode: 0, outcome: verdict.kind, sentence: aboutProject(plan, wanted) };
}

/** The ending of `installer plan`; with `--exit-code` 10 when there is something to do. */
export function concludePlan(plan: Plan, wanted: WantedService, wantsExitCode: boolean): Ending {
  const about = aboutProject(plan, wanted);
  if (plan.action === 'none') return { exitCode: 0, outcome: 'unchanged', sentence: about };
  return {
    exitCode: wantsExitCode ? 10 : 0,
    outcome: 'planned',
    sentence: sentences(plannedFor(plan), plan.reason, 'Nothing was changed'),
    todo: 'Run the command install to carry it out.',
  };
}

function plannedFor({ action, service, cluster }: Plan): string {
  const where = `${service} in ${cluster}`;
  if (action === 'create') return `The service ${where} would be created`;
  if (action === 'update') return `The service ${where} would be updated`;
  if (action === 'adopt') return `The rollout of ${where} that is under way would be watched`;
  return `The service ${where} would not be touched yet`;
}

/** The reason of a plan begins with the version: with the project before it, it is a whole sentence. */
function aboutProject({ reason }: Plan, { project, version }: WantedService): string {
  return reason.startsWith(version) ? asSentence(`${project} ${reason}`) : asSentence(reason);
}
