// /api/storage: what is known of an item, its properties, what lies below a folder.
import { describeStorage, storageAddress, toIso } from './describe-item.ts';
import {
  type Exchange,
  mayDeploy,
  noDeployRight,
  requirePro,
  requireReader,
  requireUser,
  type World,
} from './exchange.ts';
import { parseTarget, type Properties, show } from './paths.ts';
import { flag, parsePropertyList } from './query.ts';
import { json, Refusal, type Reply } from './reply.ts';
import { findItem } from './retrieve.ts';
import type { Item } from './store.ts';

/** `raw` is the undecoded path behind `/api/storage/`. */
export function storageInfo(world: World, exchange: Exchange, raw: string): Reply {
  const { query, base } = exchange;
  requireReader(world, exchange);
  const item = itemAt(world, raw);
  if (query.has('properties')) return properties(exchange, item);
  if (query.has('list')) return list(world, exchange, item);
  if (query.has('lastModified')) {
    requirePro(world);
    return json(200, { uri: storageAddress(base, item), lastModified: toIso(item.modified) });
  }
  const children = item.kind === 'folder' ? world.store.children(item) : [];
  return json(200, describeStorage(base, item, children), {
    'Content-Type': `application/vnd.org.jfrog.artifactory.storage.${item.kind === 'file' ? 'FileInfo' : 'FolderInfo'}+json`,
  });
}

function properties(exchange: Exchange, item: Item): Reply {
  const wanted = [...parsePropertyList(exchange.query.get('properties') ?? '').keys()].flatMap((names) =>
    names.split(','),
  );
  const shown = [...item.properties].filter(([key]) => wanted.length === 0 || wanted.includes(key));
  if (shown.length === 0) throw new Refusal(404, 'No properties could be found.');
  return json(200, { properties: Object.fromEntries(shown), uri: storageAddress(exchange.base, item) });
}

function list(world: World, exchange: Exchange, folder: Item): Reply {
  requirePro(world);
  const { query, base } = exchange;
  if (folder.kind === 'file') {
    throw new Refusal(400, `Expected a folder but found a file, at: ${show(folder)}`);
  }
  const depth = flag(query, 'deep') ? Number(query.get('depth') ?? Infinity) : 1;
  const below = folder.path === '' ? 0 : folder.path.length;
  const files = world.store.below(folder).filter((item) => {
    const relative = item.path.slice(below).replace(/^\//u, '');
    const deepEnough = relative.split('/').length <= depth;
    return deepEnough && (item.kind === 'file' || flag(query, 'listFolders'));
  });
  const root = flag(query, 'includeRootPath') ? [describeListed(folder, '/', query)] : [];
  const entries = files.map((item) =>
    describeListed(item, `/${item.path.slice(below).replace(/^\//u, '')}`, query),
  );
  return json(200, {
    uri: storageAddress(base, folder),
    created: toIso(world.now()),
    files: [...root, ...entries],
  });
}

function describeListed(item: Item, uri: string, query: Exchange['query']): object {
  const timestamps = flag(query, 'mdTimestamps') && item.properties.size > 0;
  return {
    uri,
    size: item.kind === 'file' ? item.bytes.length : -1,
    lastModified: toIso(item.modified),
    folder: item.kind === 'folder',
    ...(item.kind === 'file' ? { sha1: item.checksums.sha1, sha2: item.checksums.sha256 } : {}),
    ...(timestamps ? { mdTimestamps: { properties: toIso(item.updated) } } : {}),
  };
}

/** `PUT ?properties=a=1,2;b=3` and `DELETE ?properties=a,b`; for a folder its contents, too, unless `recursive=0`. */
export function changeProperties(world: World, exchange: Exchange, raw: string): Reply {
  const user = requireUser(exchange);
  requirePro(world);
  const item = itemAt(world, raw);
  if (!mayDeploy(user)) throw noDeployRight(item, user);
  const given = parsePropertyList(exchange.query.get('properties') ?? '');
  const change = exchange.method === 'DELETE' ? removal(given) : addition(given);
  const below =
    item.kind === 'folder' && exchange.query.get('recursive') !== '0' ? world.store.below(item) : [];
  for (const each of item.path === '' ? below : [item, ...below]) {
    world.store.update({ ...each, properties: change(each.properties), updated: world.now() });
  }
  return { status: 204 };
}

function addition(given: Properties): (properties: Properties) => Properties {
  if (given.size === 0 || [...given.values()].some((values) => values.length === 0 || values.includes(''))) {
    throw new Refusal(400, 'Properties value cannot be empty.');
  }
  return (properties) => new Map([...properties, ...given]);
}

function removal(given: Properties): (properties: Properties) => Properties {
  const names = new Set([...given.keys()].flatMap((key) => key.split(',')));
  return (properties) => new Map([...properties].filter(([key]) => !names.has(key)));
}

/** `PATCH /api/metadata/<repo>/<path>` with `{"props":{"k":["v"]|null}}`. */
export function patchMetadata(world: World, exchange: Exchange, raw: string): Reply {
  const user = requireUser(exchange);
  requirePro(world);
  const item = itemAt(world, raw);
  if (!mayDeploy(user)) throw noDeployRight(item, user);
  const changes = parseProps(exchange.body.toString('utf8'));
  const removed = new Set(changes.filter(([, values]) => values === null).map(([key]) => key));
  const kept = [...item.properties].filter(([key]) => !removed.has(key));
  const added = changes.flatMap(([key, values]) => (values === null ? [] : [[key, values] as const]));
  world.store.update({ ...item, properties: new Map([...kept, ...added]), updated: world.now() });
  return { status: 204 };
}

function parseProps(body: string): [string, string[] | null][] {
  const wrong = () => new Refusal(400, 'The body must be {"props": {"name": ["value"] or "value" or null}}.');
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    throw wrong();
  }
  const props = typeof parsed === 'object' && parsed !== null && 'props' in parsed ? parsed.props : undefined;
  if (typeof props !== 'object' || props === null || Array.isArray(props)) throw wrong();
  return Object.entries(props as Record<string, unknown>).map(([key, value]) => {
    if (value === null) return [key, null];
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (!values.every((each): each is string => typeof each === 'string')) throw wrong();
    return [key, values];
  });
}

function itemAt(world: World, raw: string): Item {
  const item = findItem(world, parseTarget(raw));
  if (item === undefined) throw new Refusal(404, 'Unable to find item');
  return item;
}
