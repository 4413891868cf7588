// What runs at one place, since when, and whether it is as it should be.

export type Health =
  /** Every wanted task runs, nothing is in progress, every target is healthy as far as that was asked. */
  | 'healthy'
  /** A deployment is being rolled out. */
  | 'in-progress'
  | 'unhealthy'
  /** The desired count is 0. */
  | 'empty'
  /** The service does not exist, or is being deleted. */
  | 'absent';

export interface ServiceStatus {
  readonly project: string | null;
  readonly environment: string | null;
  readonly cluster: string;
  readonly service: string;
  readonly health: Health;
  /** One sentence: what runs, how many tasks, what is the matter. */
  readonly sentence: string;
  /** From the tags of the revision; null where it has none of ours. */
  readonly version: string | null;
  readonly identity: string | null;
  readonly build: { readonly key: string | null; readonly number: string | null };
  /** `family:7` of the PRIMARY deployment. */
  readonly taskDefinition: string | null;
  readonly deployment: string | null;
  /** When that deployment began, milliseconds since the epoch. */
  readonly since: number | null;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly rolloutState: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS' | null;
  readonly rolloutStateReason: string | null;
  readonly lastEvent: { readonly at: number; readonly message: string } | null;
  /** Of each target group, load balancer or registry, where it was asked for. */
  readonly targets: readonly { readonly id: string; readonly healthy: number; readonly all: number }[];
  /** One sentence for each thing that is otherwise than the installer left it: somebody was here. */
  readonly drift: readonly string[];
  /** Later attempts that failed or were withdrawn, and older revisions that were tried again since and failed; newest first. */
  readonly attempts: readonly FailedAttempt[];
  /** PAUSE hooks at which its deployment waits for somebody to decide; absent where none does, or it could not be asked. */
  readonly pauses?: readonly StatusPause[];
  /** What could not be looked at, or is good to know. */
  readonly notes: readonly string[];
}

export interface StatusPause {
  /** Id of the hook. */
  readonly hook: string;
  /** `POST_TEST_TRAFFIC_SHIFT`; null where ECS says none. */
  readonly stage: string | null;
  /** When ECS decides by itself, milliseconds since the epoch; null where it does not say. */
  readonly expiresAt: number | null;
  /** What it does then. */
  readonly otherwise: 'CONTINUE' | 'ROLLBACK';
  /** The commands that decide: to go on, and to go back. */
  readonly goOn: string;
  readonly goBack: string;
}

export interface FailedAttempt {
  readonly version: string;
  /** `family:8` */
  readonly taskDefinition: string;
  /** `failed`, `rolling-back`, `withdrawn` */
  readonly outcome: string;
  /** Cause of the diagnosis, `crash-loop`; null where none was noted. */
  readonly cause: string | null;
  readonly buildNumber: string | null;
  /** ISO 8601; null where nobody noted it. */
  readonly failedAt: string | null;
}

/** Healthy, and nobody changed it by hand. */
export function isAsItShouldBe({ health, drift }: Pick<ServiceStatus, 'health' | 'drift'>): boolean {
  return health === 'healthy' && drift.length === 0;
}
