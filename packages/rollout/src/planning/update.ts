// The service is there and something else runs on it: update it.
import type { JsonObject } from '@bamboo-ecs/release';
import { isShortServiceArn, revisionName, sameRevision } from '../arn.ts';
import { flagOf, member, numberOf } from '../json.ts';
import type { Plan } from '../plan.ts';
import { attributesBefore, attributesOf, deploymentAttributes, unknownBefore } from './attributes-before.ts';
import { notedAttributes } from './attributes-note.ts';
import { plannedDifferences } from './drift.ts';
import { deploymentInTheWay, describe } from './other-deployment.ts';
import { registration } from './registration.ts';
import { isDaemon, updateRequest } from './requests.ts';
import { rollbackTarget } from './rollback-target.ts';
import { planFor } from './situation.ts';
import type { Situation } from './situation.ts';
import { isMarkedFailed, isSameRelease, tagOf } from './tags.ts';

export function updatePlan(situation: Situation): Plan {
  const { running, left, service, primary, wanted, applied, options } = situation;
  const again = isSameRelease(running, wanted, applied);
  const usable = again ? (running?.status === 'ACTIVE' ? running : null) : left;
  const target = rollbackTarget(situation, usable?.arn ?? (again ? running?.arn : undefined));
  const { request, notes } = updateRequest(situation, again && usable !== null);
  const keepsCount = options.scalable === true || isDaemon(service.definition);
  const described = { ...deploymentAttributes(service.definition, primary?.id), ...service.definition };
  const before = wayBackAttributes(situation, target.revision, attributesBefore(described, request));
  const unknown = unknownBefore(described, request).filter((name) => !Object.hasOwn(before, name));
  const sent = numberOf(request, 'desiredCount');
  return planFor(situation, 'update', reasonOf(situation, again, left !== null), {
    ...registration(situation, usable, {
      revision: target.revision,
      deployment: primary?.id,
      desired: target.revision && !keepsCount ? service.desired : undefined,
      attributes: target.revision ? before : undefined,
    }),
    request,
    differences: plannedDifferences(situation, request),
    notes: [...notes, ...situationNotes(situation), ...(target.note ? [target.note] : [])],
    ...(target.revision && { rollbackTo: target.revision }),
    ...(target.revision && !keepsCount && { rollbackDesired: service.desired }),
    ...(sent !== undefined && { desiredSent: sent }),
    ...(target.revision && Object.keys(before).length > 0 && { rollbackAttributes: before }),
    ...(target.revision && unknown.length > 0 && { rollbackUnknown: unknown }),
    ...(target.first && { firstDeployment: true }),
  });
}

/** Where what runs now failed and is not gone back to, what it had changed is put back, too. */
function wayBackAttributes(
  { running }: Situation,
  target: string | undefined,
  before: JsonObject,
): JsonObject {
  const isBeyond = target !== undefined && sameRevision(tagOf(running, 'replaces') ?? '', target);
  return isBeyond ? { ...before, ...attributesOf(notedAttributes(running) ?? {}) } : before;
}

function reasonOf(situation: Situation, again: boolean, left: boolean): string {
  const { running, primary, service, label } = situation;
  const revision = revisionName(primary?.taskDefinition || service.taskDefinition);
  const version = tagOf(running, 'version');
  if (again) return `${label} (${revision}) is applied again, as force asks.`;
  const before = version ? `${version} (${revision})` : revision || 'nothing';
  const registered = left ? '; its revision was registered by an earlier run' : '';
  return `The service runs ${before}, ${label} replaces it${registered}.`;
}

function situationNotes(situation: Situation): string[] {
  const { service, wanted, running } = situation;
  const notes: string[] = [];
  const other = deploymentInTheWay(situation);
  if (other && !isSameRelease(running, wanted, situation.applied)) {
    notes.push(`${describe(situation, other)} is taken over.`);
  }
  if (isMarkedFailed(running)) {
    notes.push(
      `What runs now, ${tagOf(running, 'version') ?? 'its revision'}, failed when it was installed.`,
    );
  }
  if (!running)
    notes.push(
      'The revision that runs now could not be read: differences of the task definition are not known.',
    );
  const tagging =
    flagOf(wanted.serviceUpdate, 'enableECSManagedTags') || member(wanted.serviceUpdate, 'propagateTags');
  if (isShortServiceArn(service.arn) && tagging) {
    notes.push(
      'The service has the old short ARN: ECS cannot tag it or its tasks. Our tags are on the task definition and are not concerned.',
    );
  }
  return notes;
}
