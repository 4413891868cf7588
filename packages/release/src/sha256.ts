// Checksums as the whole project writes them.
import { createHash } from 'node:crypto';

/** Lower-case hex; of a string, over its UTF-8 bytes. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
