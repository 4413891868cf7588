// The items in a folder on disk: contents by their sha256, and one index that is replaced whole.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checksumsOf } from './checksums.ts';
import type { FileItem, FolderItem, Item } from './store.ts';

const format = 1;

interface StoredProperties {
  readonly properties: readonly (readonly [string, readonly string[]])[];
}
type StoredFile = Omit<FileItem, 'bytes' | 'properties'> & StoredProperties;
type StoredItem = StoredFile | (Omit<FolderItem, 'properties'> & StoredProperties);

/** Empty when there is no index yet. Throws with the file's name when the data cannot be read. */
export function readFolder(dir: string): Item[] {
  const index = join(dir, 'index.json');
  if (!existsSync(index)) return [];
  try {
    const stored = JSON.parse(readFileSync(index, 'utf8')) as { format: number; items: StoredItem[] };
    if (stored.format !== format) throw new Error(`its format is ${stored.format}, not ${format}`);
    return stored.items.map((item) => restore(dir, item));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${index}: the data of the Artifactory stand-in cannot be read: ${reason}`, {
      cause: error,
    });
  }
}

export function writeFolder(dir: string, items: readonly Item[]): void {
  mkdirSync(join(dir, 'content'), { recursive: true });
  for (const item of items) {
    if (item.kind === 'file') writeContent(join(dir, 'content', item.checksums.sha256), item.bytes);
  }
  const stored = items.map((item) => {
    const { properties, ...rest } = item;
    return { ...withoutBytes(rest), properties: [...properties] };
  });
  replace(join(dir, 'index.json'), JSON.stringify({ format, items: stored }, null, 1));
}

function restore(dir: string, stored: StoredItem): Item {
  const properties = new Map(stored.properties);
  if (stored.kind === 'folder') return { ...stored, properties };
  const bytes = readFileSync(join(dir, 'content', stored.checksums.sha256));
  if (checksumsOf(bytes).sha256 !== stored.checksums.sha256) {
    throw new Error(`the content of ${stored.repo}/${stored.path} has changed`);
  }
  return { ...stored, bytes, properties };
}

function withoutBytes(item: object): object {
  return Object.fromEntries(Object.entries(item).filter(([key]) => key !== 'bytes'));
}

function writeContent(file: string, bytes: Buffer): void {
  if (!existsSync(file)) replace(file, bytes);
}

/** A reader, and a run that is killed, sees the old file or the new one, never half of one. */
function replace(file: string, content: string | Buffer): void {
  const half = `${file}.${process.pid}.tmp`;
  writeFileSync(half, content);
  renameSync(half, file);
}
