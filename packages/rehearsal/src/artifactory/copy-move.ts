// POST /api/copy and /api/move (Pro): like cp and mv, properties travel along.
import {
  type Exchange,
  mayDelete,
  mayDeploy,
  noDeployRight,
  requirePro,
  requireUser,
  type World,
} from './exchange.ts';
import { decodeForm, nameOf, parseTarget, type RepoPath, show } from './paths.ts';
import { flag } from './query.ts';
import { json, Refusal, type Reply } from './reply.ts';
import type { Item } from './store.ts';

/** `raw` is the undecoded path behind `/api/copy/` or `/api/move/`. */
export function copyOrMove(world: World, exchange: Exchange, verb: 'copy' | 'move', raw: string): Reply {
  const user = requireUser(exchange);
  requirePro(world);
  const source = parseTarget(raw);
  const item = world.store.get(source);
  if (item === undefined) throw failed(404, `Could not find item: ${show(source)}`);
  const to = parseTo(exchange);
  if (!world.repositories.has(to.repo)) throw failed(400, `Target repository '${to.repo}' does not exist`);
  // Into an existing folder, as cp does.
  const target =
    world.store.get(to)?.kind === 'folder'
      ? { repo: to.repo, path: `${to.path}/${nameOf(source.path)}` }
      : to;
  if (!mayDeploy(user)) throw noDeployRight(target, user);
  const pairs = [item, ...world.store.below(item)].map((each) => [each, at(target, each, item)] as const);
  const overwritten = pairs.find(
    ([each, { path }]) => each.kind === 'file' && world.store.get({ repo: target.repo, path }),
  );
  if (overwritten && !mayDelete(user)) {
    throw failed(
      403,
      `User doesn't have permissions to override '${show(overwritten[1])}'. Needs delete permissions.`,
    );
  }
  if (verb === 'move' && !mayDelete(user)) {
    throw failed(403, `User doesn't have permissions to move '${show(source)}'. Needs delete permissions.`);
  }
  if (!flag(exchange.query, 'dry')) carryOut(world, verb, source, pairs);
  return told(verb, source, target, pairs);
}

function carryOut(
  world: World,
  verb: string,
  source: RepoPath,
  pairs: readonly (readonly [Item, RepoPath])[],
): void {
  if (verb === 'move') world.store.remove(source);
  for (const [each, place] of pairs) world.store.put({ ...each, ...place, updated: world.now() });
}

/** The place of an item below `root` once `root` has become `target`. */
function at(target: RepoPath, item: Item, root: Item): RepoPath {
  return { repo: target.repo, path: `${target.path}${item.path.slice(root.path.length)}` };
}

function parseTo(exchange: Exchange): RepoPath {
  const to = exchange.query.get('to');
  if (to === undefined || to === '') throw failed(400, "The parameter 'to' is missing.");
  const { repo, path } = parseTarget(decodeForm(to).split('/').map(encodeURIComponent).join('/'));
  return { repo, path };
}

function told(
  verb: string,
  source: RepoPath,
  target: RepoPath,
  pairs: readonly (readonly [Item, RepoPath])[],
): Reply {
  const files = pairs.filter(([item]) => item.kind === 'file').length;
  const counts = `${files} artifacts and ${pairs.length - files} folders were ${verb === 'copy' ? 'copied' : 'moved'}`;
  const message = `${verb === 'copy' ? 'copying' : 'moving'} ${show(source)} to ${show(target)} completed successfully, ${counts}`;
  return json(200, { messages: [{ level: 'INFO', message }] });
}

/** Copy and move word their failures as messages, not as errors. */
class Failure extends Refusal {
  override toReply(): Reply {
    return json(this.status, { messages: [{ level: 'ERROR', message: this.message }] });
  }
}

function failed(status: number, message: string): Refusal {
  return new Failure(status, message);
}
