// What containers of a task say about each other: dependsOn, links, volumesFrom. Source: "ContainerDependency" and
// "ContainerDefinition" in the Amazon ECS API Reference.
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { didYouMean } from './suggest.ts';
import { at, flag, has, list, strings, text } from './read.ts';
import type { ContainerView, TaskView } from './task-view.ts';

interface Names {
  /** The first container of each name. */
  readonly byName: ReadonlyMap<string, ContainerView>;
  /** A name is late or missing: then nothing can be called unknown. */
  readonly complete: boolean;
}

function checkExists(names: Names, name: string, segments: Segments, findings: Findings): boolean {
  if (names.byName.has(name)) return true;
  if (!names.complete) return false;
  findings.error(
    'unknown-container',
    segments,
    `The task has no container ${quote(name)}`,
    didYouMean(name, names.byName.keys()) ??
      `It has ${[...names.byName.keys()].map((each) => quote(each)).join(', ')}.`,
  );
  return false;
}

/** "A dependency container with SUCCESS or COMPLETE condition cannot be an essential container" */
function checkCondition(
  other: ContainerView,
  condition: string | undefined,
  segments: Segments,
  findings: Findings,
): void {
  const essentialKnown = !has(other.value, 'essential') || flag(other.value, 'essential') !== undefined;
  if (
    (condition === 'SUCCESS' || condition === 'COMPLETE') &&
    essentialKnown &&
    flag(other.value, 'essential') !== false
  ) {
    findings.error(
      'dependency-condition',
      segments,
      `${quote(other.name ?? '')} is essential, so nothing can wait for its end (${condition}): the task would end with it`,
      'Write "essential": false for it, or wait for START or HEALTHY.',
    );
  }
  if (condition === 'HEALTHY' && !has(at(other.value, 'healthCheck'), 'command')) {
    findings.error(
      'dependency-condition',
      segments,
      `${quote(other.name ?? '')} has no healthCheck in the task definition, so it never becomes HEALTHY`,
    );
  }
}

function checkReferences(container: ContainerView, names: Names, findings: Findings): void {
  for (const [index, dependency] of list(container.value, 'dependsOn').entries()) {
    const name = text(dependency, 'containerName');
    const segments = [...container.segments, 'dependsOn', index];
    if (name === undefined || !checkExists(names, name, [...segments, 'containerName'], findings)) continue;
    const other = names.byName.get(name);
    if (other) checkCondition(other, text(dependency, 'condition'), [...segments, 'condition'], findings);
  }
  for (const [index, link] of list(container.value, 'links').entries()) {
    if (typeof link !== 'string') continue;
    checkExists(names, link.replace(/:.*$/su, ''), [...container.segments, 'links', index], findings);
  }
  for (const [index, from] of list(container.value, 'volumesFrom').entries()) {
    const name = text(from, 'sourceContainer');
    if (name !== undefined)
      checkExists(names, name, [...container.segments, 'volumesFrom', index, 'sourceContainer'], findings);
  }
}

function dependencies(container: ContainerView): string[] {
  return [
    ...list(container.value, 'dependsOn').flatMap((dependency) => text(dependency, 'containerName') ?? []),
    ...strings(container.value, 'links').map((link) => link.replace(/:.*$/su, '')),
  ];
}

/** ECS takes far fewer (quota: 10); beyond this the walk would cost more than it tells. */
const mostContainers = 1000;

/** Reports each circle once, at the first of its containers in the template. */
function checkCircles(names: Names, findings: Findings): void {
  if (names.byName.size > mostContainers) return;
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (name: string): void => {
    const start = path.indexOf(name);
    if (start >= 0) {
      const circle = path.slice(start);
      const first = [...names.byName.keys()].find((each) => circle.includes(each)) ?? name;
      findings.error(
        'dependency-circle',
        [...(names.byName.get(first)?.segments ?? []), 'dependsOn'],
        `The containers ${[...circle, name].map((each) => quote(each)).join(' → ')} wait for each other`,
      );
      return;
    }
    const container = names.byName.get(name);
    if (!container || done.has(name)) return;
    path.push(name);
    for (const other of dependencies(container)) visit(other);
    path.pop();
    done.add(name);
  };
  for (const name of names.byName.keys()) visit(name);
}

export function checkDependencies(task: TaskView, findings: Findings): void {
  const byName = new Map<string, ContainerView>();
  for (const container of task.containers) {
    if (container.name !== undefined && !byName.has(container.name)) byName.set(container.name, container);
  }
  const names: Names = { byName, complete: task.containers.every(({ name }) => name !== undefined) };
  for (const container of task.containers) checkReferences(container, names, findings);
  checkCircles(names, findings);
}
