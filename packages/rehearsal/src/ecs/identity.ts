// Who asks: credentials are looked at only when `auth` says which access keys are known.
import type { WireRequest } from './wire.ts';

export interface AuthOptions {
  /** Access key ids that are known. Signatures are not verified. */
  readonly accessKeyIds: readonly string[];
}

export interface Refusal {
  readonly code: string;
  readonly message: string;
}

/** The access key id of a request that is signed with Signature Version 4. */
export function accessKeyOf(request: WireRequest): string | undefined {
  return /Credential=([^/,\s]+)\//u.exec(request.headers['authorization'] ?? '')?.[1];
}

/** Null when the request may pass. */
export function refusalOf(auth: AuthOptions | undefined, request: WireRequest): Refusal | null {
  if (auth === undefined) return null;
  const key = accessKeyOf(request);
  if (key === undefined)
    return { code: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' };
  if (auth.accessKeyIds.includes(key)) return null;
  return {
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  };
}
