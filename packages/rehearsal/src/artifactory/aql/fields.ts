// The fields of an item that AQL can ask for.
import { toIso } from '../describe-item.ts';
import { nameOf, parentOf } from '../paths.ts';
import type { Item } from '../store.ts';

type FieldValue = string | number;
export type Reader = (item: Item) => FieldValue | undefined;

/** `path` is that of the folder, `.` for the root; `size` is a number here, unlike in storage info. */
export const fields: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['repo', (item) => item.repo],
  ['path', (item) => parentOf(item.path) || '.'],
  ['name', (item) => nameOf(item.path)],
  ['type', (item) => item.kind],
  ['size', (item) => (item.kind === 'file' ? item.bytes.length : 0)],
  ['depth', (item) => item.path.split('/').length],
  ['created', (item) => toIso(item.created)],
  ['created_by', (item) => item.createdBy],
  ['modified', (item) => toIso(item.modified)],
  ['modified_by', (item) => item.modifiedBy],
  ['updated', (item) => toIso(item.updated)],
  ['actual_md5', (item) => (item.kind === 'file' ? item.checksums.md5 : undefined)],
  ['actual_sha1', (item) => (item.kind === 'file' ? item.checksums.sha1 : undefined)],
  ['sha256', (item) => (item.kind === 'file' ? item.checksums.sha256 : undefined)],
  ['original_md5', (item) => (item.kind === 'file' ? item.declared.md5 : undefined)],
  ['original_sha1', (item) => (item.kind === 'file' ? item.declared.sha1 : undefined)],
]);

export const dateFields = new Set(['created', 'modified', 'updated']);
export const numberFields = new Set(['size', 'depth']);
