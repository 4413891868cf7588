// The control API under /_rehearsal/: for tests, stories and people with curl.
import { ScenarioError } from '@bamboo-ecs/rollout/simulation';
import type { FrontDoor } from './front-door.ts';
import { scalableTarget } from './scaling.ts';
import { roleFrom } from './role-script.ts';
import type { TimeSource } from './time-source.ts';
import type { WireAnswer, WireRequest } from './wire.ts';

export interface Controlled {
  readonly door: FrontDoor;
  readonly time: TimeSource;
  /** Everything as at the start. */
  reset(): void;
}

type Control = (controlled: Controlled, body: unknown, query: URLSearchParams) => unknown;

const controls: Readonly<Record<string, Control>> = {
  'GET health': ({ door, time }) => ({
    status: 'up',
    service: 'ecs',
    now: new Date(door.simulation.now).toISOString(),
    speed: time.speed,
  }),

  'POST reset': (controlled) => {
    controlled.reset();
    return { reset: true };
  },

  'GET scenario': ({ door }) => door.simulation.scenario,

  'PUT scenario': ({ door }, body) => {
    door.simulation.setScenario(body);
    return door.simulation.scenario;
  },

  'GET faults': ({ door }) => door.faults.list(),

  'PUT faults': ({ door }, body) => {
    door.faults.set(body);
    return door.faults.list();
  },

  'DELETE faults': ({ door }) => {
    door.faults.set([]);
    return [];
  },

  'GET requests': ({ door }, _body, query) => {
    const operation = query.get('operation');
    return door.log.list().filter((entry) => operation === null || entry.operation === operation);
  },

  'GET counts': ({ door }) => door.log.counts(),

  'DELETE requests': ({ door }) => {
    door.log.clear();
    return [];
  },

  'GET time': ({ door, time }) => ({ nowMs: door.simulation.now, speed: time.speed }),

  'PUT time': ({ door, time }, body) => {
    const { speed, skipMs } = members(body);
    if (speed !== undefined) time.speed = numberFrom(speed, 'speed');
    if (skipMs !== undefined) time.skip(numberFrom(skipMs, 'skipMs'));
    door.simulation.advanceTo(time.now());
    return { nowMs: door.simulation.now, speed: time.speed };
  },

  'PUT scalable-targets': ({ door }, body) => {
    if (!Array.isArray(body)) throw new TypeError('The scalable targets must be a list.');
    const targets = (body as unknown[]).map((item) => {
      const { resourceId, min, max, suspended } = members(item);
      const [least, most] = [numberFrom(min ?? 1, 'min'), numberFrom(max ?? 10, 'max')];
      return scalableTarget(String(resourceId), least, most, suspended === true);
    });
    door.simulation.state.scalableTargets = targets;
    return targets;
  },

  'PUT alarms': ({ door }, body) => {
    for (const [name, ringing] of Object.entries(members(body)))
      door.simulation.setAlarm(name, ringing === true);
    return [...door.simulation.state.alarms.keys()];
  },

  'PUT roles': ({ door }, body) => {
    const { roles } = door.simulation.state;
    // All are read before the first counts.
    const told = Object.entries(members(body)).map(([name, role]) => [name, roleFrom(name, role)] as const);
    for (const [name, role] of told) roles.set(name, role);
    return Object.fromEntries(roles);
  },

  'PUT log-groups': ({ door }, body) => {
    const { logGroups } = door.simulation.state;
    const told = Object.entries(members(body)).map(([name, there]) => {
      if (typeof there === 'boolean') return [name, there] as const;
      throw new TypeError(`${name}: must be true or false.`);
    });
    for (const [name, there] of told) logGroups.set(name, there);
    return Object.fromEntries(logGroups);
  },

  'PUT hooks': ({ door }, body) => {
    for (const [target, script] of Object.entries(members(body))) {
      const { status, afterMs } = members(script);
      if (status !== 'SUCCEEDED' && status !== 'FAILED' && status !== 'IN_PROGRESS')
        throw new TypeError('status must be SUCCEEDED, FAILED or IN_PROGRESS.');
      door.simulation.setHook(target, status, numberFrom(afterMs ?? 0, 'afterMs'));
    }
    return Object.fromEntries(door.simulation.state.hooks);
  },
};

function members(body: unknown): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Record<string, unknown>;
  throw new TypeError('The body must be a JSON object.');
}

function numberFrom(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new TypeError(`${name} must be a number.`);
}

/** Null when the path is not one of the control API. */
export function controlAnswer(controlled: Controlled, request: WireRequest): WireAnswer | null {
  const [where = '', query = ''] = request.path.split('?', 2);
  const name = /^\/_rehearsal\/([a-z-]+)\/?$/u.exec(where)?.[1];
  if (!where.startsWith('/_rehearsal')) return null;
  const key = `${request.method} ${name ?? ''}`;
  const control = Object.hasOwn(controls, key) ? controls[key] : undefined;
  if (control === undefined) {
    return json(404, { message: `There is no ${request.method} ${where}.`, there: Object.keys(controls) });
  }
  try {
    const body: unknown = request.body === '' ? undefined : JSON.parse(request.body);
    return json(200, control(controlled, body, new URLSearchParams(query)));
  } catch (error) {
    // Everything that a caller can get wrong is one of these; anything else is a mistake of ours.
    const theirs =
      error instanceof ScenarioError ||
      error instanceof TypeError ||
      error instanceof RangeError ||
      error instanceof SyntaxError ||
      (error instanceof Error && error.name === 'EcsSimulationError');
    if (theirs) return json(400, { message: error.message });
    throw error;
  }
}

function json(status: number, value: unknown): WireAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}
