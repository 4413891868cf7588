// A revision that was deregistered can be described for a long time yet: what it takes to register the same once more.
import type { JsonObject } from '@bamboo-ecs/release';
import { without } from '../json.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';

/** What DescribeTaskDefinition tells and nobody asks for ("API_TaskDefinition"). */
export const describedOnly = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
  'tags',
];

/** A RegisterTaskDefinition request and the tags for it; those of AWS itself may not be written. */
export function registeredAgain({ definition, family, tags }: TaskDefinitionSnapshot): {
  readonly request: JsonObject;
  readonly tags: Readonly<Record<string, string>>;
} {
  const own = Object.entries(tags).filter(([key]) => !/^aws:/iu.test(key));
  return { request: { family, ...without(definition, ...describedOnly) }, tags: Object.fromEntries(own) };
}
