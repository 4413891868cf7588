import { formatPlace } from '@bamboo-ecs/release';
import type { Problem } from '@bamboo-ecs/release';
import { endedWell } from '@bamboo-ecs/rollout';
import type { Diagnosis, Verdict } from '@bamboo-ecs/rollout';
import type { Stamped } from '../event.ts';
import { exitMeaning, isGood } from '../exit-code.ts';
import { logTailLines } from '../text/log-tails.ts';
import { createTracker } from '../timeline/tracker.ts';

export interface TestCase {
  readonly group: string;
  readonly name: string;
  readonly seconds: number;
  /** What is wrong, and the rest of the story: Bamboo shows one under the other, so the text does not repeat the message. */
  readonly failure?: { readonly message: string; readonly text: string };
  readonly output?: string;
}

/** Every check, every problem, every verdict and the outcome of the run as a test case; never none. */
export function testCases(events: readonly Stamped[]): readonly TestCase[] {
  const tracker = createTracker();
  const diagnoses = new Map<string, Diagnosis>();
  for (const { event } of events)
    if (event.kind === 'diagnosis') diagnoses.set(event.service, event.diagnosis);
  const first = events[0]?.at ?? 0;

  const cases = events.flatMap(({ at, event }): readonly TestCase[] => {
    switch (event.kind) {
      case 'check': {
        const { suite, name, failure, seconds } = event;
        return [{ group: suite, name, seconds: seconds ?? 0, ...failed(failure, []) }];
      }
      case 'problems':
        return event.problems.map(ofProblem);
      case 'snapshot':
        tracker.snapshot(event);
        return [];
      case 'verdict': {
        const since = tracker.startOf(event.service) ?? at;
        const stage = tracker.verdict(event.service);
        const seconds = Math.max(0, at - since) / 1000;
        return [ofVerdict(event.service, event.verdict, stage, seconds, diagnoses.get(event.service))];
      }
      case 'summary':
        return [ofSummary(event, Math.max(0, at - first) / 1000)];
      case 'start':
      case 'settings':
      case 'phase':
      case 'message':
      case 'plan':
      case 'diagnosis':
      case 'status':
      case 'history':
        break;
    }
    return [];
  });
  return events.some(({ event }) => event.kind === 'summary') ? cases : [...cases, brokenOff];
}

const brokenOff: TestCase = {
  group: 'run',
  name: 'outcome',
  seconds: 0,
  failure: { message: 'The run broke off before its summary.', text: 'The log says how far it came.' },
};

/** An error is a failure; a warning passes and keeps its text as output. */
function ofProblem(problem: Problem): TestCase {
  const place = formatPlace(problem.place);
  const name = place === '' ? problem.code : `${problem.code}: ${place}`;
  const advice = problem.hint === undefined ? [] : [`What to do: ${problem.hint}`];
  if (problem.severity === 'error') {
    return { group: 'problems', name, seconds: 0, ...failed(problem.message, advice) };
  }
  return { group: 'warnings', name, seconds: 0, output: [problem.message, ...advice].join('\n') };
}

function ofVerdict(
  service: string,
  verdict: Verdict,
  stage: 'rollout' | 'roll-back',
  seconds: number,
  diagnosis: Diagnosis | undefined,
): TestCase {
  const good = endedWell(verdict.kind);
  if (good) return { group: stage, name: service, seconds, output: `${verdict.kind}: ${verdict.reason}` };
  const why = stage === 'rollout' && diagnosis !== undefined ? story(diagnosis) : [];
  return { group: stage, name: service, seconds, ...failed(`${verdict.kind}: ${verdict.reason}`, why) };
}

function story(diagnosis: Diagnosis): readonly string[] {
  const { cause, confidence, sentence, evidence, advice, logs } = diagnosis;
  return [
    `Likely cause (${cause}${confidence ? `, ${confidence}` : ''}): ${sentence}`,
    ...(evidence.length > 0 ? ['Evidence:'] : []),
    ...evidence.map(({ kind, text }) => `  ${kind}: ${text}`),
    `What to do: ${advice}`,
    ...logTailLines(logs ?? [], undefined, ''),
  ];
}

function ofSummary(event: Extract<Stamped['event'], { kind: 'summary' }>, seconds: number): TestCase {
  const { exitCode, outcome, sentence, todo } = event;
  const message = `${outcome}: ${sentence}`;
  const text = [
    ...(todo === undefined ? [] : [`What to do: ${todo}`]),
    `Exit code ${exitCode}: ${exitMeaning(exitCode)}`,
    ...event.rows.map(([name, value]) => `${name}: ${value}`),
  ];
  const base = { group: 'run', name: 'outcome', seconds };
  if (isGood(exitCode)) return { ...base, output: [message, ...text].join('\n') };
  return { ...base, ...failed(message, text) };
}

function failed(message: string | undefined, text: readonly string[]): Pick<TestCase, 'failure'> {
  return message === undefined ? {} : { failure: { message, text: text.join('\n') } };
}
