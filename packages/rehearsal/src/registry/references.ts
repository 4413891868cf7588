// Names, tags and digests, as the OCI Distribution Specification ("Pulling manifests") has them.
import { createHash } from 'node:crypto';

const name = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/u;
const tag = /^[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}$/u;
const digest = /^sha256:[0-9a-f]{64}$/u;

export const isName = (text: string): boolean => name.test(text);
export const isTag = (text: string): boolean => tag.test(text);
export const isDigest = (text: string): boolean => digest.test(text);

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
