// The shape of a history in the folder histories.

export interface Stop {
  readonly times?: number;
  /** An essential container ended with this code. */
  readonly exit?: number;
  /** It failed to start: the stopped reason. */
  readonly start?: string;
  /** The container's reason. */
  readonly text?: string;
  /** The stopped reason, where it is not the usual one. */
  readonly reason?: string;
  readonly unhealthy?: 'elb' | 'container';
  readonly spot?: boolean;
  readonly scaled?: boolean;
  readonly user?: string;
  /** A stop code without more. */
  readonly code?: string;
}

export interface Step {
  /** Seconds after our deployment began. What a step does not say stays. */
  readonly at: number;
  /** Running, pending, failed. */
  readonly new?: readonly [number, number, number];
  readonly old?: number;
  readonly desired?: number;
  readonly state?: 'COMPLETED' | 'FAILED';
  readonly why?: string;
  readonly events?: readonly string[];
  readonly stopped?: readonly Stop[];
  /** The old deployment is PRIMARY again. */
  readonly back?: boolean;
  /** Ours is not listed any more, the old one is PRIMARY. */
  readonly gone?: boolean;
  /** Somebody else's deployment is PRIMARY. */
  readonly stranger?: boolean;
}

export interface History {
  readonly name: string;
  /** Where it comes from: the address of the thread, what it was measured on, or `constructed`. */
  readonly source: string;
  readonly service: {
    readonly desired: number;
    /** Tasks of the version before; default as many. */
    readonly before?: number;
    /** As DescribeServices gives it. */
    readonly definition?: Record<string, never>;
    readonly failAfter?: number;
    /** Seconds; default 900. */
    readonly timeout?: number;
    readonly startedBy?: string;
    /** ListTasks is denied. */
    readonly denied?: boolean;
    /** A failed deployment of long ago is listed, too. */
    readonly leftover?: boolean;
  };
  readonly course: readonly Step[];
  readonly expect: {
    readonly verdict: string;
    /** When the decisive evidence is there, seconds. */
    readonly at: number;
    /** In the verdict's reason. */
    readonly says?: string;
    /** Calls to AWS, at most. */
    readonly calls?: number;
  };
}
