// What planning sees: the input, and what follows from it at once.
import { sameRevision } from '../arn.ts';
import { primaryOf } from '../deployments.ts';
import type { Plan, PlanAction } from '../plan.ts';
import type { DeploymentSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import { appliedHash } from '../wanted/applied-hash.ts';
import type { PlanInput } from './options.ts';
import { isSameRelease, tagOf } from './tags.ts';

export interface Situation extends PlanInput {
  readonly applied: string;
  readonly primary: DeploymentSnapshot | undefined;
  /** The revision that the PRIMARY deployment runs; null when it could not be read. */
  readonly running: TaskDefinitionSnapshot | null;
  /** A revision of the wanted release that is there but does not run: a killed or failed run left it. */
  readonly left: TaskDefinitionSnapshot | null;
  /** `1.0.15.RELEASE` */
  readonly label: string;
}

export function situationOf(input: PlanInput): Situation {
  const { service, wanted } = input;
  const applied = appliedHash(wanted);
  const primary = primaryOf(service);
  const runs = primary?.taskDefinition || service.taskDefinition;
  const known = [input.current, input.latest].filter((revision) => revision !== null);
  const running = known.find(({ arn }) => sameRevision(arn, runs)) ?? null;
  const left = known.find(
    (revision) =>
      revision !== running && revision.status === 'ACTIVE' && isSameRelease(revision, wanted, applied),
  );
  return { ...input, applied, primary, running, left: left ?? null, label: wanted.version };
}

/** A plan with the members that every plan has. */
export function planFor(
  situation: Situation,
  action: PlanAction,
  reason: string,
  more: Partial<Plan> = {},
): Plan {
  const versionBefore = tagOf(situation.running, 'version');
  return {
    action,
    reason,
    cluster: situation.wanted.cluster,
    service: situation.wanted.service,
    differences: [],
    notes: [],
    version: situation.label,
    ...(situation.primary && { primaryBefore: situation.primary.id }),
    ...(versionBefore && { versionBefore }),
    ...more,
  };
}
