export * from './create-registry.ts';
export type { DockerConfig, HostCredentials } from './credentials.ts';
export * from './image-reference.ts';
export * from './port.ts';
export type { RetryPolicy } from './retry.ts';
