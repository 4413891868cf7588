// Quotas of Amazon ECS that the service comes near to ("Amazon ECS service quotas", Amazon ECS Developer Guide).
import type { Finding } from '../finding.ts';
import type { Answer } from './answer.ts';
import type { ClusterFact } from './capacity-providers.ts';
import type { NetworkUse } from './network.ts';
import type { Subject } from './subject.ts';
import type { TargetGroupUse } from './target-groups.ts';
import { finding } from './words.ts';

interface Quota {
  /** As Service Quotas names it. */
  readonly name: string;
  /** The least that an account has: quotas are only ever raised. */
  readonly usual: number;
  readonly used: number;
  readonly what: string;
}

/** Share of a quota from which on it is worth a word. */
const near = 0.8;

export interface QuotaSource {
  readonly subject: Subject;
  readonly targetGroups: readonly TargetGroupUse[];
  readonly network: NetworkUse | null;
  readonly cluster: Answer<ClusterFact>;
}

function quotasOf({ subject, targetGroups, network, cluster }: QuotaSource): readonly Quota[] {
  const services = cluster.known && subject.creates ? (cluster.value.activeServices ?? -1) + 1 : 0;
  return [
    { name: 'Tasks per service', usual: 5000, used: subject.mostTasks, what: 'tasks at once' },
    { name: 'Services per cluster', usual: 5000, used: services, what: 'services in the cluster' },
    {
      name: 'Container definitions per task definition',
      usual: 10,
      used: subject.containers.length,
      what: 'containers in the task definition',
    },
    {
      name: 'Target groups per service',
      usual: 5,
      used: new Set(targetGroups.map(({ arn }) => arn)).size,
      what: 'target groups',
    },
    {
      name: 'Subnets per awsvpcConfiguration',
      usual: 16,
      used: network?.subnets.length ?? 0,
      what: 'subnets',
    },
    {
      name: 'Security groups per awsvpcConfiguration',
      usual: 5,
      used: network?.securityGroups.length ?? 0,
      what: 'security groups',
    },
  ];
}

/** Service Quotas is asked only when one of the usual quotas is near: most releases are far from all of them. */
export function quotasNear(source: QuotaSource): readonly string[] {
  return quotasOf(source)
    .filter(({ used, usual }) => used > usual || (usual > 100 && used >= usual * near))
    .map(({ name }) => name);
}

/** Quota by its name, as the account has it. */
export type QuotaFact = ReadonlyMap<string, number>;

export function quotaFindings(source: QuotaSource, answer: Answer<QuotaFact>): Finding[] {
  return quotasOf(source).flatMap(({ name, usual, used, what }) => {
    const own = answer.known ? answer.value.get(name) : undefined;
    const limit = own ?? usual;
    const close = limit > 100 && used >= limit * near;
    if (used <= limit && !close) return [];
    const whose = own === undefined ? `usually ${limit}` : `${limit} in this account`;
    const how = used > limit ? 'is passed' : 'is near';
    return [
      finding(
        'quota',
        'warning',
        `The quota "${name}" of Amazon ECS (${whose}) ${how}: ${used} ${what}.`,
        'Ask for more in Service Quotas, where it can be raised.',
      ),
    ];
  });
}
