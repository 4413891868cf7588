export * from './explain.ts';
export * from './ports.ts';
export * from './run-expander.ts';
