// How late a verdict is: against the true course of the service, which the test looks at ten times a second.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Ran } from '../third-party/installer-shop.ts';
import type { Wanted } from './descriptors.ts';
import { note } from './figures.ts';
import { containersAreHere } from './here.ts';
import { openStage, revisionOf, type Case, type Deployment, type Stage } from './stage.ts';
import type { Behaviour } from './task-images.ts';

/** What a deployment has come to, if anything yet. */
function outcomeOf(deployments: readonly Deployment[], revision: number): 'completed' | 'failed' | null {
  const ours = deployments.find(({ taskDefinition }) => revisionOf(taskDefinition) === revision);
  if (ours?.rolloutState === 'FAILED') return 'failed';
  if (ours?.rolloutState !== 'COMPLETED' || ours.runningCount < ours.desiredCount) return null;
  const drained = deployments.every((one) => one === ours || one.runningCount + one.pendingCount === 0);
  return drained ? 'completed' : null;
}

interface Course {
  /** When the outcome was first seen, ms since the epoch. */
  readonly at: number;
  readonly outcome: string;
  /** The longest time between two looks, ms: what this machine adds to any time. */
  readonly gap: number;
}

async function watchCourse(one: Case, revision: number): Promise<Course> {
  let gap = 0;
  let last = Date.now();
  for (;;) {
    const { deployments } = await one.service();
    const at = Date.now();
    gap = Math.max(gap, at - last);
    last = at;
    const outcome = outcomeOf(deployments, revision);
    if (outcome) return { at, outcome, gap };
    await sleep(100);
  }
}

function timeOf({ lines, log }: Ran, text: string): number {
  const line = lines.find((each) => each.text.includes(text));
  if (!line) throw new Error(`no ${JSON.stringify(text)} in ${log}`);
  return line.at;
}

if (containersAreHere()) {
  describe('a verdict is at most 1 s and 12 % late', () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await openStage();
    }, 60_000);
    afterAll(async () => stage[Symbol.asyncDispose](), 60_000);

    const courses: readonly (readonly [
      string,
      'completed' | 'failed',
      Behaviour,
      Omit<Wanted, 'image'>,
      number,
    ])[] = [
      ['a quick rollout', 'completed', { kind: 'serves' }, { desired: 2 }, 0.2],
      ['old tasks that drain slowly', 'completed', { kind: 'serves' }, { desired: 2 }, 4],
      [
        'one task after the other',
        'completed',
        { kind: 'serves' },
        { desired: 4, minimum: 75, maximum: 100 },
        0.5,
      ],
      [
        'the circuit breaker',
        'failed',
        { kind: 'crashes', exitCode: 1, says: 'no' },
        { desired: 4, breaker: true },
        0.2,
      ],
      [
        'the circuit breaker, late',
        'failed',
        { kind: 'serves for', seconds: 0.4 },
        { desired: 1, breaker: true },
        0.2,
      ],
    ];

    test.each(courses)(
      '%s',
      async (name, outcome, behaviour, wanted, drain) => {
        await using one = await stage.newCase();
        const first = await one.install(await one.publish('1.0.14', { kind: 'serves', drain }, wanted));
        expect(first.exitCode).toBe(0);
        const built = await one.publish('1.0.15', behaviour, wanted);
        const running = one.install(built);
        const course = await watchCourse(one, 2);
        const ran = await running;
        expect([course.outcome, ran.exitCode]).toEqual([outcome, outcome === 'completed' ? 0 : 5]);
        const watched = timeOf(ran, '== Watch ==');
        const elapsed = course.at - watched;
        const late = timeOf(ran, 'Verdict on') - course.at;
        const allowed = 1000 + 0.12 * Math.max(0, elapsed);
        note('verdict-times', name, { elapsed, late, allowed: Math.round(allowed), gap: course.gap });
        // A tenth of a second for the test's own looks; and what the machine holds up the test it holds up the installer.
        expect(late).toBeLessThanOrEqual(allowed + 100 + 2 * course.gap);
        // Never before it is true; the first look that sees it may be one gap late.
        expect(late).toBeGreaterThanOrEqual(-100 - course.gap);
      },
      120_000,
    );
  });
}
