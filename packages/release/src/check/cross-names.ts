// The three descriptors must speak of the same family, cluster and service.
import type { DescriptorKind } from '../descriptor.ts';
import { quote } from '../path.ts';
import { clusterNameOf, familyOf, revisionOf, serviceNameOf } from '../reference.ts';
import type { Findings } from './findings.ts';
import { has, text } from './read.ts';

export interface Descriptors {
  readonly task?: unknown;
  readonly create?: unknown;
  readonly update?: unknown;
}
export type FindingsOf = Readonly<Record<DescriptorKind, Findings>>;

const sameInBoth = 'Write the same in both, best by one variable.';

function checkFamily(descriptors: Descriptors, findings: FindingsOf): void {
  const family = text(descriptors.task, 'family');
  for (const [kind, service] of [
    ['service-definition', descriptors.create],
    ['service-update', descriptors.update],
  ] as const) {
    const reference = text(service, 'taskDefinition');
    if (reference === undefined) continue;
    if (family !== undefined && familyOf(reference) !== family) {
      findings[kind].error(
        'family-differs',
        ['taskDefinition'],
        `taskDefinition names the family ${quote(familyOf(reference))}, the task definition belongs to ${quote(family)}`,
        `Write ${quote(family)} here, or the same variable in all three.`,
      );
    } else if (descriptors.task !== undefined && revisionOf(reference) !== undefined) {
      findings[kind].warning(
        'revision-pinned',
        ['taskDefinition'],
        `taskDefinition names revision ${String(revisionOf(reference))}; the revision that is registered for this release takes its place`,
        'Name the family only.',
      );
    }
  }
  const created = text(descriptors.create, 'taskDefinition');
  const updated = text(descriptors.update, 'taskDefinition');
  if (
    family === undefined &&
    created !== undefined &&
    updated !== undefined &&
    familyOf(created) !== familyOf(updated)
  ) {
    findings['service-update'].error(
      'family-differs',
      ['taskDefinition'],
      `taskDefinition is of the family ${quote(familyOf(updated))} here and ${quote(familyOf(created))} in the service-definition`,
      sameInBoth,
    );
  }
}

function checkCluster({ create, update }: Descriptors, findings: FindingsOf): void {
  if (create === undefined || update === undefined) return;
  // Late: there, and its value not known.
  if ([create, update].some((service) => has(service, 'cluster') && text(service, 'cluster') === undefined))
    return;
  const created = clusterNameOf(text(create, 'cluster'));
  const updated = clusterNameOf(text(update, 'cluster'));
  if (created === updated) return;
  findings['service-update'].error(
    'cluster-differs',
    has(update, 'cluster') ? ['cluster'] : [],
    `The cluster is ${quote(updated)} here and ${quote(created)} in the service-definition`,
    sameInBoth,
  );
}

function checkServiceName({ create, update }: Descriptors, findings: FindingsOf): void {
  const created = text(create, 'serviceName');
  const updated = text(update, 'service');
  if (created === undefined || updated === undefined || serviceNameOf(updated) === created) return;
  findings['service-update'].error(
    'service-differs',
    ['service'],
    `The service is ${quote(serviceNameOf(updated))} here and ${quote(created)} in the service-definition`,
    sameInBoth,
  );
}

export function checkNames(descriptors: Descriptors, findings: FindingsOf): void {
  checkFamily(descriptors, findings);
  checkCluster(descriptors, findings);
  checkServiceName(descriptors, findings);
}
