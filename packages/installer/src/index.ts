export * from './explain.ts';
export type { Look, Seen } from './looks.ts';
export * from './ports.ts';
export * from './publish-record.ts';
export * from './run-installer.ts';
export { watch, type Target, type Watched, type WatchPorts } from './watch.ts';
