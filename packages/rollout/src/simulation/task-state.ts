// One task, from PROVISIONING to the hour after it stopped.
import type { TaskOutcome } from './scenario.ts';
import type { Tags } from './state.ts';

export type TaskStatus =
  | 'PROVISIONING'
  | 'PENDING'
  | 'ACTIVATING'
  | 'RUNNING'
  | 'DEACTIVATING'
  | 'STOPPING'
  | 'DEPROVISIONING'
  | 'STOPPED';

export type TaskStep =
  | 'pending'
  | 'pull-failed'
  | 'activating'
  | 'start-failed'
  | 'running'
  /** A container ends by itself. */
  | 'exit'
  /** A container's own health check runs. */
  | 'health'
  /** A load balancer's health check runs. */
  | 'check'
  /** The healthy wait or the grace period is over. */
  | 'look'
  | 'stopping'
  | 'exited'
  | 'stopped'
  | 'forget';

export interface Timer {
  readonly at: number;
  readonly step: TaskStep;
  /** Index of the container or target that it is about. */
  readonly index?: number;
}

export interface PortBinding {
  readonly containerPort: number;
  readonly hostPort: number;
  readonly protocol: 'tcp' | 'udp';
}

export interface ContainerState {
  readonly name: string;
  readonly id: string;
  readonly image: string;
  readonly digest: string;
  readonly essential: boolean;
  readonly outcome: TaskOutcome;
  readonly bindings: readonly PortBinding[];
  /** Milliseconds that it may take to stop. */
  readonly stopTimeoutMs: number;
  /** Its own health check, if it has one. */
  readonly healthCheck: {
    readonly intervalMs: number;
    readonly retries: number;
    readonly startPeriodMs: number;
  } | null;
  lastStatus: 'PENDING' | 'RUNNING' | 'STOPPED';
  healthStatus: 'UNKNOWN' | 'HEALTHY' | 'UNHEALTHY';
  failedChecks: number;
  exitCode: number | null;
  reason: string | null;
}

export interface TargetState {
  /** Key of the target group or the classic load balancer. */
  readonly group: string;
  readonly containerPort: number;
  /** The port that the load balancer asks. */
  readonly port: number;
  state: 'initial' | 'healthy' | 'unhealthy' | 'draining';
  passed: number;
  failed: number;
  reason: string | null;
}

export interface TaskState {
  readonly id: string;
  readonly arn: string;
  readonly cluster: string;
  /** `cluster/service`, or null for a task that RunTask started. */
  readonly service: string | null;
  /** `ecs-svc/…` for a service's task, else what RunTask was given. */
  readonly startedBy: string;
  readonly group: string;
  readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL';
  readonly taskDefinition: string;
  readonly instance: string | null;
  readonly zone: string;
  readonly address: string;
  /** Whether the task has a network interface of its own (awsvpc). */
  readonly ownInterface: boolean;
  readonly cpu: number;
  readonly memory: number;
  readonly gpus?: number;
  readonly containers: ContainerState[];
  readonly targets: TargetState[];
  readonly createdAt: number;
  readonly labels: Readonly<Record<string, string>>;
  lastStatus: TaskStatus;
  desiredStatus: 'RUNNING' | 'STOPPED';
  pullStartedAt: number | null;
  pullStoppedAt: number | null;
  startedAt: number | null;
  stoppingAt: number | null;
  executionStoppedAt: number | null;
  stoppedAt: number | null;
  stopCode: string | null;
  stoppedReason: string | null;
  /** First time that it counted as healthy. */
  healthySince: number | null;
  /** Why its stop counts as a failure of its deployment; null when it does not. */
  failure: 'start' | 'exit' | 'health' | null;
  /** Alive, but to be replaced: it is unhealthy or its instance is DRAINING. */
  leaving: boolean;
  version: number;
  tags: Tags;
  timers: Timer[];
}
