// The smallest change that gets a stuck rollout to its end: candidates, each tried in the simulation.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Lack } from '../simulation/placement.ts';
import { needOf } from '../simulation/task-need.ts';
import { courseOf } from './course.ts';
import type { Course } from './course.ts';
import { lowestThat } from './lowest-that.ts';
import { moreInstances } from './more-instances.ts';
import type { Scene } from './scene.ts';
import { withDynamicPorts } from './dynamic-ports.ts';

export interface Change {
  /** `minimumHealthyPercent 66 (now 100)` */
  readonly text: string;
  readonly course: Course;
}

export interface ChangesInput {
  readonly scene: Scene;
  /** What is lacking where it got stuck. */
  readonly lacks: ReadonlySet<Lack | 'instances'>;
  /** Behind a classic load balancer, which knows one port of an instance only. */
  readonly classic: boolean;
  /** The revision is there already: only the service and the cluster can be changed. */
  readonly fixedTask?: boolean;
}

/** A task that asks for more (10 TiB) has a slip in it that no smaller figure mends. */
const mostUnits = 10_485_760;

type Candidate = { readonly text: string; readonly scene: Scene } | null;

/** Those that work, smallest first: settings, then the task, then the cluster, then fewer tasks; what takes every task away comes last. */
export function changesThatWork(input: ChangesInput): readonly Change[] {
  const { scene, lacks, classic, fixedTask = false } = input;
  const tried = trying();
  const lacking = (lack: Lack): boolean => !fixedTask && lacks.has(lack);
  const candidates: readonly (() => Candidate)[] = [
    () => minimum(scene, tried),
    () => maximum(scene, tried),
    () => (lacking('port') && !classic ? dynamicPorts(scene, classic) : null),
    () => (lacking('memory') ? lessOf(scene, tried, 'memory', 'MiB of memory') : null),
    () => (lacking('cpu') ? lessOf(scene, tried, 'cpu', 'CPU units') : null),
    () => (lacks.size > 0 ? moreInstances(scene, (changed) => tried(changed) !== null) : null),
    () => (lacking('port') && classic ? dynamicPorts(scene, classic) : null),
    () => fewerTasks(scene, tried),
  ];
  const working = candidates.flatMap((candidate): Change[] => {
    const found = candidate();
    const course = found && tried(found.scene);
    return found && course ? [{ text: found.text + atWhatPrice(scene, course), course }] : [];
  });
  const empties = ({ course }: Change): number => (course.lowest === 0 && scene.seats.length > 0 ? 1 : 0);
  return working.toSorted((left, right) => empties(left) - empties(right));
}

/** The course when it comes to its end, else null. */
type Try = (scene: Scene) => Course | null;

/** All candidates together are simulated for so many events, a second or two. */
const mostEvents = 100_000;

function trying(): Try {
  let left = mostEvents;
  return (scene) => {
    if (left <= 0) return null;
    const course = courseOf(scene);
    // On a large cluster each of them takes longer.
    left -= course.events * (1 + (scene.instances?.length ?? 0) / 100);
    return course.outcome === 'finishes' ? course : null;
  };
}

function atWhatPrice({ seats }: Scene, { lowest }: Course): string {
  return lowest === 0 && seats.length > 0 ? ': no task serves meanwhile' : '';
}

/** The highest percentage at which so many tasks may be stopped first. */
function minimum(scene: Scene, tried: Try): Candidate {
  const desired = scene.desired || scene.seats.length;
  if (scene.seats.length === 0 || desired === 0 || scene.minimumPercent === 0) return null;
  const percentFor = (stopped: number): number => Math.floor(((desired - stopped) * 100) / desired);
  const changed = (stopped: number): Scene => ({ ...scene, minimumPercent: percentFor(stopped) });
  const stopped = lowestThat(1, desired, (count) => tried(changed(count)) !== null);
  if (stopped === null || percentFor(stopped) >= scene.minimumPercent) return null;
  return {
    text: `minimumHealthyPercent ${percentFor(stopped)} (now ${scene.minimumPercent})`,
    scene: changed(stopped),
  };
}

/** The lowest percentage at which so many tasks may be started beside the others. */
function maximum(scene: Scene, tried: Try): Candidate {
  const { desired } = scene;
  // "DeploymentConfiguration": not above 100 for a DAEMON.
  if (scene.daemon || desired === 0) return null;
  const percentFor = (more: number): number => Math.ceil(((desired + more) * 100) / desired);
  const changed = (more: number): Scene => ({ ...scene, maximumPercent: percentFor(more) });
  const more = lowestThat(1, desired, (count) => tried(changed(count)) !== null);
  if (more === null || percentFor(more) <= scene.maximumPercent) return null;
  return { text: `maximumPercent ${percentFor(more)} (now ${scene.maximumPercent})`, scene: changed(more) };
}

function dynamicPorts(scene: Scene, classic: boolean): Candidate {
  const changed = withDynamicPorts(scene.newTask);
  if (changed === null) return null;
  const how = classic ? ', with a target group in place of the classic load balancer' : '';
  return {
    text: `host port 0 (now ${changed.ports.join(', ')})${how}`,
    scene: { ...scene, newTask: changed.task },
  };
}

function lessOf(scene: Scene, tried: Try, what: 'cpu' | 'memory', unit: string): Candidate {
  const now = Math.floor(needOf(scene.newTask)[what]);
  if (now > mostUnits) return null;
  const changed = (less: number): Scene => ({ ...scene, newTask: resized(scene.newTask, what, now - less) });
  // ECS takes no less than 6 MiB for a container and 2 CPU units are the least that Docker gives.
  const least = what === 'memory' ? 6 : 2;
  const less = lowestThat(1, now - least, (count) => tried(changed(count)) !== null);
  if (less === null) return null;
  return { text: `${now - less} ${unit} for a task (now ${now})`, scene: changed(less) };
}

/** A size of the task counts before those of its containers. */
function resized(task: JsonObject, what: 'cpu' | 'memory', amount: number): JsonObject {
  return { ...task, [what]: String(amount) };
}

function fewerTasks(scene: Scene, tried: Try): Candidate {
  if (scene.daemon || scene.desired < 2) return null;
  const changed = (fewer: number): Scene => ({ ...scene, desired: scene.desired - fewer });
  const fewer = lowestThat(1, scene.desired - 1, (count) => tried(changed(count)) !== null);
  if (fewer === null) return null;
  return { text: `desiredCount ${scene.desired - fewer} (now ${scene.desired})`, scene: changed(fewer) };
}
