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
  /** The stop code, with `reason` or without more; empty: none. */
  readonly code?: string;
  /** Other containers of the task, and how they ended. */
  readonly beside?: readonly { readonly name: string; readonly exit?: number; readonly text?: string }[];
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
  /** ECS goes back under a new id, and says so in the state of that deployment only. */
  readonly backAs?: string;
  /** An answer from before the update. */
  readonly stale?: boolean;
  /** Running tasks of further old deployments, one a deployment. */
  readonly more?: number;
  /** Nothing is answered but that too much is asked. */
  readonly throttled?: boolean;
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
    /** So many drained deployments are listed, too. */
    readonly drained?: number;
    /** Seconds that ECS's clock is ahead of ours. */
    readonly ahead?: number;
    /** ECS tells no rollout state. */
    readonly stateless?: boolean;
    /** Containers that are not essential. */
    readonly auxiliaries?: readonly string[];
    /** Stopped tasks of earlier deployments, listed first. */
    readonly crowd?: number;
    /** Events come oldest first. */
    readonly disordered?: boolean;
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
