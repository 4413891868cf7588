import type { VerdictKind } from '@bamboo-ecs/rollout';

/** How bad something is: the colour. A sign or an icon goes with it for those who do not see colours. */
export type Tone = 'good' | 'neutral' | 'careful' | 'bad';

export function toneOfVerdict(kind: VerdictKind): Tone {
  if (kind === 'steady') return 'good';
  if (kind === 'unchanged') return 'neutral';
  return kind === 'superseded' || kind === 'unknown' || kind === 'paused' ? 'careful' : 'bad';
}

export const signs: Readonly<Record<Tone, string>> = { good: '✓', neutral: '=', careful: '!', bad: '✕' };
