// Can tasks get an address in these subnets, and reach their image from there?
import type { Finding } from '../finding.ts';
import { whereabouts, type NetworkFacts, type NetworkUse } from './network.ts';
import type { Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export function subnetFindings(
  use: NetworkUse | null,
  facts: NetworkFacts,
  subject: Subject,
  /** Images that lie outside of the region: pulled over the internet. */
  outside: readonly string[],
): Finding[] {
  if (!use) return [];
  const at = use.place('subnets');
  const missing = eachKnown(
    'subnet',
    'subnet',
    use.subnets,
    (id) => facts.subnets.get(id),
    (id, fact) =>
      fact !== null
        ? []
        : [
            finding(
              'subnet',
              'error',
              `The subnet ${id} (${at}) does not exist.`,
              'Correct its id, the region and the account.',
            ),
          ],
  );
  const { vpcs } = whereabouts(use, facts);
  const apart =
    vpcs.length < 2
      ? []
      : [
          finding(
            'subnet',
            'error',
            `The subnets (${at}) are in different VPCs (${vpcs.join(', ')}): ECS takes subnets of one VPC only.`,
            'Name subnets of one VPC.',
          ),
        ];
  return [
    ...missing,
    ...apart,
    ...addressFindings(use, facts, subject),
    ...routeFindings(use, facts, outside),
  ];
}

/** One address for each task ("Amazon ECS task networking options", ECS Developer Guide). Old tasks give theirs back on the way: no refusal. */
function addressFindings(use: NetworkUse, { subnets }: NetworkFacts, subject: Subject): Finding[] {
  const counts = use.subnets.map((id) => {
    const answer = subnets.get(id);
    return answer?.known === true ? (answer.value?.freeAddresses ?? null) : null;
  });
  if (counts.length === 0 || counts.includes(null)) return [];
  const free = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const needed = subject.creates ? subject.desired : Math.max(1, subject.mostTasks - subject.desired);
  if (subject.desired === 0 || free >= needed) return [];
  return [
    finding(
      'subnet',
      'warning',
      `The subnets (${use.place('subnets')}) have ${free} free ${free === 1 ? 'address' : 'addresses'}; ${needed} more ${needed === 1 ? 'task wants one' : 'tasks want one each'}.`,
      'Add a subnet, or let fewer tasks run at once (maximumPercent).',
    ),
  ];
}

function routeFindings(use: NetworkUse, { routes }: NetworkFacts, outside: readonly string[]): Finding[] {
  const [image] = outside;
  if (!routes.known || image === undefined) return [];
  const found = (fact: string): string[] => use.subnets.filter((id) => routes.value.get(id) === fact);
  const stuck = [...found('none'), ...(use.publicIp ? [] : found('internet-gateway'))];
  if (stuck.length === 0) return [];
  const why = use.publicIp
    ? 'there is no route to the internet'
    : 'assignPublicIp is not ENABLED, and no NAT gateway is on the way';
  return [
    finding(
      'subnet',
      'warning',
      `From ${stuck.join(', ')} (${use.place('subnets')}) the image ${image} may be out of reach: ${why}.`,
      'Add a NAT gateway, set assignPublicIp to ENABLED in a public subnet, or keep the image in Amazon ECR behind a VPC endpoint.',
    ),
  ];
}

export function securityGroupFindings(use: NetworkUse | null, facts: NetworkFacts): Finding[] {
  if (!use) return [];
  const at = use.place('securityGroups');
  const { vpcs } = whereabouts(use, facts);
  return eachKnown(
    'security-group',
    'security group',
    use.securityGroups,
    (id) => facts.securityGroups.get(id),
    (id, fact) => {
      if (fact === null)
        return [
          finding(
            'security-group',
            'error',
            `The security group ${id} (${at}) does not exist.`,
            'Correct its id, the region and the account.',
          ),
        ];
      if (fact.vpcId === null || vpcs.length === 0 || vpcs.includes(fact.vpcId)) return [];
      return [
        finding(
          'security-group',
          'error',
          `The security group ${id} (${at}) is in ${fact.vpcId}, the subnets are in ${vpcs.join(', ')}: ECS refuses the service.`,
          'Name a security group of the same VPC.',
        ),
      ];
    },
  );
}
