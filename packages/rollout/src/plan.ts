// The plan: what the installer will do with one service, as a value that can be printed, stored and compared.
import type { Difference, JsonObject } from '@bamboo-ecs/release';
import type { Finding } from './finding.ts';
import type { Forecast } from './forecast.ts';

/** The keys under which the installer tags each task definition revision; the note that a killed run leaves. */
export const tagKeys = {
  project: 'bamboo-ecs:project',
  version: 'bamboo-ecs:version',
  /** The manifest's identity, sha256 hex. */
  identity: 'bamboo-ecs:identity',
  /** sha256 hex over what is really applied: identity, late values, digests, tags of the kind of request. */
  applied: 'bamboo-ecs:applied',
  environment: 'bamboo-ecs:environment',
  cluster: 'bamboo-ecs:cluster',
  service: 'bamboo-ecs:service',
  buildKey: 'bamboo-ecs:build-key',
  buildNumber: 'bamboo-ecs:build-number',
  /** `family:revision` that ran before, where to roll back to; absent on a first deployment. */
  replaces: 'bamboo-ecs:replaces',
  /** Deployment id that was PRIMARY before. */
  replacesDeployment: 'bamboo-ecs:replaces-deployment',
  /** The service's desired count before, unless auto scaling owned it: what to go back to. */
  replacesDesired: 'bamboo-ecs:replaces-desired',
  /** The attributes of the service before, as far as the release changes them (planning/attributes-note.ts); goes on in `…-2`, `…-3`. */
  replacesAttributes: 'bamboo-ecs:replaces-attributes',
  /** `family:revision` from which somebody has gone back to this one by hand. */
  returnedFrom: 'bamboo-ecs:returned-from',
  /**
   * `rolling-back` when a run has seen it fail and is about to go back, then `failed`; `retried` when it is installed again.
   * With a bake `baking` from the registration on, then `baked`.
   * By hand: `returning` when it is about to come back, then `returned`; `withdrawn` when it was gone back from.
   */
  outcome: 'bamboo-ecs:outcome',
  /** When it was steady and its bake began, ISO 8601, by ECS's clock as far as that is known. */
  steadyAt: 'bamboo-ecs:steady-at',
  /** Why it failed: the cause of the diagnosis, `crash-loop`; of the newest failure, and only while `outcome` says that it failed. */
  cause: 'bamboo-ecs:cause',
  /** When it was seen to have failed, ISO 8601, by the clock of the run. */
  failedAt: 'bamboo-ecs:failed-at',
} as const;

export type PlanAction =
  /** The service is not there. */
  | 'create'
  | 'update'
  /** The same release runs, COMPLETED, running = desired. */
  | 'none'
  /** The same release is being rolled out already: watch it, change nothing. */
  | 'adopt'
  /** The same release failed here before: tried again only with `force`. */
  | 'refuse-failed'
  /** Somebody else's deployment is in progress: wait for it, then plan anew. */
  | 'wait'
  /** It cannot work or must not be done; `reason` says why. */
  | 'refuse';

export interface Plan {
  readonly action: PlanAction;
  /** One sentence: why this action. */
  readonly reason: string;
  readonly cluster: string;
  readonly service: string;
  /** What to do about it when refused. */
  readonly hint?: string;
  readonly differences: readonly Difference[];
  /** Notes and warnings that do not stop the installation. */
  readonly notes: readonly string[];
  /** A revision registered by a killed run of the same release, to be used instead of registering again. */
  readonly adoptRevision?: string;
  /**
   * Tags to write onto `adoptRevision` before it is used, when what it says is out of date: what it replaces now, and
   * that it is tried again.
   */
  readonly retag?: Readonly<Record<string, string>>;
  /** RegisterTaskDefinition request, when a revision must be registered. */
  readonly register?: { readonly request: JsonObject; readonly tags: Readonly<Record<string, string>> };
  /** CreateService or UpdateService request without the task definition's revision. */
  readonly request?: JsonObject;
  /** `family:revision` (or ARN) to go back to, when there is one. */
  readonly rollbackTo?: string;
  /** The desired count to go back to. */
  readonly rollbackDesired?: number;
  /** The desired count that the release sets; absent where it sets none. One that the service has otherwise is somebody else's. */
  readonly desiredSent?: number;
  /** Members of UpdateService that the release sets, and of which ECS does not tell what they were before. */
  readonly rollbackUnknown?: readonly string[];
  /** Members of UpdateService that the plan changes, as they were before; absent where it changes none. */
  readonly rollbackAttributes?: JsonObject;
  /** Nothing ran before that could be gone back to: a failure is answered by desired count 0. */
  readonly firstDeployment?: boolean;
  /** The PRIMARY deployment that was there when the plan was made. */
  readonly primaryBefore?: string;
  /** The deployment to watch when `adopt`. */
  readonly deployment?: string;
  /** Version that runs now according to the tags, if known. */
  readonly versionBefore?: string;
  /** Version that the plan brings. */
  readonly version?: string;
  /** What the preflight found; absent where nothing was looked at. */
  readonly findings?: readonly Finding[];
  /** How long the rollout may take, milliseconds; absent until it is known. */
  readonly timeoutMs?: number;
  /** The rollout, simulated; absent where nothing is rolled out. */
  readonly forecast?: Forecast;
}
