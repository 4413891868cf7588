// The three checksums that Artifactory keeps of each file, and those that a client declares.
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface Checksums {
  readonly sha1: string;
  readonly md5: string;
  readonly sha256: string;
}
export type ChecksumKind = keyof Checksums;

export function checksumsOf(bytes: Buffer): Checksums {
  const hex = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex');
  return { sha1: hex('sha1'), md5: hex('md5'), sha256: hex('sha256') };
}

const kindByLength = new Map<number, ChecksumKind>([
  [32, 'md5'],
  [40, 'sha1'],
  [64, 'sha256'],
]);

/** `X-Checksum-Sha1`, `-Sha256`, `-Md5`, or `X-Checksum`, whose kind shows in its length. */
export function declaredChecksums(headers: IncomingHttpHeaders): Partial<Checksums> {
  const declared: { -readonly [K in ChecksumKind]?: string } = {};
  const bare = headerOf(headers, 'x-checksum');
  const kind = bare === undefined ? undefined : kindByLength.get(bare.length);
  if (bare !== undefined && kind !== undefined) declared[kind] = bare;
  for (const each of ['sha1', 'md5', 'sha256'] as const) {
    const value = headerOf(headers, `x-checksum-${each}`);
    if (value !== undefined) declared[each] = value;
  }
  return declared;
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  const first = Array.isArray(value) ? value[0] : value;
  const trimmed = first?.trim().toLowerCase();
  return trimmed === undefined || trimmed === '' ? undefined : trimmed;
}

export function agree(declared: Partial<Checksums>, actual: Checksums): boolean {
  return (['sha1', 'md5', 'sha256'] as const).every(
    (kind) => declared[kind] === undefined || declared[kind] === actual[kind],
  );
}

/** `ChecksumsInfo{checksums={SHA-1=ChecksumInfo{type=SHA-1, original='…', actual='…'}, …}}` */
export function describeChecksums(declared: Partial<Checksums>, actual: Checksums): string {
  const names = [
    ['SHA-1', 'sha1'],
    ['SHA-256', 'sha256'],
    ['MD5', 'md5'],
  ] as const;
  const parts = names.map(
    ([name, kind]) =>
      `${name}=ChecksumInfo{type=${name}, original='${declared[kind] ?? 'null'}', actual='${actual[kind]}'}`,
  );
  return `ChecksumsInfo{checksums={${parts.join(', ')}}}`;
}
