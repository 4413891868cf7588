// Which handler answers an address.
import { searchAql } from './aql/search.ts';
import { copyOrMove } from './copy-move.ts';
import { remove } from './delete.ts';
import { deploy } from './deploy.ts';
import type { Exchange, World } from './exchange.ts';
import { html, json, Refusal, type Reply } from './reply.ts';
import { retrieve } from './retrieve.ts';
import { changeProperties, patchMetadata, storageInfo } from './storage-info.ts';
import { ping, ready, repositories, version } from './system.ts';

/** Every refusal comes back as Artifactory words it. */
export function answer(world: World, exchange: Exchange): Reply {
  try {
    return route(world, exchange);
  } catch (error) {
    if (error instanceof Refusal) return error.toReply();
    throw error;
  }
}

/** May this be asked without being known? Wrong credentials do not matter there either. */
export function isOpen(rawPath: string): boolean {
  return rawPath === 'api/system/ping' || rawPath === 'api/v1/system/readiness';
}

function route(world: World, exchange: Exchange): Reply {
  const { method, rawPath } = exchange;
  // Tomcat's own answer: the context path stands there twice.
  if (/^artifactory(?:\/|;|$)/u.test(rawPath)) return html(405, 'Method Not Allowed', { Allow: 'GET' });
  if (rawPath.startsWith('api/')) return api(world, exchange, rawPath.slice(4));
  switch (method) {
    case 'PUT':
      return deploy(world, exchange);
    case 'GET':
    case 'HEAD':
      return rawPath === '' ? ping() : retrieve(world, exchange);
    case 'DELETE':
      return remove(world, exchange);
    default:
      return html(405, 'Method Not Allowed', { Allow: 'GET, HEAD, PUT, DELETE' });
  }
}

function api(world: World, exchange: Exchange, rest: string): Reply {
  const { method, query } = exchange;
  const below = (prefix: string) => (rest.startsWith(prefix) ? rest.slice(prefix.length) : undefined);
  const reading = method === 'GET' || method === 'HEAD';
  if (reading && rest === 'system/ping') return ping();
  if (reading && rest === 'v1/system/readiness') return ready();
  if (reading && rest === 'system/version') return version(world);
  if (reading && rest === 'repositories') return repositories(world, exchange);
  if (method === 'POST' && rest === 'search/aql') return searchAql(world, exchange);
  const storage = below('storage/');
  if (storage !== undefined && reading) return storageInfo(world, exchange, storage);
  if (storage !== undefined && (method === 'PUT' || method === 'DELETE') && query.has('properties')) {
    return changeProperties(world, exchange, storage);
  }
  const metadata = below('metadata/');
  if (metadata !== undefined && method === 'PATCH') return patchMetadata(world, exchange, metadata);
  for (const verb of ['copy', 'move'] as const) {
    const raw = below(`${verb}/`);
    if (raw !== undefined && method === 'POST') return copyOrMove(world, exchange, verb, raw);
  }
  const message = `The stand-in does not have this part of Artifactory's REST API: ${method} /api/${rest}`;
  return json(501, { errors: [{ status: 501, message }] });
}
