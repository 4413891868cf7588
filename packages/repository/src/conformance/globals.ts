// What the suite needs of a test runner, so that nothing of jest is imported outside tests. Jest's own fit.
import type { RepositoryPort } from '../port.ts';

interface Matchers {
  toBe(expected: unknown): void;
  toEqual(expected: unknown): void;
  toContain(expected: string): void;
  toBeNull(): void;
}

export interface ConformanceGlobals {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => Promise<void>) => void;
  readonly expect: (actual: unknown) => Matchers;
}

/** A port to an empty place of its own; `close` lets it go. */
export type MakePort = () => Promise<{ readonly port: RepositoryPort; readonly close: () => Promise<void> }>;
