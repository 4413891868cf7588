import type { VerdictKind } from '@bamboo-ecs/rollout';
import { isGood } from '../exit-code.ts';

/** How bad something is: the colour, and a sign for those who do not see colours. */
export type Tone = 'good' | 'careful' | 'bad';

/** Superseded, unknown and stopped runs are neither success nor failure of the release. */
export function toneOfExit(exitCode: number | null): Tone {
  if (exitCode === null) return 'bad';
  if (isGood(exitCode)) return 'good';
  return [8, 9, 75].includes(exitCode) ? 'careful' : 'bad';
}

export function toneOfVerdict(kind: VerdictKind): Tone {
  if (kind === 'steady' || kind === 'unchanged') return 'good';
  return kind === 'superseded' || kind === 'unknown' || kind === 'paused' ? 'careful' : 'bad';
}

export const signs: Readonly<Record<Tone, string>> = { good: '✓', careful: '!', bad: '✕' };
