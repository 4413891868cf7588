// The items of all repositories, in memory; a change is told to whoever keeps them.
import type { Checksums } from './checksums.ts';
import { parentOf, type Properties, type RepoPath } from './paths.ts';

interface Common extends RepoPath {
  readonly created: number;
  readonly createdBy: string;
  readonly modified: number;
  readonly modifiedBy: string;
  /** When the item was last stored, properties included. */
  readonly updated: number;
  readonly properties: Properties;
}
export interface FileItem extends Common {
  readonly kind: 'file';
  readonly bytes: Buffer;
  readonly checksums: Checksums;
  /** What the client declared when it deployed. */
  readonly declared: Partial<Checksums>;
  readonly mimeType: string;
}
export interface FolderItem extends Common {
  readonly kind: 'folder';
}
export type Item = FileItem | FolderItem;

export class Store {
  readonly #items = new Map<string, Item>();
  readonly #changed: () => void;

  constructor(items: readonly Item[] = [], changed: () => void = () => {}) {
    for (const item of items) this.#items.set(keyOf(item), item);
    this.#changed = changed;
  }

  get(target: RepoPath): Item | undefined {
    return this.#items.get(keyOf(target));
  }

  /** Stores an item and the folders above it. */
  put(item: Item): void {
    this.#putFolders(item);
    this.#items.set(keyOf(item), item);
    this.#changed();
  }

  /** Replaces an item that is there, nothing else. */
  update(item: Item): void {
    this.#items.set(keyOf(item), item);
    this.#changed();
  }

  /** Removes an item with everything below it. */
  remove(target: RepoPath): void {
    this.#items.delete(keyOf(target));
    for (const item of this.below(target)) this.#items.delete(keyOf(item));
    this.#changed();
  }

  clear(): void {
    this.#items.clear();
    this.#changed();
  }

  all(): Item[] {
    return [...this.#items.values()];
  }

  /** Everything below a folder or, with an empty path, below the root of a repository; sorted by path. */
  below({ repo, path }: RepoPath): Item[] {
    const prefix = path === '' ? '' : `${path}/`;
    const found = this.all().filter(
      (item) => item.repo === repo && item.path.startsWith(prefix) && item.path !== path,
    );
    return found.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  children(folder: RepoPath): Item[] {
    return this.below(folder).filter((item) => parentOf(item.path) === folder.path);
  }

  /** A file with this content anywhere. */
  findContent(declared: Partial<Checksums>): FileItem | undefined {
    const kind = declared.sha256 === undefined ? 'sha1' : 'sha256';
    const wanted = declared[kind];
    return this.all().find(
      (item): item is FileItem => item.kind === 'file' && item.checksums[kind] === wanted,
    );
  }

  #putFolders({ repo, path, updated, modifiedBy }: Item): void {
    for (let folder = parentOf(path); folder !== ''; folder = parentOf(folder)) {
      const key = keyOf({ repo, path: folder });
      if (this.#items.has(key)) return;
      this.#items.set(key, folderItem({ repo, path: folder }, updated, modifiedBy));
    }
  }
}

export function folderItem(
  target: RepoPath,
  at: number,
  by: string,
  properties: Properties = new Map(),
): FolderItem {
  const { repo, path } = target;
  return {
    kind: 'folder',
    repo,
    path,
    created: at,
    createdBy: by,
    modified: at,
    modifiedBy: by,
    updated: at,
    properties,
  };
}

function keyOf({ repo, path }: RepoPath): string {
  return `${repo}/${path}`;
}
