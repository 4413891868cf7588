// The first module of each image's bundle: runs before the program's own.
import { becomeOwner, type Identity } from './become-owner.ts';

const refusal = becomeOwner(process as unknown as Identity, process.cwd());
if (refusal !== null) {
  process.stdout.write(`bamboo-ecs: ${refusal}\n`);
  process.exit(2);
}
