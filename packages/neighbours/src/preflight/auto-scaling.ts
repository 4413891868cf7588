// Amazon EC2 Auto Scaling, by hand over the Query protocol: to which groups instances belong, and how far these may grow.
import { known, type Answer } from '@bamboo-ecs/rollout/preflight';
import type { GroupRoom } from '@bamboo-ecs/rollout';
import { ask, type Asked } from '../ask.ts';
import { type Around, unanswered } from './gather.ts';
import { membersOf, openQuery, partOf, textIn, type QueryClient, type Xml } from './query-call.ts';

const autoScaling = {
  name: 'autoscaling',
  version: '2011-01-01',
  endpointVariable: 'AWS_ENDPOINT_URL_AUTO_SCALING',
};

/** "DescribeAutoScalingInstances": at most so many in a call. */
const perCall = 50;
/** Calls of a large cluster: more instances than these belong to the same groups. */
const mostCalls = 4;

/** Two calls for up to 50 instances; one where none of them belongs to a group. `instances`: `i-0123456789abcdef0`. */
export async function instanceGroups(
  around: Around,
  instances: readonly string[],
): Promise<Answer<readonly GroupRoom[]>> {
  const client = openQuery(around.aws.neighbour(), around.env, autoScaling);
  const batches = Array.from(
    { length: Math.min(mostCalls, Math.ceil(instances.length / perCall)) },
    (_, at) => instances.slice(at * perCall, (at + 1) * perCall),
  );
  try {
    const asked = await Promise.all(
      batches.map(async (batch) =>
        call(around, client, 'DescribeAutoScalingInstances', 'InstanceIds', batch),
      ),
    );
    const names = new Set<string>();
    for (const one of asked) {
      const members = listIn(one, 'DescribeAutoScalingInstances', 'AutoScalingInstances');
      if (!members.known) return members;
      for (const member of members.value) names.add(textIn(member, 'AutoScalingGroupName') ?? '');
    }
    names.delete('');
    if (names.size === 0) return known([]);
    const groups = listIn(
      await call(
        around,
        client,
        'DescribeAutoScalingGroups',
        'AutoScalingGroupNames',
        [...names].slice(0, 50),
      ),
      'DescribeAutoScalingGroups',
      'AutoScalingGroups',
    );
    return groups.known ? known(groups.value.flatMap(groupOf)) : groups;
  } finally {
    client.close();
  }
}

async function call(
  around: Around,
  client: QueryClient,
  operation: 'DescribeAutoScalingInstances' | 'DescribeAutoScalingGroups',
  parameter: string,
  values: readonly string[],
): Promise<Asked<Xml>> {
  const form = Object.fromEntries(values.map((value, index) => [`${parameter}.member.${index + 1}`, value]));
  const [first = ''] = values;
  const more = values.length > 1 ? ` and ${values.length - 1} more` : '';
  const question = {
    operation,
    subject: `${first}${more}`,
    limitMs: around.limits.call,
    action: `autoscaling:${operation}`,
  };
  return ask(question, ({ abortSignal }) => client.call(operation, form, abortSignal));
}

function listIn(asked: Asked<Xml>, operation: string, set: string): Answer<readonly Xml[]> {
  if (!asked.ok) return unanswered(asked);
  const result = partOf(asked.value, `${operation}Result`);
  const members = result && membersOf(result, set);
  return members ? known(members) : unanswered({ message: `${operation}: an answer without ${set}` });
}

/** "AutoScalingGroup", Amazon EC2 Auto Scaling API Reference. One that names no size says nothing of its growth. */
function groupOf(group: Xml): GroupRoom[] {
  const name = textIn(group, 'AutoScalingGroupName');
  const [desired, maximum] = [numberIn(group, 'DesiredCapacity'), numberIn(group, 'MaxSize')];
  if (name === null || desired === null || maximum === null) return [];
  const suspended = (membersOf(group, 'SuspendedProcesses') ?? []).some(
    (one) => textIn(one, 'ProcessName') === 'Launch',
  );
  return [{ name, desired, maximum, launches: !suspended }];
}

function numberIn(xml: Xml, name: string): number | null {
  const text = textIn(xml, name);
  return text !== null && /^\d{1,9}$/u.test(text) ? Number(text) : null;
}
