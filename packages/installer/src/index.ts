export * from './explain.ts';
export * from './ports.ts';
export * from './publish-record.ts';
export * from './run-installer.ts';
export { watch, type Target, type Watched, type WatchPorts } from './watch.ts';
