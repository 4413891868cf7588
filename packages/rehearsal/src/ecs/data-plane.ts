// The load balancers' data plane: what a client of the service would be answered.
import type { EcsSimulation, TaskState } from '@bamboo-ecs/rollout/simulation';
import { tagOf } from '@bamboo-ecs/rollout/simulation';
import type { WireAnswer, WireRequest } from './wire.ts';

const prefix = '/_lb/';

/** Round robin over healthy registered tasks, for each load balancer. */
export class DataPlane {
  readonly #turns = new Map<string, number>();

  /** Null when the request is not for a load balancer. */
  answer(simulation: EcsSimulation, request: WireRequest): WireAnswer | null {
    const name = balancerOf(simulation, request);
    if (name === null) return null;
    const known = simulation.state.loadBalancers.has(name) || simulation.state.targetGroups.has(name);
    const group = [...simulation.state.targetGroups.values()].some((candidate) => candidate.name === name);
    if (!known && !group) return explain(404, `There is no load balancer or target group ${name}.`);
    const tasks = simulation.tasksBehind(name);
    const turn = this.#turns.get(name) ?? 0;
    const task = tasks[turn % Math.max(1, tasks.length)];
    if (task === undefined) return explain(503, `No healthy task is registered with ${name}.`);
    this.#turns.set(name, (turn % tasks.length) + 1);
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: `${JSON.stringify(speak(task))}\n`,
    };
  }
}

function explain(status: number, message: string): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify({ message })}\n`,
  };
}

/** By path `/_lb/NAME/…`, or by the Host header when it is a load balancer's DNS name. */
function balancerOf(simulation: EcsSimulation, request: WireRequest): string | null {
  if (request.path.startsWith(prefix)) {
    const name = request.path.slice(prefix.length).split(/[/?#]/u, 1)[0] ?? '';
    try {
      return decodeURIComponent(name);
    } catch {
      return name;
    }
  }
  const host = (request.headers['host'] ?? '').replace(/:\d+$/u, '').toLowerCase();
  const balancers = [...simulation.state.loadBalancers.values()];
  return balancers.find(({ dnsName }) => dnsName === host)?.name ?? null;
}

/** What a task says: the docker label `release`, else the tag of its first image. */
function speak(task: TaskState) {
  const image = task.containers[0]?.image ?? '';
  const version =
    (Object.hasOwn(task.labels, 'release') ? task.labels['release'] : undefined) ?? tagOf(image);
  const service = task.group.replace(/^service:/u, '');
  return {
    service,
    version,
    image,
    digest: task.containers[0]?.digest ?? '',
    task: task.id,
    zone: task.zone,
  };
}
