// What the adapter is told, and its defaults.
import type { ArtifactoryAddress } from '@bamboo-ecs/repository';

/**
 * How the password is sent. `auto`: with a user as Basic, an API key (`AKCp…`) as X-JFrog-Art-Api, else as Bearer; without
 * a password nothing is sent.
 */
export type Auth = 'auto' | 'basic' | 'bearer' | 'api-key';

/** Milliseconds. `connect`, `response` (until the first byte of the answer) and `request` span one attempt, `total` all attempts with their pauses. */
export interface Timeouts {
  readonly connect: number;
  readonly response: number;
  readonly request: number;
  readonly total: number;
}

/** `limit`: attempts after the first. Pauses in milliseconds: the first, doubled each time, at most `longestPause`; a Retry-After is honoured up to `longestRetryAfter`. */
export interface RetryPolicy {
  readonly limit: number;
  readonly firstPause: number;
  readonly longestPause: number;
  readonly longestRetryAfter: number;
}

/** Time, passed in. `Clock` of the rollout package fits. */
export interface Pacer {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number): Promise<void>;
}

/** One exchange, for the log and for tests. `address` carries no secret; `status` is null when there was no answer. */
export interface RequestNote {
  readonly method: string;
  readonly address: string;
  readonly status: number | null;
  readonly milliseconds: number;
  /** From 1. */
  readonly attempt: number;
}

export interface ArtifactoryOptions {
  readonly address: ArtifactoryAddress;
  readonly user?: string;
  /** A password, an API key or an access token. */
  readonly password?: string;
  readonly auth?: Auth;
  /** PEM text of private certificate authorities: trusted besides the usual ones. */
  readonly ca?: string;
  /** Where HTTP_PROXY, HTTPS_PROXY and NO_PROXY (either case) are looked up. Nothing is read from the process itself. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  readonly timeouts?: Partial<Timeouts>;
  readonly retry?: Partial<RetryPolicy>;
  readonly onRequest?: (note: RequestNote) => void;
  readonly clock?: Pacer;
  /** 0 ≤ x < 1: spreads the pauses of several agents. */
  readonly random?: () => number;
}

export const defaultTimeouts: Timeouts = {
  connect: 10_000,
  response: 60_000,
  request: 120_000,
  total: 300_000,
};

export const defaultRetry: RetryPolicy = {
  limit: 5,
  firstPause: 500,
  longestPause: 15_000,
  longestRetryAfter: 60_000,
};

export const realClock: Pacer = {
  now: () => Date.now(),
  sleep: (ms) =>
    new Promise((resolve) => {
      setTimeout(resolve, ms);
    }),
};
