export type { ArtifactoryStandInOptions, ArtifactoryUser, Edition } from './artifactory/options.ts';
export type { Fault, FaultKind } from './artifactory/faults.ts';
export type { LoggedRequest } from './artifactory/request-log.ts';
export { type ArtifactoryStandIn, startArtifactoryStandIn } from './artifactory/server.ts';
export * from './ecs/index-parts.ts';
export { pushImage, type PushOptions, type RunsAs } from './registry/push-image.ts';
export {
  type RegistryStandIn,
  type RegistryStandInOptions,
  startRegistryStandIn,
} from './registry/server.ts';
