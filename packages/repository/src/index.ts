export type * from './address/address.ts';
export { parseRepositoryAddress } from './address/parse-address.ts';
export { repositoryConformance } from './conformance/conformance.ts';
export type { ConformanceGlobals, MakePort } from './conformance/globals.ts';
export { sampleManifest } from './conformance/sample.ts';
export { createFileRepository } from './file/file-repository.ts';
export { inParallel } from './in-parallel.ts';
export { fileSegments, pathSegments } from './path.ts';
export * from './port.ts';
export type * from './publish/publication.ts';
export { publishRelease } from './publish/publish-release.ts';
export { findNewestRelease } from './read/find-newest-release.ts';
export type { FindNewestOptions, NewestRelease } from './read/find-newest-release.ts';
export { listVersions } from './read/list-versions.ts';
export type { ListVersionsOptions } from './read/list-versions.ts';
export { readRelease } from './read/read-release.ts';
export type { ReadRelease, ReadReleaseOptions } from './read/read-release.ts';
export {
  findRecords,
  isOfOneFile,
  mayBeRecordOf,
  newestRecordFirst,
  recordPart,
  recordSuffix,
} from './record/find-records.ts';
export type { FoundRecords, RecordName } from './record/find-records.ts';
export { listRecords, readRecord, readRecordText, writeRecord } from './record/records.ts';
export type { StoredRecord, WriteRecordOptions } from './record/records.ts';
export * from './redact.ts';
