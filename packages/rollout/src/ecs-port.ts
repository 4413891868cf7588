// What the installer needs of ECS: a narrow port. The adapter is the package `ecs`.
import type { JsonObject } from '@bamboo-ecs/release';
import type { RoomPort } from './feasibility/room.ts';
import type { ScalableTarget } from './planning/scalable-target.ts';
import type {
  ServiceDeploymentSnapshot,
  ServiceSnapshot,
  TaskDefinitionSnapshot,
  TaskSnapshot,
} from './snapshot.ts';

/** Why a call failed, told apart as far as the exit codes need it. */
export type EcsErrorKind =
  | 'access-denied'
  /** No credentials found, expired, or refused. */
  | 'credentials'
  | 'cluster-not-found'
  | 'service-not-found'
  /** DRAINING or INACTIVE. */
  | 'service-not-active'
  | 'not-found'
  /** InvalidParameter, ClientException: the request itself is refused; the same request will be refused again. */
  | 'refused'
  | 'throttled'
  /** Connection refused or reset, DNS, time-out, 5xx: the answer is lost; a write may have happened. */
  | 'unreachable'
  /** The server does not have this operation or answered something unreadable. */
  | 'unsupported';

/** An error of the port. `message` is one sentence with the operation, AWS's own words and no secret. */
export interface EcsError extends Error {
  readonly name: 'EcsError';
  readonly kind: EcsErrorKind;
  /** `UpdateService` */
  readonly operation: string;
  /** AWS's error code, `ClusterNotFoundException`. */
  readonly code?: string;
  readonly hint?: string;
}

export function isEcsError(error: unknown): error is EcsError {
  return error instanceof Error && error.name === 'EcsError' && 'kind' in error;
}

export interface ClusterSnapshot {
  readonly arn: string;
  readonly status: string;
  /** Names of the capacity providers that services of the cluster may use; absent where the server does not say. */
  readonly capacityProviders?: readonly string[];
  readonly activeServices?: number;
}

export interface EcsPort extends Partial<RoomPort> {
  /** DescribeServices, one call for up to 10 names, more calls for more. The answer has one snapshot per name, in the order of the names. */
  describeServices(cluster: string, services: readonly string[]): Promise<readonly ServiceSnapshot[]>;
  /** DescribeTaskDefinition with tags; `reference` is a family (its latest ACTIVE revision), `family:revision` or an ARN. Null when there is none. */
  describeTaskDefinition(reference: string): Promise<TaskDefinitionSnapshot | null>;
  /** RegisterTaskDefinition without the SDK's retries. */
  registerTaskDefinition(
    request: JsonObject,
    tags: Readonly<Record<string, string>>,
  ): Promise<TaskDefinitionSnapshot>;
  /** CreateService without the SDK's retries (its clientToken makes a repetition by us safe). */
  createService(request: JsonObject): Promise<ServiceSnapshot>;
  /** UpdateService without the SDK's retries: a lost answer is resolved by reading. */
  updateService(request: JsonObject): Promise<ServiceSnapshot>;
  /** ListTasks and DescribeTasks of one service, at most `limit` tasks. */
  listTasks(
    cluster: string,
    service: string,
    desiredStatus: 'RUNNING' | 'STOPPED',
    limit: number,
  ): Promise<readonly TaskSnapshot[]>;
  /** ListTaskDefinitions: the ACTIVE revisions of exactly this family, newest first, at most `limit` ARNs. */
  listTaskDefinitions(family: string, limit: number): Promise<readonly string[]>;
  /** DeregisterTaskDefinition: the revision becomes INACTIVE. What runs of it runs on, but no service can be given it any more. */
  deregisterTaskDefinition(arn: string): Promise<void>;
  /** ListTasks and DescribeTasks of a whole family in one cluster, whoever started them, at most `limit` tasks that are meant to run. */
  listFamilyTasks(cluster: string, family: string, limit: number): Promise<readonly TaskSnapshot[]>;
  /** TagResource on a task definition. */
  tagTaskDefinition(arn: string, tags: Readonly<Record<string, string>>): Promise<void>;
  /** StopServiceDeployment(ROLLBACK) of the deployment in flight; false where the server does not know it. */
  stopDeployment(cluster: string, service: string, deploymentId: string): Promise<boolean>;
  /**
   * ListServiceDeployments, once per deployment, and DescribeServiceDeployments, one call for up to 20 that are asked for at the same
   * time. Null when it is not listed (yet), or the server has no such operation; that one is then not asked again.
   */
  describeServiceDeployment(
    cluster: string,
    service: string,
    deploymentId: string,
  ): Promise<ServiceDeploymentSnapshot | null>;
  /** ContinueServiceDeployment: ends the wait at a PAUSE hook of the service deployment with this ARN. */
  continueDeployment(arn: string, hookId: string, action: 'CONTINUE' | 'ROLLBACK'): Promise<void>;
  /** DescribeClusters, null when it does not exist. */
  describeCluster(cluster: string): Promise<ClusterSnapshot | null>;
  /** Application Auto Scaling: does a scalable target own desiredCount? Null when it cannot be asked. */
  hasScalableTarget(cluster: string, service: string): Promise<boolean | null>;
  /** The same call, with what the scalable target says; `none` where there is none. */
  scalableTarget?(cluster: string, service: string): Promise<ScalableTarget | 'none' | null>;
}
