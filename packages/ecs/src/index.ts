export { call } from './call.ts';
export { createEcsClient } from './client.ts';
export type { EcsClient, EcsClientSettings, NeighbourConfig } from './client.ts';
export { EcsCallError } from './error.ts';
export { createEcsPort, type EcsPortOptions } from './port.ts';
export { defaultLimits, type TimeLimits } from './request-handler.ts';
export { createRequestHandler } from './request-handler.ts';
export type { ScalingLookUp } from './scaling.ts';
