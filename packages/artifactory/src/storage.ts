// `GET /api/storage/<repo>/<path>`: what Artifactory knows of a file or folder, in every edition.
import type { Call } from './client.ts';
import { shownUrl } from './client.ts';
import { makeError } from './context.ts';
import type { Context } from './context.ts';
import { ask, checkNoPage, refused } from './settle.ts';

export interface StorageInfo {
  /** Names; null for a file. */
  readonly children: readonly string[] | null;
  readonly sha256: string | null;
  readonly size: number | null;
}

/** Enough for a folder with a hundred thousand children. */
const longestInfo = 16 * 1024 * 1024;

/** Null when there is nothing at that place. */
export async function readStorage(context: Context, url: string): Promise<StorageInfo | null> {
  const call: Call = { method: 'GET', url, headers: { accept: 'application/json' }, maxBytes: longestInfo };
  const settled = await ask(context, call);
  const { reply, answer } = settled;
  if (reply.status === 404 && !answer.elsewhere) return null;
  if (reply.status !== 200) throw refused(context, call, settled);
  checkNoPage(context, call, reply, '');
  const info = parseStorage(reply.body.toString('utf8'));
  if (info !== null) return info;
  throw makeError(
    context,
    {
      kind: 'foreign',
      lead: "The answer is not Artifactory's storage info.",
      hint: 'Look whether the address of the repository is that of Artifactory (…/artifactory/<repo>).',
    },
    `${call.method} ${shownUrl(url)} was answered ${reply.status}`,
    reply.status,
  );
}

function parseStorage(text: string): StorageInfo | null {
  let info: unknown;
  try {
    info = JSON.parse(text);
  } catch {
    return null;
  }
  // A file has a size, a folder has children; what has neither is something else.
  if (!isRecord(info) || typeof info['repo'] !== 'string') return null;
  const { children, size, checksums } = info;
  const sha256 = isRecord(checksums) ? checksums['sha256'] : null;
  return {
    children: Array.isArray(children) ? children.flatMap(nameOf) : null,
    sha256: typeof sha256 === 'string' && /^[0-9a-f]{64}$/i.test(sha256) ? sha256.toLowerCase() : null,
    size: /^\d+$/.test(String(size)) ? Number(size) : null,
  };
}

/** `{"uri": "/1.0.15.RELEASE", "folder": true}`: the name as it is, not encoded as in a URL. */
function nameOf(child: unknown): readonly string[] {
  if (!isRecord(child) || typeof child['uri'] !== 'string') return [];
  const name = child['uri'].replace(/^\//, '');
  return name === '' || name.includes('/') ? [] : [name];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
