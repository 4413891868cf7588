export * from './descriptor.ts';
export * from './difference/difference.ts';
export * from './manifest.ts';
export * from './problem.ts';
export * from './version.ts';
