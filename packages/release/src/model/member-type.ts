import type { DescriptorKind } from '../descriptor.ts';
import type { ModelType } from './model-type.ts';
import { descriptorType } from './model.ts';

function step(type: ModelType, segment: string | number): ModelType | undefined {
  if (type.kind === 'document') return type;
  if (typeof segment === 'number') {
    return type.kind === 'list' && Number.isInteger(segment) && segment >= 0 ? type.of : undefined;
  }
  if (type.kind === 'map') return type.of;
  return type.kind === 'structure' ? type.members.get(segment) : undefined;
}

/**
 * What ECS takes at a place of a descriptor: `memberType('task-definition', ['containerDefinitions', 0, 'memory'])` is
 * `{ kind: 'integer' }`. No segments: the whole request. Undefined where the model has no such place.
 */
export function memberType(
  kind: DescriptorKind,
  segments: readonly (string | number)[],
): ModelType | undefined {
  let type: ModelType | undefined = descriptorType(kind);
  for (const segment of segments) {
    if (!type) return undefined;
    type = step(type, segment);
  }
  return type;
}
