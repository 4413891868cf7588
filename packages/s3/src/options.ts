// What the adapter is told; what is absent is found as the AWS SDK finds it (environment, profile, role of the machine).
import type { S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Address } from '@bamboo-ecs/repository';

/** Milliseconds. `connect` and `request` span one attempt of the SDK (and the longest silence within an answer), `total` a whole call. */
export interface Limits {
  readonly connect: number;
  readonly request: number;
  readonly total: number;
}

export const defaultLimits: Limits = { connect: 10_000, request: 60_000, total: 300_000 };

export interface S3Options {
  readonly address: S3Address;
  readonly region?: string;
  /** Of another store that speaks S3, or AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL: buckets are then named in the path, not in the host. */
  readonly endpoint?: string;
  readonly credentials?: S3ClientConfig['credentials'];
  /** PEM text of private certificate authorities: trusted besides the usual ones. */
  readonly ca?: string;
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up. */
  readonly proxyEnv?: Readonly<Record<string, string | undefined>>;
  /** Of the SDK, the first included. Default 5. */
  readonly attempts?: number;
  readonly limits?: Partial<Limits>;
  /** Told once when AWS's clock is minutes ahead of this machine's (milliseconds; negative: behind). */
  readonly onClockOffset?: (milliseconds: number) => void;
  /** Told once when the store knows no `If-None-Match`: of two exclusive writers at one time both may win, the later one stays. */
  readonly onUnconditional?: () => void;
  /** Told of each call and how it ended: `ok`, or the name of the error. Attempts of the SDK are not told apart. */
  readonly onCall?: (operation: string, key: string, ended: string) => void;
}
