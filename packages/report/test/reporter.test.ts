import { describe, expect, test } from '@jest/globals';
import { createMasker, createReporter } from '../src/index.ts';
import type { RunEvent, Stamped } from '../src/index.ts';
import { deployment, newDeployment, poll, said } from './histories/service.ts';

const message = (text: string): RunEvent => ({ kind: 'message', level: 'info', text });

function collect(secrets: readonly string[] = []) {
  const seen: Stamped[] = [];
  let now = 100;
  const reporter = createReporter({
    sinks: [(stamped) => seen.push(stamped)],
    now: () => (now += 1),
    mask: createMasker(secrets),
  });
  return { seen, reporter };
}

describe('createReporter', () => {
  test('stamps, masks, keeps, and hands on in order', () => {
    const { seen, reporter } = collect(['hunter2!']);
    reporter.emit(message('one hunter2!'));
    reporter.emit(message('two'));
    expect(seen).toEqual([
      { at: 101, event: message('one ********') },
      { at: 102, event: message('two') },
    ]);
    expect(reporter.events).toEqual(seen);
  });

  test('a sink that throws breaks nothing, is told once, and is asked again', () => {
    const texts: string[] = [];
    let calls = 0;
    const reporter = createReporter({
      sinks: [
        () => {
          calls += 1;
          throw new Error('disk full');
        },
        ({ event }) => texts.push(event.kind === 'message' ? event.text : event.kind),
      ],
      now: () => 0,
      mask: createMasker([]),
    });
    reporter.emit(message('one'));
    reporter.emit(message('two'));
    expect(texts).toEqual(['one', 'An output of this run failed and may be incomplete: disk full', 'two']);
    expect(calls).toBe(3);
  });

  test('masks every kind of event, and no kind, level or state', () => {
    const secret = 'failed';
    const { seen, reporter } = collect([secret]);
    const text = `x ${secret} x`;
    const events: readonly RunEvent[] = [
      { kind: 'start', program: 'installer', command: text, version: text },
      { kind: 'settings', settings: [{ name: 'a', value: text, origin: 'bamboo_ecs_a' }] },
      { kind: 'phase', name: 'plan', title: text },
      {
        kind: 'problems',
        problems: [
          {
            severity: 'error',
            code: 'a-b',
            message: text,
            hint: text,
            place: { file: text, path: text, variable: text, line: 1 },
          },
        ],
      },
      { kind: 'check', suite: text, name: text, failure: text, seconds: 1 },
      {
        kind: 'plan',
        plan: {
          action: 'refuse-failed',
          reason: text,
          hint: text,
          cluster: text,
          service: text,
          notes: [text],
          differences: [{ path: text, from: { [text]: text }, to: [text] }],
          register: { request: { env: text }, tags: { [text]: text } },
          request: { a: text },
        },
      },
      poll({
        at: 1,
        startedAt: 0,
        watch: newDeployment,
        deployments: [deployment(newDeployment, { rolloutState: 'FAILED', rolloutStateReason: text })],
        events: [said(1, text)],
      })[1],
      { kind: 'verdict', service: text, verdict: { kind: 'failed', reason: text } },
      {
        kind: 'diagnosis',
        service: text,
        diagnosis: { cause: 'crash-loop', sentence: text, advice: text, evidence: [{ kind: 'task', text }] },
      },
      { kind: 'summary', exitCode: 5, outcome: text, sentence: text, todo: text, rows: [['a', text]] },
    ];
    for (const event of events) reporter.emit(event);
    const told = JSON.stringify(seen);
    expect(told).not.toContain(`x ${secret}`);
    expect(seen.map(({ event }) => event.kind)).toEqual(events.map(({ kind }) => kind));
    expect(told).toContain('"kind":"failed"');
    expect(told).toContain('"action":"refuse-failed"');
  });

  test('keeps snapshots small: no definition, and a service event seen before is the same object', () => {
    const { reporter } = collect();
    const event = said(1, 'has started 1 tasks.');
    const look = () =>
      poll({ at: 1, startedAt: 0, watch: newDeployment, deployments: [], events: [{ ...event }] })[1];
    reporter.emit(look());
    reporter.emit(look());
    const [first, second] = reporter.events.map((one) =>
      one.event.kind === 'snapshot' ? one.event.snapshot : undefined,
    );
    expect(first?.definition).toEqual({});
    expect(first?.events[0]).toBe(second?.events[0]);
  });
});
