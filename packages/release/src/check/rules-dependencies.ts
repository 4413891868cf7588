// What containers of a task say about each other: dependsOn, links, volumesFrom. Source: "ContainerDependency" and
// "ContainerDefinition" in the Amazon ECS API Reference.
import { quote, type Segments } from '../path.ts';
import type { Findings } from './findings.ts';
import { hintFromNames } from './suggest.ts';
import { at, flag, has, list, strings, text } from './read.ts';
import type { ContainerView, TaskView } from './task-view.ts';

function checkExists(
  task: TaskView,
  name: string,
  segments: Segments,
  findings: Findings,
): ContainerView | undefined {
  const found = task.byName.get(name);
  if (!found && task.allNamed) {
    findings.error(
      'unknown-container',
      segments,
      `The task has no container ${quote(name)}`,
      hintFromNames(name, [...task.byName.keys()]),
    );
  }
  return found;
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

function checkReferences(task: TaskView, container: ContainerView, findings: Findings): void {
  for (const [index, dependency] of list(container.value, 'dependsOn').entries()) {
    const name = text(dependency, 'containerName');
    if (name === undefined) continue;
    const segments = [...container.segments, 'dependsOn', index];
    const other = checkExists(task, name, [...segments, 'containerName'], findings);
    if (other) checkCondition(other, text(dependency, 'condition'), [...segments, 'condition'], findings);
  }
  for (const [index, link] of list(container.value, 'links').entries()) {
    if (typeof link === 'string')
      checkExists(task, linked(link), [...container.segments, 'links', index], findings);
  }
  for (const [index, from] of list(container.value, 'volumesFrom').entries()) {
    const name = text(from, 'sourceContainer');
    const segments = [...container.segments, 'volumesFrom', index, 'sourceContainer'];
    if (name !== undefined) checkExists(task, name, segments, findings);
  }
}

/** `db:database` → `db` */
function linked(link: string): string {
  return link.replace(/:.*$/su, '');
}

function dependencies(container: ContainerView): string[] {
  return [
    ...list(container.value, 'dependsOn').flatMap((dependency) => text(dependency, 'containerName') ?? []),
    ...strings(container.value, 'links').map(linked),
  ];
}

/** ECS takes far fewer containers (quota: 10); beyond these the walk would cost more than it tells. */
const mostContainers = 1000;
const mostCircles = 10;

function reportCircle(task: TaskView, circle: readonly string[], findings: Findings): void {
  const members = new Set(circle);
  const first = [...task.byName.keys()].find((name) => members.has(name)) ?? '';
  const start = circle.indexOf(first);
  const turned = [...circle.slice(start), ...circle.slice(0, start)];
  const shown = turned.slice(0, mostCircles).map((name) => quote(name));
  findings.error(
    'dependency-circle',
    [...(task.byName.get(first)?.segments ?? []), 'dependsOn'],
    `The containers ${[...shown, ...(turned.length > shown.length ? ['…'] : []), quote(first)].join(' → ')} wait for each other`,
  );
}

/** Each circle is reported at the first of its containers in the template. */
function checkCircles(task: TaskView, findings: Findings): void {
  if (task.containers.length > mostContainers) return;
  const done = new Set<string>();
  const path = new Set<string>();
  let circles = 0;
  const visit = (name: string): void => {
    if (done.has(name) || circles >= mostCircles) return;
    if (path.has(name)) {
      const names = [...path];
      reportCircle(task, names.slice(names.indexOf(name)), findings);
      circles += 1;
      return;
    }
    const container = task.byName.get(name);
    if (!container) return;
    path.add(name);
    for (const other of dependencies(container)) visit(other);
    path.delete(name);
    done.add(name);
  };
  for (const name of task.byName.keys()) visit(name);
}

export function checkDependencies(task: TaskView, findings: Findings): void {
  for (const container of task.containers) checkReferences(task, container, findings);
  checkCircles(task, findings);
}
