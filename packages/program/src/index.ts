export * from './context.ts';
export type { RecordPublisher } from './end-run.ts';
export { whyUnread, type FileRead } from './file-read.ts';
export * from './files.ts';
export type { CommandHelp } from './help.ts';
export * from './main.ts';
export * from './run-program.ts';
export * from './stop.ts';
export type { Notifier, Told } from './tell-people.ts';
