// What a test needs and this machine may not have: never passed over in silence.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { test } from '@jest/globals';

const target = path.join(import.meta.dirname, '../../target');

/**
 * Call it once for each thing that the tests of a file need, and define them only when it returns true.
 * Where it is not found: under `BAMBOO_ECS_ALL=1` a test fails; otherwise one visible test is skipped and a line goes to
 * `target/left-out.txt`, which `make test` shows at its end. `how`: how to get it.
 */
export function requires(name: string, found: boolean, how: string): boolean {
  if (found) return true;
  const title = `LEFT OUT: ${name} — ${how}`;
  if (process.env['BAMBOO_ECS_ALL'] === '1') {
    test(title, () => {
      throw new Error(`${name} is not here, and BAMBOO_ECS_ALL=1 lets nothing be left out: ${how}`);
    });
    return false;
  }
  mkdirSync(target, { recursive: true });
  appendFileSync(path.join(target, 'left-out.txt'), `${name} — ${how}\n`);
  test.skip(title, () => undefined);
  return false;
}
