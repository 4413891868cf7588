// Figures that the tests measure go to target/containers.jsonl, one a line, for docs/containers.md.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const folder = path.join(import.meta.dirname, '../../target');

export function note(test: string, what: string, figures: object): void {
  mkdirSync(folder, { recursive: true });
  const line = JSON.stringify({ at: new Date().toISOString(), test, what, ...figures });
  appendFileSync(path.join(folder, 'containers.jsonl'), `${line}\n`);
}
