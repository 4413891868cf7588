export * from './explain.ts';
export type { Look, Seen } from './looks.ts';
export * from './ports.ts';
export * from './publish-record.ts';
export * from './run-installer.ts';
export type { Target } from './target.ts';
export { watch, type Watched } from './watch.ts';
export type { WatchPorts } from './watch-ports.ts';
