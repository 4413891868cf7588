import type { RunEvent } from '../event.ts';
import { maskDiagnosis, maskPlan, maskProblem } from './mask-findings.ts';
import { createSnapshotMasker } from './mask-snapshot.ts';
import { maskValues } from './masker.ts';
import type { Mask } from './masker.ts';

/**
 * Masks whole events. What the program itself puts there to tell cases apart (kinds, levels, states) stays, even when
 * somebody's password is `plan`; every other text is masked, names and ids the same way wherever they stand.
 */
export function createEventMasker(mask: Mask): (event: RunEvent) => RunEvent {
  const maskSnapshot = createSnapshotMasker(mask);
  return (event) => {
    switch (event.kind) {
      case 'start':
        return { ...event, command: mask(event.command), version: mask(event.version) };
      case 'settings':
        return { ...event, settings: event.settings.map((setting) => maskSetting(setting, mask)) };
      case 'phase':
        return { ...event, title: mask(event.title) };
      case 'message':
        return { ...event, text: mask(event.text) };
      case 'problems':
        return { ...event, problems: event.problems.map((problem) => maskProblem(problem, mask)) };
      case 'check':
        return maskCheck(event, mask);
      case 'plan':
        return { ...event, plan: maskPlan(event.plan, mask) };
      case 'snapshot': {
        const deployment = event.deployment === null ? null : mask(event.deployment);
        return { ...event, deployment, snapshot: maskSnapshot(event.snapshot) };
      }
      case 'verdict': {
        const verdict = { ...event.verdict, reason: mask(event.verdict.reason) };
        return { ...event, service: mask(event.service), verdict };
      }
      case 'diagnosis':
        return {
          ...event,
          service: mask(event.service),
          diagnosis: maskDiagnosis(event.diagnosis, mask),
        };
      case 'status':
        return maskStatus(event, mask);
      case 'history':
        return { ...maskValues(event, mask), kind: 'history' };
      case 'summary':
        break;
    }
    return maskSummary(event, mask);
  };
}

/** Its words that tell cases apart stay. */
function maskStatus(event: Extract<RunEvent, { kind: 'status' }>, mask: Mask): RunEvent {
  const { health, rolloutState } = event.status;
  const status = { ...maskValues(event.status, mask), health, rolloutState };
  return { kind: 'status', status };
}

type Settings = Extract<RunEvent, { kind: 'settings' }>['settings'];

/** Origins are names of options, variables and files: a secret that is the word `password` must not hide them. */
function maskSetting(setting: Settings[number], mask: Mask): Settings[number] {
  return { name: setting.name, value: mask(setting.value), origin: setting.origin };
}

function maskCheck(event: Extract<RunEvent, { kind: 'check' }>, mask: Mask): RunEvent {
  return {
    ...event,
    suite: mask(event.suite),
    name: mask(event.name),
    ...(event.failure !== undefined && { failure: mask(event.failure) }),
  };
}

function maskSummary(event: Extract<RunEvent, { kind: 'summary' }>, mask: Mask): RunEvent {
  return {
    ...event,
    outcome: mask(event.outcome),
    sentence: mask(event.sentence),
    rows: event.rows.map(([name, value]) => [name, mask(value)] as const),
    ...(event.todo !== undefined && { todo: mask(event.todo) }),
  };
}
