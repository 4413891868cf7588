// One operation of the API: a request whose shape has been checked, and the simulation.
import { EcsSimulationError } from '@bamboo-ecs/rollout/simulation';
import type { EcsSimulation, JsonObject } from '@bamboo-ecs/rollout/simulation';

export type Operation = (simulation: EcsSimulation, request: JsonObject) => JsonObject;

export type Operations = Readonly<Record<string, Operation>>;

/** Throws InvalidParameterException when a list is longer than the API takes. */
export function atMost(items: readonly string[], most: number, name: string): readonly string[] {
  if (items.length <= most) return items;
  throw new EcsSimulationError('InvalidParameterException', `${name} must have at most ${most} entries.`);
}
