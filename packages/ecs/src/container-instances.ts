// ListContainerInstances and DescribeContainerInstances: what is free on each instance of a cluster.
import {
  type ContainerInstance,
  DescribeContainerInstancesCommand,
  type ECSClient,
  ListContainerInstancesCommand,
  type Resource,
} from './clients/ecs.ts';
import type { Amount, InstanceRoom } from '@bamboo-ecs/rollout';
import { lastSegment } from './scaling.ts';

/** Both operations: up to 100 instances in one call. */
const perCall = 100;
/** The largest cluster that is looked at: eleven pages of names, ten of instances. */
const most = 1000;
const zoneAttribute = 'ecs.availability-zone';

type Options = { readonly abortSignal: AbortSignal };

/** Null when there are more than 1,000: half of a cluster says nothing about its room. */
export async function containerInstances(
  client: ECSClient,
  cluster: string,
  options: Options,
): Promise<readonly InstanceRoom[] | null> {
  const arns = await listArns(client, cluster, options);
  if (arns === null) return null;
  const batches: string[][] = [];
  for (let start = 0; start < arns.length; start += perCall) batches.push(arns.slice(start, start + perCall));
  const answers = await Promise.all(
    batches.map(async (batch) => {
      const command = new DescribeContainerInstancesCommand({ cluster, containerInstances: batch });
      return (await client.send(command, options)).containerInstances ?? [];
    }),
  );
  return answers.flat().map(toRoom);
}

async function listArns(
  client: ECSClient,
  cluster: string,
  options: Options,
): Promise<readonly string[] | null> {
  const arns = new Set<string>();
  let nextToken: string | undefined;
  while (arns.size <= most) {
    const input = { cluster, maxResults: perCall, ...(nextToken === undefined ? {} : { nextToken }) };
    const answer = await client.send(new ListContainerInstancesCommand(input), options);
    for (const arn of answer.containerInstanceArns ?? []) arns.add(arn);
    // A server that hands out the same token for ever would keep us here for ever.
    if (!answer.nextToken || answer.nextToken === nextToken) return arns.size > most ? null : [...arns];
    nextToken = answer.nextToken;
  }
  return null;
}

export function toRoom(instance: ContainerInstance): InstanceRoom {
  const arn = instance.containerInstanceArn ?? '';
  const attributes = Object.fromEntries(
    (instance.attributes ?? []).map(({ name, value }) => [name ?? '', value ?? '']),
  );
  const zone = Object.hasOwn(attributes, zoneAttribute) ? attributes[zoneAttribute] : undefined;
  const amount = (name: string): Amount => ({
    registered: count(instance.registeredResources, name),
    remaining: count(instance.remainingResources, name),
  });
  return {
    arn,
    name: instance.ec2InstanceId || lastSegment(arn),
    status: instance.status ?? '',
    agentConnected: instance.agentConnected !== false,
    attributes,
    cpu: amount('CPU'),
    memory: amount('MEMORY'),
    gpus: amount('GPU'),
    takenPorts: [
      ...texts(instance.remainingResources, 'PORTS').map((port) => `tcp/${port}`),
      ...texts(instance.remainingResources, 'PORTS_UDP').map((port) => `udp/${port}`),
    ],
    ...(zone ? { zone } : {}),
    ...(instance.capacityProviderName ? { capacityProvider: instance.capacityProviderName } : {}),
  };
}

/** An INTEGER, or the length of a STRINGSET: GPUs are listed by their ids. */
function count(resources: readonly Resource[] | undefined, name: string): number {
  const found = resources?.find((resource) => resource.name === name);
  return found?.type === 'STRINGSET' ? (found.stringSetValue ?? []).length : (found?.integerValue ?? 0);
}

function texts(resources: readonly Resource[] | undefined, name: string): readonly string[] {
  return resources?.find((resource) => resource.name === name)?.stringSetValue ?? [];
}
