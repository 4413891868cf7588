// What the neighbours said against what the release needs: findings in an order that is always the same.
import type { Finding } from '../finding.ts';
import type { Answer, Answers } from './answer.ts';
import { capacityProviderFindings, type ClusterFact } from './capacity-providers.ts';
import { preflightChecks, type PreflightCheck } from './check-names.ts';
import { imageFindings, wantedPlatform, type ImageFact, type Platform } from './images.ts';
import { loadBalancerFindings, type LoadBalancerFact } from './load-balancers.ts';
import { logGroupFindings } from './log-groups.ts';
import { securityGroupFindings, subnetFindings } from './network-findings.ts';
import { whereabouts, type NetworkFacts } from './network.ts';
import { passFindings, type PassFact } from './pass-role.ts';
import type { Identity, TargetGroupFacts } from './preflight-port.ts';
import type { PreflightQuestions } from './preflight-questions.ts';
import { quotaFindings, type QuotaFact } from './quotas.ts';
import { roleFindings, type RoleFact } from './roles.ts';
import { parameterFindings, secretFindings, type ParameterFact, type SecretFact } from './secrets.ts';
import { targetGroupFindings } from './target-group-findings.ts';

/** What was gathered; each part may be unknown. */
export interface PreflightFacts {
  readonly identity: Answer<Identity>;
  readonly cluster: Answer<ClusterFact>;
  readonly roles: Answers<RoleFact>;
  readonly passRoles: Answer<PassFact>;
  readonly images: Answers<ImageFact>;
  readonly secrets: Answers<SecretFact>;
  readonly parameters: Answers<ParameterFact>;
  readonly logGroups: Answers<boolean>;
  readonly targetGroups: TargetGroupFacts;
  readonly loadBalancers: Answers<LoadBalancerFact>;
  readonly network: NetworkFacts;
  readonly quotas: Answer<QuotaFact>;
}

export interface PreflightMore {
  /** As it was set, milliseconds. */
  readonly timeoutMs?: number | undefined;
  /** What the cluster's instances are, as far as that is known. */
  readonly instances?: readonly Platform[] | undefined;
}

/** Findings of the checks that were asked for, in the order of their names in `preflightChecks`. */
export function preflightFindings(
  questions: PreflightQuestions,
  facts: PreflightFacts,
  { timeoutMs, instances = [] }: PreflightMore = {},
): Finding[] {
  const { subject, network } = questions;
  const account = subject.account ?? (facts.identity.known ? facts.identity.value.account : null);
  const by: Readonly<Record<PreflightCheck, () => readonly Finding[]>> = {
    'capacity-provider': () =>
      capacityProviderFindings(questions.capacityProviders, facts.cluster, subject.wanted.cluster),
    role: () => roleFindings(questions.roles, facts.roles, account),
    'pass-role': () => passFindings(questions.roles, facts.roles, facts.passRoles),
    image: () =>
      imageFindings(questions.images, facts.images, { wanted: wantedPlatform(subject), instances }),
    secret: () => secretFindings(questions.secrets, facts.secrets, account),
    parameter: () => parameterFindings(questions.parameters, facts.parameters, account),
    'log-group': () => logGroupFindings(questions.logGroups, facts.logGroups),
    'target-group': () =>
      targetGroupFindings(questions.targetGroups, facts.targetGroups.groups, {
        subject,
        balancers: facts.targetGroups.balancers,
        timeoutMs: timeoutMs ?? null,
        ...whereabouts(network, facts.network),
      }),
    'load-balancer': () => loadBalancerFindings(questions.loadBalancers, facts.loadBalancers, subject),
    subnet: () => subnetFindings(network, facts.network, subject, questions.unproven),
    'security-group': () => securityGroupFindings(network, facts.network),
    quota: () => quotaFindings({ ...questions, cluster: facts.cluster }, facts.quotas),
  };
  return preflightChecks.filter((check) => questions.checks.has(check)).flatMap((check) => by[check]());
}

/** The longest deregistration delay of the service's target groups, seconds; undefined when none was read. */
export function deregistrationDelay({ targetGroups }: PreflightFacts): number | undefined {
  const delays = [...targetGroups.groups.values()].flatMap((answer) =>
    answer.known ? (answer.value?.deregistrationDelaySeconds ?? []) : [],
  );
  return delays.length === 0 ? undefined : Math.max(...delays);
}

/** The checks that this release gave something to look at: a test case each. */
export function checksMade(questions: PreflightQuestions): readonly PreflightCheck[] {
  const { network } = questions;
  const used: Readonly<Record<PreflightCheck, boolean>> = {
    'capacity-provider': questions.capacityProviders.length > 0,
    role: questions.roles.length > 0,
    'pass-role': questions.roles.length > 0,
    image: questions.images.length > 0,
    secret: questions.secrets.length > 0,
    parameter: questions.parameters.length > 0,
    'log-group': questions.logGroups.length > 0,
    'target-group': questions.targetGroups.length > 0,
    'load-balancer': questions.loadBalancers.length > 0,
    subnet: (network?.subnets.length ?? 0) > 0,
    'security-group': (network?.securityGroups.length ?? 0) > 0,
    quota: true,
  };
  return preflightChecks.filter((check) => questions.checks.has(check) && used[check]);
}
