// POST /api/search/aql.
import { type Exchange, requireReader, type World } from '../exchange.ts';
import { Refusal, type Reply, json, text } from '../reply.ts';
import type { Item } from '../store.ts';
import { fields } from './fields.ts';
import { compile, mentionsType, NotUnderstood } from './matching.ts';
import { type AqlObject, type AqlQuery, type AqlValue, isObject, parseAql, syntaxError } from './syntax.ts';

/** "Artifactory Query Language: performance": longer queries are refused. */
const longest = 6000;

export function searchAql(world: World, exchange: Exchange): Reply {
  requireReader(world, exchange);
  const query = exchange.body.toString('utf8').trim();
  if (query.length > longest) {
    throw new Refusal(400, `Failed to parse query: it has ${query.length} characters, more than ${longest}`);
  }
  const parsed = parseAql(query);
  try {
    return answer(world, exchange, parsed);
  } catch (error) {
    if (error instanceof NotUnderstood) throw syntaxError(query, Math.max(0, query.indexOf(error.near)));
    throw error;
  }
}

/** Steps in the order in which they must stand. */
const steps = ['find', 'include', 'transitive', 'sort', 'offset', 'limit', 'distinct'];

function answer(world: World, exchange: Exchange, { domain, calls }: AqlQuery): Reply {
  if (domain !== 'items' || calls[0]?.name !== 'find') throw new NotUnderstood(domain);
  let last = -1;
  for (const { name } of calls) {
    const step = steps.indexOf(name);
    if (step <= last) throw new NotUnderstood(`.${name}`);
    last = step;
  }
  const args = (name: string) => calls.find((call) => call.name === name)?.args;
  const sort = args('sort');
  if (sort !== undefined && world.edition !== 'pro') {
    return text(400, 'Sorting is not supported by AQL in the open source version', 'application/json');
  }
  const criteria = calls[0].args.map((arg) => {
    if (!isObject(arg)) throw new NotUnderstood('find(');
    return arg;
  });
  const shown = parseInclude(args('include'), exchange.user?.admin === true);
  let found = find(world, criteria);
  if (sort !== undefined) found = sorted(found, sort);
  const start = count(args('offset'), 'offset') ?? 0;
  const limit = count(args('limit'), 'limit');
  const page = found.slice(start, limit === undefined ? undefined : start + limit);
  const results = page.map((item) => describe(item, shown));
  const range = { start_pos: start, end_pos: start + page.length, total: page.length };
  return json(200, { results, range: limit === undefined ? range : { ...range, limit } });
}

function find(world: World, criteria: readonly AqlObject[]): Item[] {
  const tests = criteria.map((criterion) => compile(criterion, world.now()));
  const any = criteria.some(mentionsType);
  return world.store
    .all()
    .filter((item) => (any || item.kind === 'file') && tests.every((test) => test(item)));
}

interface Shown {
  readonly names: readonly string[];
  /** `all`, or the keys of those that were asked for. */
  readonly properties: 'all' | readonly string[];
}

function parseInclude(args: readonly AqlValue[] | undefined, admin: boolean): Shown {
  const all = [...fields.keys()].filter((name) => !name.startsWith('original_'));
  if (args === undefined) return { names: all, properties: [] };
  const names = new Set<string>();
  const keys: string[] = [];
  let everything = false;
  for (const arg of args) {
    if (typeof arg !== 'string') throw new NotUnderstood('.include');
    if (arg === '*') for (const name of all) names.add(name);
    else if (arg === 'property' || arg === 'property.*') everything = true;
    else if (arg.startsWith('@')) keys.push(arg.slice(1));
    else if (fields.has(arg)) names.add(arg);
    else throw new NotUnderstood(`"${arg}"`);
  }
  if (names.size === 0) for (const name of all) names.add(name);
  if (!admin && !['repo', 'path', 'name'].every((name) => names.has(name))) {
    throw new Refusal(400, 'For permissions reasons AQL demands the following fields: repo, path and name.');
  }
  return {
    names: all.concat('original_md5', 'original_sha1').filter((name) => names.has(name)),
    properties: everything ? 'all' : keys,
  };
}

/** One entry per value; no member `properties` where there are none. */
function describe(item: Item, shown: Shown): object {
  const members = shown.names.map((name) => [name, fields.get(name)?.(item)] as const);
  const properties = [...item.properties]
    .filter(([key]) => shown.properties === 'all' || shown.properties.includes(key))
    .flatMap(([key, values]) => values.map((value) => ({ key, value })));
  return { ...Object.fromEntries(members), ...(properties.length === 0 ? {} : { properties }) };
}

/** `.sort({"$desc": ["created", "name"]})` */
function sorted(items: readonly Item[], args: readonly AqlValue[]): Item[] {
  const [order] = args;
  const [pair] = order !== undefined && isObject(order) ? order.pairs : [];
  const names = pair?.[1];
  if (pair === undefined || !['$asc', '$desc'].includes(pair[0]) || !Array.isArray(names))
    throw new NotUnderstood('.sort');
  const readers = names.map((name: AqlValue) => {
    const reader = typeof name === 'string' ? fields.get(name) : undefined;
    if (reader === undefined) throw new NotUnderstood(JSON.stringify(name));
    return reader;
  });
  const sign = pair[0] === '$asc' ? 1 : -1;
  return [...items].sort((a, b) => {
    for (const read of readers) {
      const [left, right] = [read(a) ?? '', read(b) ?? ''];
      if (left !== right) return left < right ? -sign : sign;
    }
    return 0;
  });
}

function count(args: readonly AqlValue[] | undefined, name: string): number | undefined {
  if (args === undefined) return undefined;
  const [value] = args;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0) throw new NotUnderstood(`.${name}`);
  return value;
}
