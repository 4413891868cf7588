// The first module of each image's bundle: runs before the program's own.
import { accessSync, constants, statSync } from 'node:fs';
import { becomeOwner, type Identity } from './become-owner.ts';

function canWrite(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const path = process.cwd();
const { uid, gid } = statSync(path);
const directory = { path, uid, gid, canWrite: () => canWrite(path) };
const refusal = becomeOwner(process as unknown as Identity, directory);
if (refusal !== null) {
  process.stdout.write(`bamboo-ecs: ${refusal}\n`);
  process.exit(2);
}
