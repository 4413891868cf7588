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
}

export interface ContainerSnapshot {
  readonly name: string;
  readonly image?: string;
  readonly imageDigest?: string;
  readonly lastStatus?: string;
  readonly exitCode?: number;
  readonly reason?: string;
  readonly healthStatus?: string;
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
