// Differences as people read them: container by container, the image by tag and digest, variables by name.
import type { Difference, JsonValue } from '@bamboo-ecs/release';
import { changeOf, containerChanges } from './change.ts';
import type { Change } from './change.ts';
import { pathSteps } from './path.ts';

/** What changes in one place. */
export interface ChangeGroup {
  /** `container web`, `task definition`, `service` */
  readonly title: string;
  readonly kind: 'container' | 'task-definition' | 'service';
  /** The whole container is new or goes away. */
  readonly whole?: 'added' | 'removed';
  readonly changes: readonly Change[];
}

/** Groups in this order: containers as they come, the rest of the task definition, the service. */
export function changeGroups(differences: readonly Difference[]): readonly ChangeGroup[] {
  const containers = new Map<string, ChangeGroup>();
  const task: Change[] = [];
  const service: Change[] = [];
  for (const difference of differences) {
    const steps = pathSteps(difference.path);
    const [first = ''] = steps;
    const inner = first === 'taskDefinition' || first === 'service' ? steps.slice(1) : steps;
    const [member, name] = inner;
    if (first === 'service') service.push(...changeOf(inner, difference));
    else if (member === 'containerDefinitions' && name !== undefined)
      addToContainer(containers, name, inner.slice(2), difference);
    else task.push(...changeOf(inner, difference));
  }
  return [
    ...[...containers.values()].map(imageFirst),
    ...(task.length > 0
      ? [{ title: 'task definition', kind: 'task-definition', changes: task } as const]
      : []),
    ...(service.length > 0 ? [{ title: 'service', kind: 'service', changes: service } as const] : []),
  ];
}

/** What people look for first. */
function imageFirst(group: ChangeGroup): ChangeGroup {
  const isImage = ({ what }: Change): boolean => what === 'image' || what === 'digest';
  const others = group.changes.filter((change) => !isImage(change));
  return { ...group, changes: [...group.changes.filter(isImage), ...others] };
}

function addToContainer(
  containers: Map<string, ChangeGroup>,
  name: string,
  inner: readonly string[],
  difference: Difference,
): void {
  const title = `container ${name}`;
  const whole = inner.length === 0 ? wholeContainer(difference) : null;
  if (whole !== null) {
    const [how, value] = whole;
    containers.set(name, { title, kind: 'container', whole: how, changes: containerChanges(value, how) });
    return;
  }
  const before = containers.get(name)?.changes ?? [];
  const changes = [...before, ...changeOf(inner.length === 0 ? [name] : inner, difference)];
  containers.set(name, { title, kind: 'container', changes });
}

function wholeContainer({ from, to }: Difference): readonly ['added' | 'removed', JsonValue] | null {
  if (from === undefined && to !== undefined) return ['added', to];
  return from !== undefined && to === undefined ? ['removed', from] : null;
}
