// Contradictions between the descriptors of a release, each located in the text in which it can be seen.
import { crossCheck, type DescriptorKind, type JsonObject, type Problem } from '@bamboo-ecs/release';
import { type Located, locateProblems } from './locate-problems.ts';

export interface CheckedText {
  readonly kind: DescriptorKind;
  /** Undefined when the text is no JSON object. Unknown values are stand-ins. */
  readonly descriptor?: { readonly value: JsonObject; readonly located: Located };
}

export function crossProblems(texts: readonly CheckedText[]): Problem[] {
  const values: Partial<Record<DescriptorKind, JsonObject>> = {};
  const late: Partial<Record<DescriptorKind, ReadonlySet<string>>> = {};
  for (const { kind, descriptor } of texts) {
    if (!descriptor) continue;
    values[kind] = descriptor.value;
    late[kind] = descriptor.located.holes.paths;
  }
  const found = crossCheck(values, { late });
  return texts.flatMap(({ kind, descriptor }) => {
    if (!descriptor) return [];
    const own = found.filter(({ place }) => place?.kind === kind);
    return locateProblems(own, descriptor.located);
  });
}
