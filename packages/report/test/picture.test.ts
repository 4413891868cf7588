// The picture of a rollout, read back from the page.
import { describe, expect, test } from '@jest/globals';
import { buildRecord, renderRecordHtml } from '../src/index.ts';
import type { RunRecord } from '../src/index.ts';
import { crash } from './histories/crash.ts';
import { notBack, quick } from './histories/endings.ts';
import { installerFacts } from './histories/facts.ts';
import { large } from './histories/large.ts';
import { play } from './histories/recorder.ts';
import type { History } from './histories/recorder.ts';
import { deployment, newDeployment, oldDeployment, poll } from './histories/service.ts';
import { success } from './histories/success.ts';

const recordOf = (history: History): RunRecord =>
  buildRecord(play(history), installerFacts('1.0.16.RELEASE', 60));

/** The picture for a desk. */
function wide(history: History): string {
  return /<svg\s+class="wide"[\s\S]*?<\/svg>/u.exec(renderRecordHtml(recordOf(history)))?.[0] ?? '';
}

function paths(svg: string, name: string): readonly string[] {
  return [...svg.matchAll(new RegExp(`class="${name}"[^>]*? d="([^"]*)"`, 'gu'))].map(([, d]) => d ?? '');
}

/** x of the first point of an area. */
function beginning(path: string | undefined): number {
  return Number(/^M(?<x>[\d.]+),/u.exec(path ?? '')?.groups?.['x']);
}

const left = 34;

describe('the picture', () => {
  test('begins at once: what the first poll saw is drawn from the change on', () => {
    expect(beginning(paths(wide(success), 'old')[0])).toBe(left);
    expect(beginning(paths(wide(quick), 'starting')[0])).toBe(left);
  });

  test('says where nobody watched, when a rollout was found under way', () => {
    const svg = wide(large);
    expect(svg).toContain('class="unseen"');
    expect(svg).toContain('not watched');
    expect(beginning(paths(svg, 'old')[0])).toBeGreaterThan(left + 50);
    expect(wide(success)).not.toContain('class="unseen"');
  });

  test('shows the health of the targets where it is known, and only there', () => {
    const svg = wide(large);
    for (const layer of ['healthy', 'unhealthy', 'initial'])
      expect(paths(svg, `target ${layer}`)[0]).toMatch(/^M.*Z$/u);
    expect(wide(success)).not.toContain('class="target');
    const sick = recordOf(large).timelines[0]?.samples.filter(({ targets }) => targets?.unhealthy === 40);
    expect(sick?.length).toBeGreaterThan(3);
  });

  test('tells phases, and gives the roll-back a ground of its own', () => {
    const svg = wide(crash);
    expect([...svg.matchAll(/<text class="phase"[^>]*>\s*([^<]+?)\s*</gu)].map(([, title]) => title)).toEqual(
      ['Watch', 'Roll back'],
    );
    expect(svg.match(/class="back-ground"/gu)).toHaveLength(1);
    expect(wide(success)).not.toContain('class="back-ground"');
  });

  test('has a title, a description in words, and ids that are used once', () => {
    const html = renderRecordHtml(recordOf(notBack));
    const ids = [...html.matchAll(/\sid="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const referred = [...html.matchAll(/aria-labelledby="([^"]+)"/gu)].flatMap(([, list]) =>
      list?.split(' '),
    );
    expect(referred).toHaveLength(4);
    expect(referred.filter((id) => !ids.includes(id))).toEqual([]);
    expect(html).toContain('13 tasks failed; rollout failed after 12 s; roll-back failed after 23 s.');
  });

  test.each([
    ['a clock that went back', [9, 3, 6]],
    ['the same moment', [5, 5, 5]],
    ['no time that is one', [Number.NaN, 4, Number.POSITIVE_INFINITY]],
    ['a year', [1, 1000, 31_536_000]],
  ])('survives %s', (_, times) => {
    const svg = wide(
      times.map((at) =>
        poll({
          at,
          startedAt: 4,
          watch: newDeployment,
          deployments: [deployment(newDeployment, { running: 1 }), deployment(oldDeployment, { running: 3 })],
        }),
      ),
    );
    expect(/NaN|Infinity|undefined|null/u.exec(svg)?.[0]).toBeUndefined();
    expect(paths(svg, 'old')).toHaveLength(1);
  });

  test('of several services each has one, with the verdicts on it', () => {
    const both = ['web', 'worker'].flatMap((name) => [
      poll({
        at: 1,
        startedAt: 0,
        watch: newDeployment,
        name,
        deployments: [deployment(newDeployment, { running: 1 })],
      }),
      [2, { kind: 'verdict', service: name, verdict: { kind: 'steady', reason: `${name} runs.` } }] as const,
    ]);
    const html = renderRecordHtml(recordOf(both));
    expect(html.match(/class="wide"/gu)).toHaveLength(2);
    expect(html.match(/class="judged good"/gu)).toHaveLength(4);
    expect(html.match(/aria-label="Elsewhere: (web|worker)"/gu)).toHaveLength(2);
  });
});

describe('a record keeps', () => {
  const record = recordOf(crash);

  test('where everything is in AWS', () => {
    expect(record.timelines[0]).toMatchObject({
      arn: 'arn:aws:ecs:eu-west-1:123456789012:service/qa/hid-generator',
      deployments: [
        { stage: 'rollout', id: 'ecs-svc/2222222222222222222', serviceDeployment: null },
        {
          stage: 'roll-back',
          id: 'ecs-svc/3333333333333333333',
          taskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/hid-generator:15',
        },
      ],
    });
  });

  test('its phases in their order', () => {
    expect(record.phases.map(({ name }) => name)).toEqual([
      'fetch',
      'verify',
      'plan',
      'apply',
      'watch',
      'diagnose',
      'roll-back',
    ]);
    expect(record.phases[0]?.at).toBe('2016-03-02T14:05:00.000Z');
  });

  test('what the checks found, the forecast and the last words', () => {
    const { plans, diagnoses } = recordOf(notBack);
    expect(plans[0]).toMatchObject({
      findings: [{ check: 'secret', level: 'error' }, { level: 'warning' }, { level: 'note' }],
      forecast: { outcome: 'stuck', change: 'minimumHealthyPercent 50 (now 100)' },
    });
    // One of them is an error: nothing of the plan is carried out.
    expect(plans[0]?.steps).toEqual([]);
    const passed = play(notBack, [], []).map(({ at, event }) => ({
      at,
      event: event.kind === 'plan' ? { ...event, plan: { ...event.plan, findings: [] } } : event,
    }));
    const [plan] = buildRecord(passed, installerFacts('1.0.16.RELEASE', 60)).plans;
    expect(plan?.steps.map(({ operation }) => operation)).toEqual([
      'RegisterTaskDefinition',
      'UpdateService',
      undefined,
      'DescribeServices',
    ]);
    expect(diagnoses[0]).toMatchObject({ confidence: 'certain', logs: [{ cut: true }, { lines: [] }] });
  });

  test('none of it with a secret', () => {
    const secrets = ['api-key', 'OutOfMemoryError', '10.0.0.7', 'eu-west-1b', 'other-secret'];
    const events = play(notBack, [], secrets);
    const text = JSON.stringify(buildRecord(events, installerFacts('1.0.16.RELEASE', 60)));
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    expect(text).toContain('"outcome":"stuck"');
  });
});
