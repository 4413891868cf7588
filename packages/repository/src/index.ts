export type * from './address/address.ts';
export { parseRepositoryAddress } from './address/parse-address.ts';
export * from './port.ts';
export { fileSegments, pathSegments } from './path.ts';
export * from './redact.ts';
