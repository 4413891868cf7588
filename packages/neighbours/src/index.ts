export { createHealthPort } from './health.ts';
export { createLogsPort } from './logs.ts';
