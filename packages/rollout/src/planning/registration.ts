// Register a revision, or use the one that is there already.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Plan } from '../plan.ts';
import { tagKeys } from '../plan.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';
import { attributesNote, isAttributesTag } from './attributes-note.ts';
import type { Situation } from './situation.ts';
import {
  isBakePending,
  isMarkedFailed,
  isWithdrawn,
  referenceTag,
  revisionTags,
  roomBeside,
  tagOf,
} from './tags.ts';
import type { Replaced } from './tags.ts';

/** The members of a plan that say which revision is going to run. `existing` is used when it is there. */
export function registration(
  situation: Situation,
  existing: TaskDefinitionSnapshot | null,
  replaced: Replaced,
): Pick<Plan, 'adoptRevision' | 'retag' | 'register'> {
  const { wanted, applied } = situation;
  const bakes = situation.options.bake === true;
  const tags = revisionTags(wanted, applied, replaced, bakes);
  if (!existing) return { register: { request: wanted.taskDefinition, tags } };
  const retag = outdated(existing, replaced, bakes);
  return { adoptRevision: existing.arn, ...(Object.keys(retag).length > 0 && { retag }) };
}

/** The note on an existing revision must name what it replaces now, not what it replaced when it was registered. */
function outdated(
  existing: TaskDefinitionSnapshot,
  replaced: Replaced,
  bakes: boolean,
): Record<string, string> {
  const retag: Record<string, string> = {};
  const before = referenceTag(replaced.revision);
  if (before && tagOf(existing, 'replaces') !== before) {
    retag[tagKeys.replaces] = before;
    if (replaced.deployment) retag[tagKeys.replacesDeployment] = replaced.deployment;
  }
  const noted = tagOf(existing, 'replacesDesired');
  const isNews = noted === undefined ? tagKeys.replaces in retag : noted !== String(replaced.desired);
  if (replaced.desired !== undefined && isNews) retag[tagKeys.replacesDesired] = String(replaced.desired);
  if (replaced.attributes) Object.assign(retag, attributesRetag(existing, replaced.attributes));
  if (bakes) {
    if (!isBakePending(existing)) retag[tagKeys.outcome] = 'baking';
  } else if (isMarkedFailed(existing) || isWithdrawn(existing)) retag[tagKeys.outcome] = 'retried';
  return retag;
}

function attributesRetag(
  { tags }: TaskDefinitionSnapshot,
  attributes: JsonObject,
): Readonly<Record<string, string>> {
  const others = Object.keys(tags).filter((key) => !isAttributesTag(key));
  const had = Object.hasOwn(tags, tagKeys.replacesAttributes);
  // One that is there can be written over whatever the room.
  const note = attributesNote(attributes, Math.max(had ? 1 : 0, roomBeside(others.length)));
  return Object.fromEntries(Object.entries(note).filter(([key, value]) => tags[key] !== value));
}
