// The record of a run: what was done, as data that outlives the log. Its JSON form is an interface: see README.
import type { Difference, Problem } from '@bamboo-ecs/release';
import type {
  Diagnosis,
  Finding,
  Forecast,
  PlanAction,
  PlanStep,
  ServiceStatus,
  VerdictKind,
} from '@bamboo-ecs/rollout';
import type { Stage } from '../timeline/tracker.ts';
import type { Sample } from '../timeline/sample.ts';

export const recordSchema = 1;

export interface RecordBuild {
  readonly key: string | null;
  readonly number: string | null;
  readonly url: string | null;
  readonly revision: string | null;
  readonly branch: string | null;
}

/** What the events do not say: the program adds it. What a run that ended early has not learnt stays away. */
export interface RecordFacts {
  readonly program: 'expander' | 'installer';
  readonly programVersion: string;
  readonly command: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly project?: string | null;
  /** `1.0.15.RELEASE` */
  readonly version?: string | null;
  /** The manifest's identity, sha256 hex. */
  readonly identity?: string | null;
  readonly manifestSha256?: string | null;
  /** Name of the environment, `QA`. */
  readonly environment?: string | null;
  readonly cluster?: string | null;
  readonly region?: string | null;
  readonly account?: string | null;
  readonly services?: readonly string[];
  /** The build that made the release. */
  readonly build?: Partial<RecordBuild>;
  /** The deployment in Bamboo that this run is part of. */
  readonly deployment?: { readonly environment?: string | null; readonly resultsUrl?: string | null };
  /** Address of the folder of the release in the repository. */
  readonly releaseUrl?: string | null;
  /** One sentence: what is left under way when a run is stopped. */
  readonly leftRunning?: string;
  /** One sentence: what came of the roll-back. */
  readonly rollback?: string;
}

export interface RecordPlan {
  readonly service: string;
  readonly cluster: string;
  readonly action: PlanAction;
  readonly reason: string;
  readonly hint: string | null;
  readonly versionBefore: string | null;
  readonly version: string | null;
  readonly rollbackTo: string | null;
  readonly differences: readonly Difference[];
  readonly notes: readonly string[];
  /** What a service that is created begins with, told as differences from nothing; empty for every other action. */
  readonly created: readonly Difference[];
  /** What happens in which order, and how often AWS is called for it. */
  readonly steps: readonly PlanStep[];
  /** What the checks before the installation found. */
  readonly findings: readonly Finding[];
  /** The rollout as the simulation foretells it. */
  readonly forecast: Forecast | null;
}

export interface RecordTimeline {
  readonly service: string;
  /** ARN of the service; null when ECS never told it. */
  readonly arn: string | null;
  /** The deployments that were watched, in their order: of the rollout, then of the roll-back. */
  readonly deployments: readonly RecordDeployment[];
  /** ISO 8601: zero of all `t` of this timeline. */
  readonly startedAt: string;
  /** One for each poll; of polls in a row that saw the same, the first and the last. */
  readonly samples: readonly Sample[];
  /** Service events of ECS during the run, `t` in milliseconds. */
  readonly events: readonly { readonly t: number; readonly message: string }[];
}

export interface RecordDeployment {
  readonly stage: Stage;
  /** `ecs-svc/1234567890` */
  readonly id: string;
  /** ARN of the task definition with its revision; null when it was not seen. */
  readonly taskDefinition: string | null;
  /** ARN of the service deployment, where the server has such. */
  readonly serviceDeployment: string | null;
}

export interface RecordPhase {
  readonly name: string;
  readonly title: string;
  /** ISO 8601: when it began; it ended with the next, the last one with the run. */
  readonly at: string;
}

export interface RecordVerdict {
  readonly service: string;
  readonly stage: Stage;
  readonly kind: VerdictKind;
  readonly reason: string;
  /** Milliseconds since the start of the service's timeline; null when it has none. */
  readonly t: number | null;
}

export interface RecordCheck {
  readonly suite: string;
  readonly name: string;
  readonly failure: string | null;
  readonly seconds: number | null;
}

export interface RunRecord {
  readonly schema: typeof recordSchema;
  readonly program: 'expander' | 'installer';
  readonly programVersion: string;
  readonly command: string;
  readonly project: string | null;
  readonly version: string | null;
  readonly identity: string | null;
  readonly manifestSha256: string | null;
  readonly environment: string | null;
  readonly cluster: string | null;
  readonly region: string | null;
  readonly account: string | null;
  readonly services: readonly string[];
  readonly build: RecordBuild;
  readonly deployment: { readonly environment: string | null; readonly resultsUrl: string | null };
  readonly releaseUrl: string | null;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Null when the run never came to a summary. */
  readonly exitCode: number | null;
  readonly exitMeaning: string;
  readonly outcome: string;
  readonly sentence: string;
  readonly todo: string | null;
  readonly leftRunning: string | null;
  readonly rollback: string | null;
  readonly summary: readonly (readonly [string, string])[];
  readonly phases: readonly RecordPhase[];
  readonly plans: readonly RecordPlan[];
  readonly timelines: readonly RecordTimeline[];
  /** In order; a service that was rolled back has two: of the rollout and of the roll-back. */
  readonly verdicts: readonly RecordVerdict[];
  readonly diagnoses: readonly (Diagnosis & { readonly service: string })[];
  /** What the command `status` found at each place; absent for every other command. */
  readonly statuses?: readonly ServiceStatus[];
  readonly problems: readonly Problem[];
  readonly checks: readonly RecordCheck[];
  /** Warnings and errors told on the way. */
  readonly warnings: readonly {
    readonly at: string;
    readonly level: 'warning' | 'error';
    readonly text: string;
  }[];
  readonly settings: readonly { readonly name: string; readonly value: string; readonly origin: string }[];
}
