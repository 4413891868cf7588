import type { DescriptorKind } from '../descriptor.ts';
import { descriptorType } from '../model/model.ts';
import type { Problem } from '../problem.ts';
import { collectFindings } from './findings.ts';
import { withoutLateValues } from './late.ts';
import { checkAgainstModel } from './model-check.ts';
import { isObject } from './read.ts';
import { checkContainer } from './rules-container.ts';
import { checkDependencies } from './rules-dependencies.ts';
import { checkDeployment } from './rules-deployment.ts';
import { checkFargate } from './rules-fargate.ts';
import { checkPorts } from './rules-ports.ts';
import { checkService } from './rules-service.ts';
import { checkTask } from './rules-task.ts';
import { viewTask } from './task-view.ts';

export interface CheckOptions {
  /**
   * JSON paths (`formatPath`) of late values, for which a stand-in of the right type stands in the descriptor: their type is
   * checked, their value is not.
   */
  readonly late?: ReadonlySet<string>;
}

const deepest = 100;

/** Level by level, so that no input can exhaust the stack. */
function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/**
 * Everything that ECS would refuse in a descriptor, would drop without a word, or that can never work, each with its JSON path and
 * segments, in no fixed order; warnings for what is accepted and hurts. `value` is parsed JSON of any shape.
 */
export function checkDescriptor(
  kind: DescriptorKind,
  value: unknown,
  options: CheckOptions = {},
): readonly Problem[] {
  const findings = collectFindings();
  const late = options.late ?? new Set<string>();
  if (isTooDeep(value)) {
    findings.error('too-deep', [], `The ${kind} is nested more than ${String(deepest)} levels deep`);
    return findings.problems;
  }
  checkAgainstModel(kind, descriptorType(kind), value, findings, late);
  if (!isObject(value)) return findings.problems;
  const known = withoutLateValues(value, late);
  if (kind === 'task-definition') {
    const task = viewTask(known);
    checkTask(task, findings);
    for (const container of task.containers) checkContainer(task, container, findings);
    checkPorts(task, findings);
    checkDependencies(task, findings);
    checkFargate(task, findings);
  } else {
    checkService(kind, known, findings);
    checkDeployment(kind, known, findings);
  }
  return findings.problems;
}
