import type { DescriptorKind } from '../descriptor.ts';
import type { StructureType } from '../model/model-type.ts';
import { formatPath, quote } from '../path.ts';
import type { Findings } from './findings.ts';

/** Where the check against the model is. */
export interface Walk {
  readonly kind: DescriptorKind;
  readonly findings: Findings;
  /** JSON paths of late values: their type is checked, their value is a stand-in. */
  readonly late: ReadonlySet<string>;
  /** Where the walk is; pushed and popped. */
  readonly segments: (string | number)[];
  /** The structures around it, outermost first. */
  readonly parents: StructureType[];
}

export function isLate(walk: Walk): boolean {
  return walk.late.size > 0 && walk.late.has(formatPath(walk.segments));
}

export function nameOf(walk: Walk): string {
  const name = walk.segments.findLast((segment): segment is string => typeof segment === 'string');
  const last = walk.segments.at(-1);
  if (name === undefined) return 'the descriptor';
  return typeof last === 'number' ? `entry ${String(last)} of ${quote(name)}` : quote(name);
}
