// An item as deploy and storage info describe it. Sizes are strings here, unlike in AQL.
import { encodePath, nameOf, type RepoPath } from './paths.ts';
import type { FileItem, Item } from './store.ts';

/** `2026-09-12T22:27:26.691Z` */
export function toIso(at: number): string {
  return new Date(at).toISOString();
}

export function downloadAddress(base: string, target: RepoPath): string {
  return `${base}/${encodePath(target)}`;
}

export function storageAddress(base: string, target: RepoPath): string {
  return `${base}/api/storage/${encodePath(target)}`;
}

/** The body of a deploy's 201: its `uri` is the download address. */
export function describeDeployed(base: string, item: Item): object {
  const common = {
    repo: item.repo,
    path: `/${item.path}`,
    created: toIso(item.created),
    createdBy: item.createdBy,
  };
  const address = downloadAddress(base, item);
  return item.kind === 'folder'
    ? { ...common, uri: address }
    : { ...common, ...content(base, item), uri: address };
}

/** The body of storage info: its `uri` is the storage address. `children` are those of a folder. */
export function describeStorage(base: string, item: Item, children: readonly Item[]): object {
  const common = {
    repo: item.repo,
    path: `/${item.path}`,
    created: toIso(item.created),
    createdBy: item.createdBy,
    lastModified: toIso(item.modified),
    modifiedBy: item.modifiedBy,
    lastUpdated: toIso(item.updated),
  };
  const uri = storageAddress(base, item);
  if (item.kind === 'file') return { ...common, ...content(base, item), uri };
  const names = children.map((child) => ({ uri: `/${nameOf(child.path)}`, folder: child.kind === 'folder' }));
  return { ...common, children: names, uri };
}

function content(base: string, item: FileItem): object {
  return {
    downloadUri: downloadAddress(base, item),
    mimeType: item.mimeType,
    size: String(item.bytes.length),
    checksums: item.checksums,
    // Those that the client declared, and the sha256 in any case.
    originalChecksums: { ...item.declared, sha256: item.checksums.sha256 },
  };
}
