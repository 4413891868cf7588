// The late variables of a release, and what each must be.
import type { DescriptorKind, LateVariable, Problem } from '@bamboo-ecs/release';
import type { HolePaths } from './hole-paths.ts';
import type { ReadTemplate } from './read-template.ts';
import { latePrefix } from './template-name.ts';

/** Sorted, without `environment.`. */
export function lateNamesOf({ holes }: HolePaths): string[] {
  return [...new Set(holes.flatMap(({ hole }) => hole.late ?? []))].sort();
}

/** A number may also stand in a text, so the stricter of two types counts; a number and a boolean exclude each other. */
export function collectLateVariables(read: readonly ReadTemplate[]): {
  readonly variables: readonly LateVariable[];
  readonly problems: readonly Problem[];
} {
  const found = new Map<string, { type: LateVariable['type']; descriptors: Set<DescriptorKind> }>();
  const problems: Problem[] = [];
  for (const { kind, descriptor } of read) {
    for (const { hole, type } of descriptor?.located.holes.holes ?? []) {
      if (hole.late === undefined) continue;
      const known = found.get(hole.late);
      if (!known) {
        found.set(hole.late, { type, descriptors: new Set([kind]) });
        continue;
      }
      known.descriptors.add(kind);
      if (known.type === 'string') known.type = type;
      else if (type !== 'string' && type !== known.type) {
        problems.push({
          severity: 'error',
          code: 'late-type',
          message: `\${${latePrefix}${hole.late}} must be a ${type} here and a ${known.type} at another place; no value is both`,
          ...(descriptor ? { place: descriptor.located.page.place(hole.start) } : {}),
          hint: 'Use two variables.',
        });
      }
    }
  }
  const variables = [...found]
    .map(([name, { type, descriptors }]) => ({ name, type, descriptors: [...descriptors] }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  return { variables, problems };
}
