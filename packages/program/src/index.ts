export * from './context.ts';
export type { RecordPublisher } from './end-run.ts';
export * from './files.ts';
export * from './main.ts';
export * from './run-program.ts';
export * from './stop.ts';
