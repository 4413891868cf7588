// What is known about a call and about the error that it ended with.
import type { ProxyTrouble } from '@bamboo-ecs/network';
import type { EcsErrorKind } from '@bamboo-ecs/rollout';

/**
 * `write`: an unreadable answer may hide a change that was made. `optional`: an operation that some servers lack,
 * whose unreadable answer means "not here".
 */
export type CallMode = 'read' | 'write' | 'optional';

/** What was called, on what, and in which way: decides what an unreadable answer means. */
export interface Call {
  /** `UpdateService` */
  readonly operation: string;
  /** `service hid-generator in cluster qa`, for the message. */
  readonly subject: string;
  readonly mode: CallMode;
}

export interface Facts {
  readonly kind: EcsErrorKind;
  /** AWS's error code, or the network's (`ECONNREFUSED`); absent when there is none. */
  readonly code?: string;
  /** HTTP status, when there was an answer. */
  readonly status?: number;
  /** The answer was not JSON: a page of a proxy, a truncated body. */
  readonly unreadable: boolean;
  /** The clocks differ too much for a signature. */
  readonly clockSkew: boolean;
  /** Milliseconds that AWS's clock is ahead of this machine's, when `clockSkew` and the answer says it. */
  readonly clockOffset?: number;
  /** It was the proxy on the way that failed the call. */
  readonly proxy?: ProxyTrouble;
}
