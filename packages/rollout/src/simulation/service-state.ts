// A service with its deployments, events, and the records of the service deployments API.
import type { JsonObject } from '@bamboo-ecs/release';
import type { Tags } from './state.ts';

/** The members of a service that belong to a revision: a change of one of them starts a deployment. */
export const revisionMembers = [
  'taskDefinition',
  'networkConfiguration',
  'platformVersion',
  'loadBalancers',
  'serviceRegistries',
  'serviceConnectConfiguration',
  'volumeConfigurations',
  'vpcLatticeConfigurations',
] as const;

export type Progress = 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';

export interface DeploymentState {
  /** `ecs-svc/1234567890123456789` */
  readonly id: string;
  status: 'PRIMARY' | 'ACTIVE';
  readonly createdAt: number;
  updatedAt: number;
  /** Task definition ARN and the other members of the revision. */
  readonly revision: JsonObject;
  readonly taskDefinition: string;
  readonly revisionArn: string;
  readonly serviceDeploymentArn: string;
  /** Container name → image digest, resolved once for the whole deployment. */
  readonly digests: Readonly<Record<string, string>>;
  progress: Progress;
  reason: string;
  failedTasks: number;
  /** Failures that the circuit breaker counts. */
  breakerFailures: number;
  /** Tasks in a row that never reached RUNNING. */
  startFailures: number;
  /** No start before this. */
  notBefore: number;
  /** How many tasks a replaced deployment still keeps up. */
  keep: number;
  /** It was completed once, so ECS can roll back to it. */
  everCompleted: boolean;
  /** The deployment that failed and led back to this one, while that is going on. */
  rollbackOf: string | null;
}

export type ServiceDeploymentStatus =
  | 'PENDING'
  | 'IN_PROGRESS'
  | 'SUCCESSFUL'
  | 'STOPPED'
  | 'STOP_REQUESTED'
  | 'ROLLBACK_REQUESTED'
  | 'ROLLBACK_IN_PROGRESS'
  | 'ROLLBACK_SUCCESSFUL'
  | 'ROLLBACK_FAILED';

/** A lifecycle hook of the stage that a deployment is in. */
export interface HookState {
  readonly id: string;
  readonly type: 'AWS_LAMBDA' | 'PAUSE';
  /** The function's ARN; null for a pause. */
  readonly target: string | null;
  status: 'AWAITING_ACTION' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  readonly beganAt: number;
  readonly expiresAt: number;
  readonly timeoutAction: 'CONTINUE' | 'ROLLBACK';
}

export interface ServiceDeploymentState {
  readonly arn: string;
  readonly deploymentId: string;
  readonly createdAt: number;
  readonly targetRevision: string;
  readonly sourceRevisions: readonly string[];
  startedAt: number | null;
  updatedAt: number;
  finishedAt: number | null;
  stoppedAt: number | null;
  status: ServiceDeploymentStatus;
  statusReason: string | null;
  rollback: { readonly reason: string; readonly startedAt: number; readonly revisionArn: string } | null;
  breaker: 'DISABLED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'TRIGGERED';
  failureCount: number;
  readonly configuration: JsonObject;
  /** Index of the step that it is at, and since when; null before it was entered. */
  step: number;
  stepAt: number | null;
  /** `SCALE_UP`, `BAKE_TIME`, … */
  stage: string;
  /** Those of the last stage that had any. */
  hooks: HookState[];
  /** Percent of the traffic that the new revision gets; null where none is shifted. */
  productionWeight: number | null;
  testWeight: number | null;
  /** Alarms that ended it. */
  triggeredAlarms: string[];
}

export interface ServiceRevisionState {
  readonly arn: string;
  readonly createdAt: number;
  readonly revision: JsonObject;
  readonly images: readonly {
    readonly containerName: string;
    readonly image: string;
    readonly imageDigest: string;
  }[];
}

export interface ServiceEventState {
  readonly id: string;
  readonly createdAt: number;
  readonly message: string;
}

export interface ServiceState {
  /** `cluster/service` */
  readonly key: string;
  readonly cluster: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly schedulingStrategy: 'REPLICA' | 'DAEMON';
  readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL';
  status: 'ACTIVE' | 'DRAINING' | 'INACTIVE';
  desiredCount: number;
  /** The members of the API that are not of the revision: deploymentConfiguration, placementStrategy, role, … */
  attributes: JsonObject;
  /** PRIMARY first. */
  deployments: DeploymentState[];
  /** Where a roll-back goes. */
  lastCompleted: DeploymentState | null;
  serviceDeployments: ServiceDeploymentState[];
  revisions: ServiceRevisionState[];
  /** Newest first, at most 100. */
  events: ServiceEventState[];
  /** Complaint → when it was last told, until it is resolved. */
  complaints: Map<string, number>;
  /** Tasks that were told to stop since the last look, for one event. */
  justStopped: string[];
  tags: Tags;
  /** When the scheduler looks next; null when nothing is to be done. */
  dueAt: number | null;
  /** Since when everything is as it should be, but not yet told so. */
  settledAt: number | null;
  /** When the steady state was last told; null while it is not steady. */
  steadyAt: number | null;
}
