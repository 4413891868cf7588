// What the preflight asks of the neighbours of ECS: a narrow port. The adapter is the package `neighbours`.
import type { GroupRoom } from '../feasibility/room.ts';
import type { Answer, Answers } from './answer.ts';
import type { ImageFact, ImageUse } from './images.ts';
import type { LoadBalancerFact } from './load-balancers.ts';
import type { LogGroupUse } from './log-groups.ts';
import type { NetworkFacts, NetworkUse } from './network.ts';
import type { PassFact, PassQuestion } from './pass-role.ts';
import type { QuotaFact } from './quotas.ts';
import type { RoleFact, RoleUse } from './roles.ts';
import type { ParameterFact, ParameterUse, SecretFact, SecretUse } from './secrets.ts';
import type { BalancerFact, TargetGroupFact } from './target-groups.ts';

/** Who asks. */
export interface Identity {
  readonly account: string;
  /** `arn:aws:sts::123456789012:assumed-role/deploy/session`, `arn:aws:iam::123456789012:user/bamboo` */
  readonly arn: string;
}

export interface TargetGroupFacts {
  readonly groups: Answers<TargetGroupFact>;
  /** By ARN of the load balancer. */
  readonly balancers: Answers<BalancerFact>;
}

/**
 * Read only, and each method for itself: one that may not look answers why. None rejects and none takes longer than a few
 * seconds. Methods are asked for what the release uses only, never with an empty list.
 */
export interface PreflightPort {
  identity(): Promise<Answer<Identity>>;
  /** By `role` of the uses. */
  roles(uses: readonly RoleUse[]): Promise<Answers<RoleFact>>;
  /** May who asks pass these roles? */
  passRoles(questions: readonly PassQuestion[], identity: Identity): Promise<Answer<PassFact>>;
  /** By `reference`. */
  images(uses: readonly ImageUse[]): Promise<Answers<ImageFact>>;
  /** By `id`. */
  secrets(uses: readonly SecretUse[]): Promise<Answers<SecretFact>>;
  /** By `parameterKey`. */
  parameters(uses: readonly ParameterUse[]): Promise<Answers<ParameterFact>>;
  /** By `logGroupKey`: is it there? */
  logGroups(uses: readonly LogGroupUse[]): Promise<Answers<boolean>>;
  targetGroups(arns: readonly string[]): Promise<TargetGroupFacts>;
  /** Classic ones, by name. */
  loadBalancers(names: readonly string[]): Promise<Answers<LoadBalancerFact>>;
  /** `routes`: whether the ways out of the subnets matter. */
  network(use: NetworkUse, routes: boolean): Promise<NetworkFacts>;
  /** The account's quotas of Amazon ECS, by name. */
  quotas(names: readonly string[]): Promise<Answer<QuotaFact>>;
  /** The Auto Scaling groups that these instances of EC2 belong to. */
  instanceGroups?(instances: readonly string[]): Promise<Answer<readonly GroupRoom[]>>;
}
