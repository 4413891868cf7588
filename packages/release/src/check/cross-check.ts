import { descriptorKinds, type DescriptorKind, type JsonObject } from '../descriptor.ts';
import type { Problem } from '../problem.ts';
import { checkServiceAgainstTask } from './cross-containers.ts';
import { checkDeployments } from './cross-deployment.ts';
import { checkNames, type Descriptors, type FindingsOf } from './cross-names.ts';
import { collectFindings } from './findings.ts';
import { withoutLateValues } from './late.ts';
import { isObject } from './read.ts';
import { viewTask } from './task-view.ts';

export interface CrossCheckOptions {
  /** JSON paths of the late values of each descriptor, as in `CheckOptions`. */
  readonly late?: Partial<Readonly<Record<DescriptorKind, ReadonlySet<string>>>>;
}

/**
 * Where the descriptors of one release contradict each other, or hurt together. Each problem's place has the `kind` of the
 * descriptor that it lies in. Descriptors that are not there are not missed.
 */
export function crossCheck(
  descriptors: Partial<Readonly<Record<DescriptorKind, JsonObject>>>,
  options: CrossCheckOptions = {},
): readonly Problem[] {
  const findings = Object.fromEntries(
    descriptorKinds.map((kind) => [kind, collectFindings(kind)]),
  ) as unknown as FindingsOf;
  const known = (kind: DescriptorKind): unknown => {
    const value: unknown = descriptors[kind];
    return isObject(value) ? withoutLateValues(value, options.late?.[kind] ?? new Set()) : undefined;
  };
  const all: Descriptors = {
    task: known('task-definition'),
    create: known('service-definition'),
    update: known('service-update'),
  };
  const task = all.task === undefined ? undefined : viewTask(all.task);
  checkNames(all, findings);
  if (task) {
    if (all.create !== undefined)
      checkServiceAgainstTask(task, all.create, true, findings['service-definition']);
    if (all.update !== undefined)
      checkServiceAgainstTask(task, all.update, false, findings['service-update']);
  }
  checkDeployments(all, task, findings);
  return descriptorKinds.flatMap((kind) => findings[kind].problems);
}
