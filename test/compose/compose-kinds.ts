// The two generations of docker compose, as a test finds them on this machine.
import path from 'node:path';
import { findCompose, type Compose } from '../../scripts/compose/find-compose.ts';
import { requires } from '../third-party/requires.ts';

export const root = path.join(import.meta.dirname, '../..');

export interface ComposeKind {
  readonly kind: 'v1' | 'v2';
  readonly compose: Compose;
  /** For COMPOSE=… */
  readonly asked: string;
}

const candidates = {
  v1: ['docker-compose'],
  v2: ['docker compose', path.join(root, 'target/compose/v2/docker-compose'), 'docker-compose'],
} as const;

const how = {
  v1: 'apt-get install -y --no-install-recommends docker-compose (Debian bookworm)',
  v2: 'the plugin docker-compose-plugin, or sh scripts/compose/compose-v2.sh',
} as const;

/** Call it once in a test file: those that are here; of the others it is said, or a test fails where nothing may be left out. */
export function composeHere(): readonly ComposeKind[] {
  return (['v1', 'v2'] as const).flatMap((kind) => {
    const found = candidates[kind].flatMap((asked) => {
      const compose = findCompose(asked);
      const fits = typeof compose !== 'string' && compose.name.includes(` ${kind.slice(1)}.`);
      return fits ? [{ kind, compose, asked }] : [];
    });
    return requires(`docker compose ${kind}`, found.length > 0, how[kind]) ? found.slice(0, 1) : [];
  });
}
