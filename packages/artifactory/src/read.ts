import { createHash } from 'node:crypto';
import type { Call } from './client.ts';
import type { Context } from './context.ts';
import type { Reply } from './exchange.ts';
import { ask, checkNoPage, refused } from './settle.ts';

/** The bytes of a file, compared with X-Checksum-Sha256 where the server sends it. */
export async function readFile(context: Context, path: string, maxBytes: number): Promise<Uint8Array | null> {
  const call: Call = { method: 'GET', url: context.locator.file(path), maxBytes };
  const settled = await ask(context, call, judgeChecksum);
  const { reply, answer } = settled;
  if (reply.status === 404 && !answer.elsewhere) return null;
  if (reply.status !== 200) throw refused(context, call, settled);
  checkNoPage(context, call, reply, path);
  return new Uint8Array(reply.body);
}

function judgeChecksum(reply: Reply, declared: string | null): string | null {
  if (declared === null) return null;
  const actual = createHash('sha256').update(reply.body).digest('hex');
  return actual === declared
    ? null
    : `sha256 declared by the server ${declared}, of the bytes that came ${actual}`;
}
