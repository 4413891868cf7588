// EC2: subnets, security groups, and the ways out of the subnets.
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
import { type Around, gather, late, unanswered } from './gather.ts';
import { itemsOf, openQuery, textIn, type QueryClient, type Xml } from './query-call.ts';

const ec2 = { name: 'ec2', version: '2016-11-15', endpointVariable: 'AWS_ENDPOINT_URL_EC2' };

interface Kind {
  readonly operation: string;
  readonly parameter: string;
  readonly what: string;
  readonly set: string;
  readonly id: string;
}

const subnet: Kind = {
  operation: 'DescribeSubnets',
  parameter: 'SubnetId',
  what: 'subnet',
  set: 'subnetSet',
  id: 'subnetId',
};
const securityGroup: Kind = {
  operation: 'DescribeSecurityGroups',
  parameter: 'GroupId',
  what: 'security group',
  set: 'securityGroupInfo',
  id: 'groupId',
};

/** Two calls, and one more for the routes. */
export async function network(around: Around, use: NetworkUse, routes: boolean): Promise<NetworkFacts> {
  const client = openQuery(around.aws.neighbour(), around.env, ec2);
  const looking = Promise.all([
    describe(around, client, subnet, use.subnets, subnetOf),
    describe(around, client, securityGroup, use.securityGroups, (group) => ({
      vpcId: textIn(group, 'vpcId'),
    })),
  ]);
  const lateOnes = (ids: readonly string[]): Map<string, Answer<never>> =>
    new Map(ids.map((id) => [id, late]));
  const [subnets, securityGroups] = await around.inTime<
    [Answers<SubnetFact>, Answers<SecurityGroupFact>],
    [Answers<SubnetFact>, Answers<SecurityGroupFact>]
  >(looking, [lateOnes(use.subnets), lateOnes(use.securityGroups)]);
  const vpcs = new Set(
    [...subnets.values()].flatMap((answer) => (answer.known ? (answer.value?.vpcId ?? []) : [])),
  );
  const ways =
    routes && vpcs.size === 1
      ? await around.inTime(
          routesOf(
            around,
            client,
            [...vpcs],
            use.subnets.filter((id) => isThere(subnets.get(id))),
          ),
          late,
        )
      : notAsked;
  client.close();
  return { subnets, securityGroups, routes: ways };
}

/**
 * All ids in one call. EC2 refuses the whole of it for one that it does not know, and servers differ in which ones they name then:
 * each is asked for by itself, so that none is called missing for the sake of another.
 */
async function describe<T>(
  around: Around,
  client: QueryClient,
  kind: Kind,
  ids: readonly string[],
  read: (item: Xml) => T,
): Promise<Answers<T | null>> {
  if (ids.length === 0) return new Map();
  const asked = await call(around, client, kind, ids);
  if (!asked.ok && isMissing(asked) && ids.length > 1)
    return gather(
      around,
      ids,
      (id) => id,
      async (id) => answerFor(await call(around, client, kind, [id]), kind, id, read),
    );
  return new Map(ids.map((id) => [id, answerFor(asked, kind, id, read)]));
}

function answerFor<T>(asked: Asked<Xml>, kind: Kind, id: string, read: (item: Xml) => T): Answer<T | null> {
  if (!asked.ok) return isMissing(asked) ? known(null) : unanswered(asked);
  const item = itemsOf(asked.value, kind.set)?.find((one) => textIn(one, kind.id) === id);
  return item
    ? known(read(item))
    : unanswered({ message: `${kind.operation} (${kind.what} ${id}): it is not in the answer` });
}

/** "Error codes for the Amazon EC2 API" */
function isMissing({ code = '' }: { readonly code?: string }): boolean {
  return /^Invalid(?:SubnetID|Group|GroupId|SecurityGroupID)\.NotFound$/u.test(code);
}

async function call(
  around: Around,
  client: QueryClient,
  kind: Kind,
  ids: readonly string[],
): Promise<Asked<Xml>> {
  const parameters = Object.fromEntries(ids.map((id, index) => [`${kind.parameter}.${index + 1}`, id]));
  return send(around, client, kind.operation, `${kind.what} ${ids.join(', ')}`, parameters);
}

async function send(
  around: Around,
  client: QueryClient,
  operation: string,
  subject: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Asked<Xml>> {
  return ask(
    { operation, subject, limitMs: around.limits.call, action: `ec2:${operation}` },
    ({ abortSignal }) => client.call(operation, parameters, abortSignal),
  );
}

function subnetOf(item: Xml): NonNullable<SubnetFact> {
  const free = textIn(item, 'availableIpAddressCount');
  return {
    vpcId: textIn(item, 'vpcId'),
    zone: textIn(item, 'availabilityZone'),
    freeAddresses: free !== null && /^\d+$/u.test(free) ? Number(free) : null,
  };
}

/** A subnet without a route table of its own has the main one of its VPC ("Route tables", Amazon VPC User Guide). */
async function routesOf(
  around: Around,
  client: QueryClient,
  vpcs: readonly string[],
  subnets: readonly string[],
): Promise<Answer<ReadonlyMap<string, RouteFact>>> {
  const filter = { 'Filter.1.Name': 'vpc-id', 'Filter.1.Value.1': vpcs[0] ?? '' };
  const asked = await send(around, client, 'DescribeRouteTables', `VPC ${vpcs[0] ?? ''}`, filter);
  // Only a warning hangs on it: without the right to look nothing is said.
  const tables = asked.ok ? itemsOf(asked.value, 'routeTableSet') : null;
  if (tables === null || (asked.ok && textIn(asked.value, 'nextToken') !== null)) return notAsked;
  const found = subnets.flatMap((id): (readonly [string, RouteFact])[] => {
    const own = tables.find((table) => associations(table).some((one) => textIn(one, 'subnetId') === id));
    const table =
      own ?? tables.find((one) => associations(one).some((each) => textIn(each, 'main') === 'true'));
    return table ? [[id, wayOut(table)]] : [];
  });
  return known(new Map(found));
}

function isThere(answer: Answer<SubnetFact> | undefined): boolean {
  return answer?.known === true && answer.value !== null;
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
