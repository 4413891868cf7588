// The way back along the tags: never "revision - 1", never past what is gone, never round in a circle.
import { describe, expect, test } from '@jest/globals';
import { nextBack, type LookedUp, type TaskDefinitionSnapshot } from '../../src/index.ts';
import { revision } from '../builders.ts';

type Known = Readonly<Record<string, TaskDefinitionSnapshot | null>>;

/** Walks as the installer does; how it ended. */
function walk(running: TaskDefinitionSnapshot, known: Known): string {
  const trail: LookedUp[] = [];
  for (let step = 0; step < 100; step += 1) {
    const next = nextBack(running, trail);
    if (next.kind === 'to') return `to ${next.revision.revision}`;
    if (next.kind === 'gone') return `gone ${next.reference}`;
    if (next.kind === 'none') return `none: ${next.reason}`;
    trail.push({ reference: next.reference, revision: known[next.reference] ?? null });
  }
  return 'for ever';
}

const one = revision(1, { version: '1.0.1.RELEASE' });
const failed = (number: number, replaces: string) =>
  revision(number, { version: `1.0.${number}.RELEASE`, replaces, outcome: 'failed' });

describe('nextBack', () => {
  test.each<[string, TaskDefinitionSnapshot, Known, string]>([
    ['the one that was replaced', revision(5, { replaces: 'web:1' }), { 'web:1': one }, 'to 1'],
    [
      'past failed, withdrawn and half rolled back ones',
      revision(5, { replaces: 'web:4' }),
      {
        'web:4': failed(4, 'web:3'),
        'web:3': revision(3, { replaces: 'web:2', outcome: 'withdrawn' }),
        'web:2': revision(2, { replaces: 'web:1', outcome: 'rolling-back' }),
        'web:1': one,
      },
      'to 1',
    ],
    [
      'one that was retried or has come back before counts',
      revision(5, { replaces: 'web:4' }),
      { 'web:4': revision(4, { replaces: 'web:1', outcome: 'returned' }) },
      'to 4',
    ],
    ['one that ECS does not know', revision(5, { replaces: 'web:4' }), {}, 'gone web:4'],
    [
      'one that is deregistered, although an older one is there',
      revision(5, { replaces: 'web:4' }),
      { 'web:4': revision(4, { replaces: 'web:1' }, { status: 'INACTIVE' }), 'web:1': one },
      'gone web:4',
    ],
    [
      'a revision without tags that ran before the installer came',
      revision(5, { replaces: 'web:4' }),
      { 'web:4': revision(4) },
      'to 4',
    ],
    [
      'a circle of failed ones',
      failed(5, 'web:4'),
      { 'web:4': failed(4, 'web:5') },
      'none: The tags lead round',
    ],
    ['itself', revision(5, { replaces: 'web:5' }), {}, 'none: The tags lead round in a circle'],
    ['nothing', revision(1, { version: '1.0.1.RELEASE' }), {}, 'none: 1.0.1.RELEASE (web:1) was the first'],
    ['an empty tag', revision(1, { replaces: '' }), {}, 'none: web:1 (web:1) was the first'],
    [
      'nothing before failed ones',
      revision(3, { version: '1.0.3.RELEASE', replaces: 'web:2' }),
      { 'web:2': revision(2, { version: '1.0.2.RELEASE', outcome: 'failed' }) },
      'none: 1.0.2.RELEASE (web:2) was the first that was installed here: it replaced nothing; everything after it',
    ],
  ])('%s', (_what, running, known, expected) => {
    expect(walk(running, known).slice(0, expected.length)).toBe(expected);
  });
});
