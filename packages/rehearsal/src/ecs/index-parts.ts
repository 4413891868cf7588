// What the package exports of the ECS stand-in.
export { handleEcsRequest } from './handle-request.ts';
export { inProcessHandler } from './in-process.ts';
export type { InProcessHandler } from './in-process.ts';
export { startEcsStandIn } from './server.ts';
export type { EcsStandIn, EcsStandInOptions } from './server.ts';
export type { Fault as EcsFault } from './faults.ts';
export type { LoggedRequest as EcsLoggedRequest } from './request-log.ts';
