// Why a course got stuck, from the stage as it stood at the end.
import { boundsOf } from '../simulation/bounds.ts';
import type { Bounds } from '../simulation/bounds.ts';
import { fits } from '../simulation/placement.ts';
import type { Lack } from '../simulation/placement.ts';
import type { ContainerInstanceState } from '../simulation/state.ts';
import { isAlive } from '../simulation/task-health.ts';
import { primaryOf, tasksOf } from '../simulation/world.ts';
import type { Course } from './course.ts';
import type { Scene } from './scene.ts';
import { sayLacks } from './say-lacks.ts';
import type { LackingInstance } from './say-lacks.ts';
import { asSentence, plural } from './words.ts';

export interface WhyStuck {
  readonly sentence: string;
  /** What instances lack; empty when the limits alone are at fault. */
  readonly lacks: ReadonlySet<Lack | 'instances'>;
}

export function whyStuck(scene: Scene, { stage }: Course): WhyStuck {
  const { simulation, service } = stage;
  const { world } = simulation;
  const bounds = boundsOf(world, service);
  const alive = tasksOf(world, service).filter(isAlive);
  const own = alive.filter(({ startedBy }) => startedBy === primaryOf(service)?.id).length;
  const old = alive.length - own;
  if (alive.length >= bounds.ceiling || scene.instances === null) {
    return { sentence: limitsSentence(scene, bounds), lacks: new Set() };
  }
  const lacking = lackingInstances(scene, { stage });
  const room = sayLacks(lacking, stage.need, simulation, service);
  const lacks = new Set<Lack | 'instances'>(
    lacking.length === 0 ? ['instances'] : lacking.map(({ lack }) => lack),
  );
  return { sentence: asSentence(`${room}: ${whatFollows(scene, bounds, own, old)}`), lacks };
}

function limitsSentence({ minimumPercent, maximumPercent, daemon }: Scene, { desired }: Bounds): string {
  const count = daemon ? '' : ` and desired count ${desired}`;
  return `With minimumHealthyPercent ${minimumPercent}, maximumPercent ${maximumPercent}${count} ECS may neither stop an old task nor start a new one.`;
}

function whatFollows(
  { minimumPercent }: Scene,
  { desired, floor }: Bounds,
  own: number,
  old: number,
): string {
  if (old === 0) {
    return own === 0
      ? `none of the ${plural(desired, 'task')} can start`
      : `only ${own} of ${plural(desired, 'task')} can start`;
  }
  const none = own === 0 ? 'no new task' : `after ${plural(own, 'new task')} no other`;
  return `${none} can start before an old one stops, and minimumHealthyPercent ${minimumPercent} lets none stop (${floor} of ${plural(desired, 'task')} must stay healthy)`;
}

function lackingInstances(scene: Scene, { stage }: Pick<Course, 'stage'>): LackingInstance[] {
  const { world } = stage.simulation;
  const { service } = stage;
  const found = world.state.clusters.get(service.cluster);
  if (found === undefined) return [];
  const siblings = tasksOf(world, service).filter(isAlive);
  const distinct = scene.daemon || scene.constraints.some((rule) => rule['type'] === 'distinctInstance');
  const taken = new Set(distinct ? siblings.flatMap(({ instance }) => instance ?? []) : []);
  const names = new Map((scene.instances ?? []).map(({ arn, name }) => [arn, name]));
  const nameOf = ({ arn }: ContainerInstanceState): string => names.get(arn) ?? arn;
  return fits(world, found, stage.need, { constraints: scene.constraints, taken }).flatMap(
    ({ instance, usage, lack }) =>
      lack === null
        ? []
        : [{ instance, usage, lack, name: nameOf(instance), distinct: taken.has(instance.arn) }],
  );
}
