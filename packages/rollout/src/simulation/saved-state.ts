// The state as JSON and back.
import { emptyState } from './state.ts';
import type { SimulationState } from './state.ts';

/** A version number, so that a state written by another version is refused instead of misread. */
export const savedVersion = 2;

export interface SavedSimulation {
  readonly version: number;
  readonly nowMs: number;
  /** JSON text of the state. */
  readonly state: string;
}

export function writeState(state: SimulationState): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    value instanceof Map ? { '#map': [...(value as Map<string, unknown>)] } : value,
  );
}

export function readState(text: string): SimulationState {
  const saved = JSON.parse(text, (_key, value: unknown) => {
    const entries =
      typeof value === 'object' && value !== null ? (value as { '#map'?: unknown })['#map'] : undefined;
    return Array.isArray(entries) ? new Map(entries as [string, unknown][]) : value;
  }) as SimulationState;
  // Members that a state of an earlier program does not have yet.
  const state = { ...emptyState(), ...saved };
  for (const service of state.services.values()) {
    // The last completed deployment is often one of those listed: one object again, not two.
    const same = service.deployments.find(({ id }) => id === service.lastCompleted?.id);
    service.lastCompleted = same ?? service.lastCompleted;
  }
  return state;
}
