// The simulation's state in a folder, so that a stand-in that is started again goes on.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SavedSimulation } from '@bamboo-ecs/rollout/simulation';

const fileName = 'ecs.json';

/** Null when nothing was saved yet. Throws when the file cannot be read as what it should be. */
export function load(dir: string): SavedSimulation | null {
  const file = path.join(dir, fileName);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const saved = JSON.parse(text) as Partial<SavedSimulation>;
    if (
      typeof saved.version === 'number' &&
      typeof saved.nowMs === 'number' &&
      typeof saved.state === 'string'
    ) {
      return saved as SavedSimulation;
    }
  } catch {
    // Told below.
  }
  throw new Error(`${file} is not a saved state of the ECS stand-in. Remove it to begin anew.`);
}

/** Written beside and renamed, so that a killed program leaves the old state or the new one. */
export function store(dir: string, saved: SavedSimulation): void {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, fileName);
  writeFileSync(`${file}.new`, JSON.stringify(saved));
  renameSync(`${file}.new`, file);
}
