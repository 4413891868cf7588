// DELETE of a file or a folder with all that is in it.
import { type Exchange, mayDelete, noDeleteRight, requireUser, type World } from './exchange.ts';
import { parseTarget, show } from './paths.ts';
import { Refusal, type Reply } from './reply.ts';
import { findItem } from './retrieve.ts';

export function remove(world: World, exchange: Exchange): Reply {
  const user = requireUser(exchange);
  const target = parseTarget(exchange.rawPath);
  if (findItem(world, target) === undefined) {
    throw new Refusal(404, `Could not locate artifact '${show(target)}' (Nothing to delete).`);
  }
  if (!mayDelete(user)) throw noDeleteRight(target, user);
  world.store.remove(target);
  return { status: 204 };
}
