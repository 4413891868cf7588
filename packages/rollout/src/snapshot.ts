// What one look at ECS saw: plain values, times in milliseconds since the epoch, no SDK types.
import type { JsonObject } from '@bamboo-ecs/release';

export interface DeploymentSnapshot {
  /** `ecs-svc/1234567890` */
  readonly id: string;
  /** One deployment is PRIMARY; those being drained (and, on some servers, failed ones for ever) are ACTIVE. */
  readonly status: string;
  /** Absent for classic load balancers and on some servers. */
  readonly rolloutState?: 'COMPLETED' | 'FAILED' | 'IN_PROGRESS';
  readonly rolloutStateReason?: string;
  /** Task definition ARN with its revision. */
  readonly taskDefinition: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly failed: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface ServiceEventSnapshot {
  readonly id: string;
  readonly at: number;
  readonly message: string;
}

/** A lifecycle hook of a deployment ("ServiceDeployment", ECS API Reference). */
export interface HookSnapshot {
  readonly id: string;
  /** `AWS_LAMBDA`, `PAUSE` */
  readonly type: string;
  readonly target?: string;
  /** `AWAITING_ACTION`, `IN_PROGRESS`, `SUCCEEDED`, `FAILED`, `TIMED_OUT` */
  readonly status: string;
  readonly expiresAt?: number;
  /** What ECS does when it expires: `CONTINUE`, `ROLLBACK`. */
  readonly timeoutAction?: string;
}

/** What DescribeServiceDeployments says of our deployment, where the server has that API. */
export interface ServiceDeploymentSnapshot {
  readonly arn: string;
  /** `IN_PROGRESS`, `SUCCESSFUL`, `ROLLBACK_IN_PROGRESS`, … */
  readonly status: string;
  readonly statusReason?: string;
  /** `SCALE_UP`, `BAKE_TIME`, … */
  readonly lifecycleStage?: string;
  readonly hooks: readonly HookSnapshot[];
  readonly circuitBreaker?: {
    readonly status: string;
    readonly failures: number;
    readonly threshold: number;
  };
  readonly alarms?: { readonly status: string; readonly triggered: readonly string[] };
  /** Percent of the production traffic that the new revision gets. */
  readonly productionWeight?: number;
  readonly rollbackReason?: string;
}

/** One target group (or classic load balancer, or Cloud Map service) of the service and the health of what is registered there. */
export interface TargetGroupSnapshot {
  /** ARN of the target group; name of the classic load balancer; ARN of the Cloud Map service. */
  readonly id: string;
  readonly kind: 'target-group' | 'load-balancer' | 'service-registry';
  readonly targets: readonly {
    /** `10.0.0.7:8080`, `i-0123:32768` */
    readonly id: string;
    /** `healthy`, `unhealthy`, `initial`, `draining`, `unused`, `unavailable` */
    readonly state: string;
    /** `Target.ResponseCodeMismatch` */
    readonly reason?: string;
    readonly description?: string;
  }[];
  /** How it checks, where it was asked: `HTTP GET /health on port 8080, expects 200, every 30 s, time-out 5 s`. */
  readonly check?: string;
}

/** The running tasks of our deployment by the health of their containers, where those have a check of their own. */
export interface ContainerHealthSnapshot {
  readonly healthy: number;
  readonly unhealthy: number;
  /** Not checked yet. */
  readonly unknown: number;
}

/** One service in one poll. A service that ECS does not know has status MISSING and empty lists. */
export interface ServiceSnapshot {
  /** When this was read, by our clock. */
  readonly at: number;
  readonly cluster: string;
  readonly name: string;
  /** Empty when MISSING and the server gave none. */
  readonly arn: string;
  readonly status: 'ACTIVE' | 'DRAINING' | 'INACTIVE' | 'MISSING';
  /** Task definition ARN of the service; empty when MISSING. */
  readonly taskDefinition: string;
  readonly controller: string;
  readonly desired: number;
  readonly running: number;
  readonly pending: number;
  readonly deployments: readonly DeploymentSnapshot[];
  /** Newest first, as ECS gives them, at most 100. */
  readonly events: readonly ServiceEventSnapshot[];
  /** The service as DescribeServices gave it (member names of the API), for differences and time budgets. */
  readonly definition: JsonObject;
  /** Of our deployment, where it was asked for and answered. */
  readonly serviceDeployment?: ServiceDeploymentSnapshot;
  /** Where the running tasks were asked for. */
  readonly containerHealth?: ContainerHealthSnapshot;
  /** Where the health of the targets was asked for. */
  readonly targets?: readonly TargetGroupSnapshot[];
}

export interface ContainerSnapshot {
  readonly name: string;
  readonly image?: string;
  readonly imageDigest?: string;
  readonly lastStatus?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly healthStatus?: string;
  /** As the task definition says, where it was asked; a task goes on without the others. */
  readonly essential?: boolean;
  /** Docker's id of the container. */
  readonly runtimeId?: string;
}

export interface TaskSnapshot {
  readonly arn: string;
  readonly taskDefinition: string;
  readonly lastStatus: string;
  readonly desiredStatus: string;
  /** `ecs-svc/…` on AWS; the service's name on some servers. */
  readonly startedBy?: string;
  readonly stopCode?: string;
  readonly stoppedReason?: string;
  readonly createdAt?: number;
  readonly startedAt?: number;
  readonly stoppedAt?: number;
  /** `HEALTHY`, `UNHEALTHY`, `UNKNOWN`: of all containers with a health check. */
  readonly healthStatus?: string;
  /** ARN of the container instance it is, or was, on. */
  readonly containerInstance?: string;
  readonly containers: readonly ContainerSnapshot[];
}

export interface TaskDefinitionSnapshot {
  /** ARN with revision. */
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  readonly status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  readonly tags: Readonly<Record<string, string>>;
  /** As DescribeTaskDefinition gave it (member names of the API). */
  readonly definition: JsonObject;
}
