// GET and HEAD of a file, of its checksums, of a folder.
import { sidecarOf } from './deploy.ts';
import { type Exchange, requireReader, type World } from './exchange.ts';
import { nameOf, parseTarget, show, type Target } from './paths.ts';
import { Refusal, type Reply, text } from './reply.ts';
import type { FileItem, Item } from './store.ts';

/** HEAD is answered like GET; the server leaves the body out. */
export function retrieve(world: World, exchange: Exchange): Reply {
  requireReader(world, exchange);
  const target = parseTarget(exchange.rawPath);
  const item = findItem(world, target);
  if (item?.kind === 'file' && !target.folder) return retrieveFile(exchange, item);
  const sidecar = sidecarOf(target.path);
  const base = sidecar && world.store.get({ repo: target.repo, path: sidecar.path });
  if (sidecar && base?.kind === 'file')
    return text(200, base.checksums[sidecar.kind], 'application/x-checksum');
  if (item?.kind === 'folder') return listing(target, world.store.children(target));
  throw new Refusal(404, `File not found.; Path: '${show(target)}'`);
}

/** The root of a repository is a folder that is always there. */
export function findItem(world: World, target: { repo: string; path: string }): Item | undefined {
  if (!world.repositories.has(target.repo)) return undefined;
  if (target.path !== '') return world.store.get(target);
  const at = 0;
  return {
    kind: 'folder',
    repo: target.repo,
    path: '',
    created: at,
    createdBy: 'admin',
    modified: at,
    modifiedBy: 'admin',
    updated: at,
    properties: new Map(),
  };
}

function retrieveFile(exchange: Exchange, item: FileItem): Reply {
  const headers = fileHeaders(item);
  if (exchange.method === 'GET' && notModified(exchange, item)) return { status: 304, headers };
  const range = exchange.method === 'GET' ? parseRange(exchange.headers.range, item.bytes.length) : undefined;
  if (range === 'unsatisfiable') {
    throw new Refusal(416, 'Requested range not satisfiable', {
      'Content-Range': `bytes */${item.bytes.length}`,
    });
  }
  if (range === undefined) return { status: 200, headers, body: item.bytes };
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${range.start}-${range.end}/${item.bytes.length}` },
    body: item.bytes.subarray(range.start, range.end + 1),
  };
}

/** The ETag is the bare sha1, without the quotes that HTTP asks for. */
export function fileHeaders(item: FileItem): Record<string, string> {
  const name = nameOf(item.path);
  // A header holds Latin characters only; the encoded form carries the others.
  const plain = name.replace(/[^\u0020-\u007e]|["\\]/gu, '_');
  return {
    'Content-Type': item.mimeType,
    'Last-Modified': new Date(item.modified).toUTCString(),
    ETag: item.checksums.sha1,
    'X-Checksum-Sha1': item.checksums.sha1,
    'X-Checksum-Sha256': item.checksums.sha256,
    'X-Checksum-Md5': item.checksums.md5,
    'Accept-Ranges': 'bytes',
    'X-Artifactory-Filename': encodeURIComponent(name),
    'Content-Disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  };
}

/** If-None-Match decides, quoted or not; If-Modified-Since only where there is none. */
function notModified(exchange: Exchange, item: FileItem): boolean {
  const tag = exchange.headers['if-none-match'];
  if (tag !== undefined) {
    const tags = new Set(tag.split(',').map((each) => each.trim().replace(/^W\//u, '').replaceAll('"', '')));
    return tags.has(item.checksums.sha1) || tags.has('*');
  }
  const since = Date.parse(exchange.headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(item.modified / 1000) * 1000 <= since;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

/** One range of bytes; several, and anything that is none, is answered with the whole file. */
function parseRange(header: string | undefined, size: number): Range | 'unsatisfiable' | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/u.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first === '') {
    const count = Math.min(Number(last), size);
    return count === 0 ? 'unsatisfiable' : { start: size - count, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? undefined : { start, end };
}

function listing(target: Target, children: readonly Item[]): Reply {
  const names = children.map(
    (child) => escapeHtml(nameOf(child.path)) + (child.kind === 'folder' ? '/' : ''),
  );
  const links = names.map((name) => `<a href="${name}">${name}</a>`).join('\n');
  const title = escapeHtml(`Index of ${target.repo}/${target.path}`);
  return text(
    200,
    `<html><head><title>${title}</title></head><body><pre>${links}</pre></body></html>`,
    'text/html',
  );
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/gu, (char) => `&#${char.charCodeAt(0)};`);
}
