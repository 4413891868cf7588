export { createArtifactoryRepository } from './artifactory-repository.ts';
export type { ArtifactoryOptions, Auth, Pacer, RequestNote, RetryPolicy, Timeouts } from './options.ts';
