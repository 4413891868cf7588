export type * from './address/address.ts';
export { parseRepositoryAddress } from './address/parse-address.ts';
export * from './port.ts';
export * from './redact.ts';
