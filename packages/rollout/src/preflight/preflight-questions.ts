// What has to be asked before this release is installed: nothing that it does not use, nothing that is left out.
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import type { WantedService } from '../wanted/wanted-service.ts';
import { capacityProviderUses, type CapacityProviderUse } from './capacity-providers.ts';
import { preflightChecks, type PreflightCheck } from './check-names.ts';
import { imageUses, type ImageUse } from './images.ts';
import { loadBalancerUses, type LoadBalancerUse } from './load-balancers.ts';
import { logGroupUses, type LogGroupUse } from './log-groups.ts';
import { networkUse, type NetworkUse } from './network.ts';
import { unprovenImages } from './proven-way.ts';
import { roleUses, type RoleUse } from './roles.ts';
import { parameterUses, secretUses, type ParameterUse, type SecretUse } from './secrets.ts';
import { subjectOf, type Subject } from './subject.ts';
import { targetGroupUses, type TargetGroupUse } from './target-groups.ts';

export interface PreflightQuestions {
  readonly subject: Subject;
  /** The checks that are made. */
  readonly checks: ReadonlySet<PreflightCheck>;
  readonly capacityProviders: readonly CapacityProviderUse[];
  readonly roles: readonly RoleUse[];
  readonly images: readonly ImageUse[];
  readonly secrets: readonly SecretUse[];
  readonly parameters: readonly ParameterUse[];
  readonly logGroups: readonly LogGroupUse[];
  readonly targetGroups: readonly TargetGroupUse[];
  readonly loadBalancers: readonly LoadBalancerUse[];
  readonly network: NetworkUse | null;
  /** Images that tasks in awsvpc fetch over the internet: references outside of Amazon ECR's private registries. */
  readonly outside: readonly string[];
  /** Those of them for which the way out of the subnets has to be looked at. */
  readonly unproven: readonly string[];
  /** The caller's account and ARN are needed. */
  readonly identity: boolean;
}

export function preflightQuestions(
  wanted: WantedService,
  service: ServiceSnapshot,
  /** Names of checks to leave out. */
  skip: readonly string[] = [],
  /** The revision that the service runs, where it is known. */
  current: TaskDefinitionSnapshot | null = null,
): PreflightQuestions {
  const subject = subjectOf(wanted, service);
  const checks = new Set(preflightChecks.filter((name) => !skip.includes(name)));
  const when = <T>(names: readonly PreflightCheck[], uses: readonly T[]): readonly T[] =>
    names.some((name) => checks.has(name)) ? uses : [];
  const roles = when(['role', 'pass-role'], roleUses(subject));
  const secrets = when(['secret'], secretUses(subject));
  const parameters = when(['parameter'], parameterUses(subject));
  const named =
    roles.length > 0 || secrets.length > 0 || parameters.some(({ account }) => account !== undefined);
  const foreign = subject.account === null && named;
  const network = networkUse(subject);
  const outside = imageUses(subject)
    .map(({ reference }) => reference)
    .filter((reference) => !/^\d{12}\.dkr[.-]ecr/u.test(reference));
  return {
    subject,
    checks,
    roles,
    secrets,
    capacityProviders: when(['capacity-provider'], capacityProviderUses(subject)),
    images: when(['image'], imageUses(subject)),
    parameters,
    logGroups: when(['log-group'], logGroupUses(subject)),
    targetGroups: when(['target-group'], targetGroupUses(subject)),
    loadBalancers: when(['load-balancer'], loadBalancerUses(subject)),
    network: checks.has('subnet') || checks.has('security-group') ? network : null,
    outside,
    unproven: unprovenImages(outside, network, service, current),
    identity: foreign || (checks.has('pass-role') && roles.length > 0),
  };
}
