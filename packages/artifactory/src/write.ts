import { createHash } from 'node:crypto';
import type { StoredFile, WriteOptions } from '@bamboo-ecs/repository';
import type { Call } from './client.ts';
import { shownUrl } from './client.ts';
import { makeError } from './context.ts';
import type { Context } from './context.ts';
import type { Reply } from './exchange.ts';
import { readFile } from './read.ts';
import { pauseBefore } from './retry.ts';
import { ask, refused } from './settle.ts';
import { statFile } from './stat.ts';

const longestReply = 1024 * 1024;
/** Looks after an accepted PUT that is not visible yet (replicas, 202). */
const looks = 4;

/**
 * PUT with checksums and properties, then a look at what is stored. The checksums make a repeated PUT harmless: the same
 * content is no overwrite for Artifactory, even for a user who may only deploy.
 */
export async function writeFile(
  context: Context,
  path: string,
  bytes: Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const body = Buffer.from(bytes);
  const sha256 = hash('sha256', body);
  if (options.exclusive && (await isThere(context, path, body, sha256))) return;
  const call: Call = {
    method: 'PUT',
    url: context.locator.file(path, options.properties),
    headers: {
      'content-type': options.contentType ?? 'application/json',
      'x-checksum-sha1': hash('sha1', body),
      'x-checksum-sha256': sha256,
      'x-checksum-md5': hash('md5', body),
    },
    body,
    maxBytes: longestReply,
  };
  const settled = await ask(context, call);
  const { reply } = settled;
  if (![200, 201, 202].includes(reply.status)) throw refused(context, call, settled);
  const stored = checksumInReply(reply);
  if (stored !== null && stored !== sha256) {
    const lead = `The server stored other bytes than were sent: sha256 sent ${sha256}, stored ${stored}.`;
    throw makeError(
      context,
      { kind: 'corrupt', lead, hint: again },
      `PUT ${shownUrl(call.url)}`,
      reply.status,
    );
  }
  await readBack(context, path, call, sha256, body.length);
}

const again = 'Run this again. If it stays so, a proxy in between changes or empties what is uploaded.';

/** Artifactory has no conditional PUT: between this look and the PUT somebody else may come. */
async function isThere(context: Context, path: string, body: Buffer, sha256: string): Promise<boolean> {
  const found = await statFile(context, path);
  if (found === null) return false;
  const same = found.sha256 === null ? await sameBytes(context, path, body, found) : found.sha256 === sha256;
  if (same) return true;
  throw makeError(
    context,
    {
      kind: 'conflict',
      lead: 'Another content is there already, and it is not replaced.',
      hint: 'Nothing was changed. Look at what is there, or use another name.',
    },
    shownUrl(context.locator.file(path)),
  );
}

async function sameBytes(context: Context, path: string, body: Buffer, found: StoredFile): Promise<boolean> {
  if (found.size !== null && found.size !== body.length) return false;
  const there = await readFile(context, path, Math.max(body.length, 1));
  return there !== null && body.equals(there);
}

async function readBack(
  context: Context,
  path: string,
  call: Call,
  sha256: string,
  size: number,
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await statFile(context, path);
    if (found !== null) {
      if (found.sha256 === sha256 || (found.sha256 === null && (found.size ?? size) === size)) return;
      const lead = `After the upload other content is stored there: sha256 sent ${sha256}, found ${found.sha256 ?? `a file of ${found.size} bytes`}.`;
      const hint =
        'Somebody else may have published at the same time: look at the properties build.name and build.number of the file.';
      throw makeError(context, { kind: 'conflict', lead, hint }, `HEAD ${shownUrl(call.url)}`);
    }
    const moment = { attempt, elapsed: 0, total: Infinity, retryAfter: null, random: 0 };
    const pause = attempt < looks ? pauseBefore({ ...context.retry, limit: looks }, moment) : null;
    if (pause === null) {
      const lead = 'The server accepted the file, but it is not there to be read.';
      const hint = `Let an administrator give the permission Read besides Deploy/Cache on "${context.repository}"; publish to a local repository, not to a replica.`;
      throw makeError(
        context,
        { kind: 'misconfigured', lead, hint },
        `HEAD ${shownUrl(call.url)} was answered 404`,
        404,
      );
    }
    await context.clock.sleep(pause);
  }
}

/** `{"checksums": {"sha256": …}}`; null when the answer does not say, as behind some proxies or with 202. */
function checksumInReply(reply: Reply): string | null {
  try {
    const body: { checksums?: { sha256?: unknown } | null } | null = JSON.parse(reply.body.toString('utf8'));
    const value = body?.checksums?.sha256;
    return typeof value === 'string' ? value.toLowerCase() : null;
  } catch {
    return null;
  }
}

function hash(algorithm: 'sha1' | 'sha256' | 'md5', bytes: Buffer): string {
  return createHash(algorithm).update(bytes).digest('hex');
}
