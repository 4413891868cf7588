export { createAlarmPort } from './alarms.ts';
export { createHealthPort } from './health.ts';
export { createLogsPort } from './logs.ts';
export { createPreflightPort } from './preflight/preflight-port.ts';
export type { PreflightPortOptions } from './preflight/preflight-port.ts';
