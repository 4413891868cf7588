// EC2: subnets, security groups, and the ways out of the subnets.
import type { EcsClient } from '@bamboo-ecs/ecs';
import {
  known,
  notAsked,
  type Answer,
  type Answers,
  type NetworkFacts,
  type NetworkUse,
  type RouteFact,
  type SecurityGroupFact,
  type SubnetFact,
} from '@bamboo-ecs/rollout/preflight';
import { ask, type Asked } from '../ask.ts';
import { callLimitMs, inTime, late, unanswered } from './gather.ts';
import { itemsOf, openQuery, textIn, type QueryClient, type Xml } from './query-call.ts';

const ec2 = { name: 'ec2', version: '2016-11-15', endpointVariable: 'AWS_ENDPOINT_URL_EC2' };

/** Two calls, and one more for the routes. */
export async function network(
  aws: Pick<EcsClient, 'neighbour'>,
  env: Readonly<Record<string, string | undefined>>,
  use: NetworkUse,
  routes: boolean,
): Promise<NetworkFacts> {
  const client = openQuery(aws.neighbour(), env, ec2);
  const looking = Promise.all([
    describe(client, 'Subnet', use.subnets, 'subnetSet', 'subnetId', subnetOf),
    describe(client, 'SecurityGroup', use.securityGroups, 'securityGroupInfo', 'groupId', (group) => ({
      vpcId: textIn(group, 'vpcId'),
    })),
  ]);
  const lateOnes = (ids: readonly string[]): Map<string, Answer<never>> =>
    new Map(ids.map((id) => [id, late]));
  const [subnets, securityGroups] = await inTime<
    [Answers<SubnetFact>, Answers<SecurityGroupFact>],
    [Answers<SubnetFact>, Answers<SecurityGroupFact>]
  >(looking, [lateOnes(use.subnets), lateOnes(use.securityGroups)]);
  const vpcs = new Set(
    [...subnets.values()].flatMap((answer) => (answer.known ? (answer.value?.vpcId ?? []) : [])),
  );
  const ways =
    routes && vpcs.size === 1 ? await inTime(routesOf(client, [...vpcs], use.subnets), late) : notAsked;
  client.close();
  return { subnets, securityGroups, routes: ways };
}

/** All ids in one call; EC2 refuses the whole of it for one that it does not know, and names that one: the others are asked once more. */
async function describe<T>(
  client: QueryClient,
  kind: 'Subnet' | 'SecurityGroup',
  ids: readonly string[],
  set: string,
  idName: string,
  read: (item: Xml) => T,
): Promise<Map<string, Answer<T | null>>> {
  const answers = new Map<string, Answer<T | null>>();
  let left = [...ids];
  // One that is missing is told at a time; more rounds than this are not worth the wait.
  for (let round = 0; left.length > 0 && round < 4; round++) {
    const asked = await call(client, kind, left);
    const items = asked.ok ? itemsOf(asked.value, set) : null;
    if (items !== null) {
      for (const id of left) {
        const item = items.find((one) => textIn(one, idName) === id);
        answers.set(
          id,
          item ? known(read(item)) : unanswered({ message: `${kind} ${id} is not in the answer` }),
        );
      }
      return answers;
    }
    const missing = asked.ok ? [] : missingIn(asked, left);
    for (const id of missing) answers.set(id, known(null));
    const others = left.filter((id) => !missing.includes(id));
    if (missing.length === 0) {
      for (const id of others)
        answers.set(id, unanswered(asked.ok ? { message: `Describe${kind}s: an empty answer` } : asked));
      return answers;
    }
    left = others;
  }
  for (const id of left) answers.set(id, notAsked);
  return answers;
}

async function call(client: QueryClient, kind: string, ids: readonly string[]): Promise<Asked<Xml>> {
  const parameter = kind === 'Subnet' ? 'SubnetId' : 'GroupId';
  const parameters = Object.fromEntries(ids.map((id, index) => [`${parameter}.${index + 1}`, id]));
  const what = kind === 'Subnet' ? 'subnet' : 'security group';
  return send(client, `Describe${kind}s`, `${what} ${ids.join(', ')}`, parameters);
}

async function send(
  client: QueryClient,
  operation: string,
  subject: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Asked<Xml>> {
  return ask({ operation, subject, limitMs: callLimitMs, action: `ec2:${operation}` }, ({ abortSignal }) =>
    client.call(operation, parameters, abortSignal),
  );
}

/** "The subnet ID 'subnet-1' does not exist", "The security groups 'sg-1, sg-2' do not exist" (Error codes for the Amazon EC2 API). */
function missingIn({ code, message }: { code?: string; message: string }, ids: readonly string[]): string[] {
  if (!/^Invalid(?:SubnetID|Group|GroupId|SecurityGroupID)\.NotFound$/u.test(code ?? '')) return [];
  // Before the colon stands our own question, which names all of them.
  const words = new Set(message.slice(message.indexOf('): ') + 1).match(/[\w-]+/gu));
  return ids.filter((id) => words.has(id));
}

function subnetOf(subnet: Xml): NonNullable<SubnetFact> {
  const free = textIn(subnet, 'availableIpAddressCount');
  return {
    vpcId: textIn(subnet, 'vpcId'),
    zone: textIn(subnet, 'availabilityZone'),
    freeAddresses: free !== null && /^\d+$/u.test(free) ? Number(free) : null,
  };
}

/** A subnet without a route table of its own has the main one of its VPC ("Route tables", Amazon VPC User Guide). */
async function routesOf(
  client: QueryClient,
  vpcs: readonly string[],
  subnets: readonly string[],
): Promise<Answer<ReadonlyMap<string, RouteFact>>> {
  const filter = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': vpcs[0] ?? '' };
  const asked = await send(client, 'DescribeRouteTables', `VPC ${vpcs[0] ?? ''}`, filter);
  // Only a warning hangs on it: without the right to look nothing is said.
  const tables = asked.ok ? itemsOf(asked.value, 'routeTableSet') : null;
  if (tables === null || (asked.ok && textIn(asked.value, 'nextToken') !== null)) return notAsked;
  const found = subnets.flatMap((subnet): (readonly [string, RouteFact])[] => {
    const own = tables.find((table) => associations(table).some((one) => textIn(one, 'subnetId') === subnet));
    const table =
      own ?? tables.find((one) => associations(one).some((each) => textIn(each, 'main') === 'true'));
    return table ? [[subnet, wayOut(table)]] : [];
  });
  return known(new Map(found));
}

function associations(table: Xml): readonly Xml[] {
  return itemsOf(table, 'associationSet') ?? [];
}

function wayOut(table: Xml): RouteFact {
  const everywhere = (itemsOf(table, 'routeSet') ?? []).find(
    (route) =>
      textIn(route, 'destinationCidrBlock') === '0.0.0.0/0' && textIn(route, 'state') !== 'blackhole',
  );
  if (!everywhere) return 'none';
  return (textIn(everywhere, 'gatewayId') ?? '').startsWith('igw-') ? 'internet-gateway' : 'other';
}
