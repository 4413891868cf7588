import { describe, expect, test } from '@jest/globals';
import type { ServiceEventSnapshot } from '@bamboo-ecs/rollout';
import { textSink } from '../src/index.ts';
import type { RunEvent } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { secret } from './histories/opening.ts';
import { play } from './histories/recorder.ts';
import type { History } from './histories/recorder.ts';
import { refusal } from './histories/refusal.ts';
import { deployment, newDeployment, poll, said } from './histories/service.ts';
import { stopped } from './histories/stopped.ts';
import { success } from './histories/success.ts';

function log(
  history: History,
  options: { readonly colour?: boolean; readonly clock?: boolean } = {},
): string[] {
  const lines: string[] = [];
  play(history, [textSink({ write: (line) => lines.push(line), colour: false, ...options })], [secret]);
  return lines;
}

function single(event: RunEvent): string[] {
  return log([[0, event]]);
}

describe('the log of a whole run', () => {
  test.each([
    ['a rollout that succeeds', success],
    ['a crash that is rolled back', crash],
    ['a refusal with many problems', refusal],
    ['a stop by a signal', stopped],
  ])('%s', (_, history) => {
    expect(`\n${log(history).join('\n')}\n`).toMatchSnapshot();
  });

  test.each([
    ['success', success],
    ['crash', crash],
    ['refusal', refusal],
    ['stop', stopped],
  ])('%s: plain ASCII, one line at a time, no secret, the exit code last', (_, history) => {
    const lines = log(history);
    for (const line of lines) expect(line).toMatch(/^[\x20-\x7e]*$/);
    expect(lines.join('\n')).not.toContain('horse');
    expect(lines.at(-1)).toMatch(/^ {2}Exit code \d+/);
  });
});

describe('while a rollout is watched', () => {
  const look = (
    at: number,
    running: number,
    events: readonly ServiceEventSnapshot[] = [],
    name = 'hid-generator',
  ) =>
    poll({
      at,
      name,
      startedAt: 0,
      watch: newDeployment,
      deployments: [deployment(newDeployment, { running })],
      events,
    });

  test('a line only when something changed, and a sign of life before 30 s of silence', () => {
    const polls = Array.from({ length: 60 }, (_, index) => look(index * 10, index < 30 ? 0 : 1));
    const times = log(polls).map((line) => {
      const [, minutes, seconds] = /\+(\d+):(\d\d)/.exec(line) ?? [];
      return Number(minutes) * 60 + Number(seconds);
    });
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30);
    expect(times.length).toBeLessThan(35);
  });

  test('events of before are not shown, each event once, oldest first', () => {
    const old = said(-10, 'of before');
    const first = said(1, 'first');
    const second = said(2, 'second');
    const lines = log([
      look(1, 0, [old]),
      look(3, 0, [old, first, second]),
      look(4, 0, [old, first, second]),
    ]);
    expect(lines.filter((line) => line.includes('ECS:'))).toEqual([
      '   +0:01  ECS: first',
      '   +0:02  ECS: second',
    ]);
  });

  test('the first look shows what is newer than our deployment, whatever our clock says', () => {
    const ours = deployment(newDeployment, { at: -120 });
    const events = [said(-130, 'not ours'), said(-110, 'ours')];
    const [line] = log([poll({ at: 1, startedAt: 0, watch: newDeployment, deployments: [ours], events })]);
    expect(line).toContain('ECS: ours');
  });

  test("events are told on our clock, however wrong it is beside ECS's, and never after they were seen", () => {
    const ahead = deployment(newDeployment, { at: 300 });
    const events = [said(302, 'two seconds in'), said(390, 'from the future')];
    const lines = log([poll({ at: 5, startedAt: 0, watch: newDeployment, deployments: [ahead], events })]);
    expect(lines.slice(0, 2)).toEqual(['   +0:02  ECS: two seconds in', '   +0:05  ECS: from the future']);
  });

  test('a long difference is shown whole, one side under the other', () => {
    const policy = (character: string) => `${'a policy of many words '.repeat(5)}${character}`;
    const differences = [
      { path: 'taskDefinition.containerDefinitions.web.command', from: policy('a'), to: policy('b') },
    ];
    const plan = {
      action: 'update',
      reason: 'r',
      cluster: 'c',
      service: 's',
      differences,
      notes: [],
    } as const;
    const lines = single({ kind: 'plan', plan });
    expect(lines).toContain('        command:');
    expect(lines).toContain(`          - ${policy('a')}`);
    expect(lines).toContain(`          + ${policy('b')}`);
  });

  test('services are named when there are several', () => {
    const plan = (service: string): readonly [number, RunEvent] => [
      0,
      {
        kind: 'plan',
        plan: { action: 'update', reason: 'r', cluster: 'qa', service, differences: [], notes: [] },
      },
    ];
    const lines = log([plan('a'), plan('b'), look(1, 0, [], 'a'), look(1, 1, [], 'b')]);
    expect(lines.at(-2)).toMatch(/^ {3}\+0:01 {2}a: new 0\/2 running/);
    expect(lines.at(-1)).toMatch(/^ {3}\+0:01 {2}b: new 1\/2 running/);
  });

  test('tasks of the roll-back are not called new', () => {
    const lines = log(crash);
    const rollback = lines.slice(lines.indexOf('== Roll back =='));
    expect(rollback.filter((line) => line.includes('new '))).toEqual([]);
    expect(rollback.filter((line) => line.includes('restored '))).toHaveLength(4);
  });

  test('a service that is missing, without deployments, or with figures that are none, is told', () => {
    const bare = poll({ at: 1, startedAt: 0, watch: newDeployment, deployments: [] })[1];
    if (bare.kind !== 'snapshot') throw new Error('a poll is a snapshot');
    const missing = { ...bare, snapshot: { ...bare.snapshot, status: 'MISSING' } } as const;
    const strange = deployment(newDeployment, { running: Number.NaN });
    const odd = poll({ at: 1, startedAt: 0, watch: newDeployment, deployments: [strange] })[1];
    for (const event of [bare, missing, odd]) {
      expect(single(event)).toEqual([expect.stringMatching(/^ {3}\+0:01 {2}\S/)]);
    }
  });
});

describe('texts of others', () => {
  test('cannot colour, overwrite or imitate lines of the log', () => {
    const text = 'one\r\u001b[2K== Summary ==\u0007\nExit code 0\u202e\u2028x';
    expect(single({ kind: 'message', level: 'info', text })).toEqual([
      '  one',
      String.raw`  \x1b[2K== Summary ==\x07`,
      String.raw`  Exit code 0\u202e\u2028x`,
    ]);
    expect(single({ kind: 'phase', name: 'x', title: 'a\nb' })).toEqual(['', '== a b ==']);
  });

  test('lose typographic signs but no letters', () => {
    expect(single({ kind: 'message', level: 'info', text: 'größer → “kleiner” … 日本' })).toEqual([
      '  größer -> "kleiner" ... 日本',
    ]);
  });

  test('may be empty, or very many', () => {
    expect(single({ kind: 'message', level: 'warning', text: '' })).toEqual(['  WARNING:']);
    expect(single({ kind: 'settings', settings: [] })).toContain('  none: every setting has its default');
    const differences = Array.from({ length: 500 }, (_, index) => ({ path: `p${index}`, to: 1 }));
    const lines = single({
      kind: 'plan',
      plan: { action: 'update', reason: 'r', cluster: 'c', service: 's', differences, notes: [] },
    });
    expect(lines.length).toBeLessThan(210);
    expect(lines.at(-2)).toMatch(/^ {4}and \d+ more lines, see the record$/);
  });
});

describe('options', () => {
  test('colour: every line is closed again', () => {
    const lines = log(crash, { colour: true });
    const escape = '\u001b[';
    const coloured = lines.filter((line) => line.includes(escape));
    expect(coloured.length).toBeGreaterThan(10);
    for (const line of coloured) expect(line.split(escape).length % 2).toBe(1);
    expect(lines.map((line) => line.replace(/\p{Cc}\[\d+m/gu, ''))).toEqual(log(crash));
  });

  test('clock: the time of day before each line', () => {
    expect(log(stopped, { clock: true }).at(-1)).toMatch(/^14:05:14 {3}Exit code 75:/);
  });
});
