// Branch and branch map give the tag, or the build is ignored.
import { resolveBranch } from '@bamboo-ecs/bamboo';
import type { RunContext } from '@bamboo-ecs/program';
import {
  defaultBranchMap,
  formatBranchMap,
  parseBranchMap,
  tagOfBranch,
  type Problem,
  type Tag,
} from '@bamboo-ecs/release';
import { atSetting } from './problems.ts';

export type FoundTag =
  | { readonly kind: 'tag'; readonly tag: Tag; readonly branch: string }
  | { readonly kind: 'ignored'; readonly branch: string; readonly reason: string }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

export function findTag({ settings, variables }: RunContext): FoundTag {
  const resolved = resolveBranch(variables, settings.text('branch'));
  const text = settings.text('branches');
  const map = text === undefined ? ({ ok: true, value: defaultBranchMap } as const) : parseBranchMap(text);
  const problems = [
    ...(resolved.kind === 'problem' ? resolved.problems : []),
    ...(map.ok ? [] : atSetting(map.problems, 'branches')),
  ];
  if (resolved.kind === 'problem' || !map.ok) return { kind: 'problems', problems };
  const { branch } = resolved;
  if (resolved.kind === 'pull-request') return { kind: 'ignored', branch, reason: resolved.reason };
  const tag = tagOfBranch(map.value, branch);
  if (tag !== null) return { kind: 'tag', tag, branch };
  const reason = `the branch map ${formatBranchMap(map.value)} gives no tag for the branch ${branch}`;
  return { kind: 'ignored', branch, reason };
}
