// What a cluster has room for: what is asked for it, at the same time where one answer does not decide about the other.
import type { CapacityProviderRoom, ClusterRoom, TaskSnapshot } from '@bamboo-ecs/rollout';
import { call } from './call.ts';
import {
  clusterProviders,
  describeProviders,
  fargateProvider,
  isFargate,
  unknownProvider,
} from './capacity-providers.ts';
import { containerInstances } from './container-instances.ts';
import { serviceSubject, type Context } from './context.ts';
import { EcsCallError } from './error.ts';
import { type OptionalRead, readIfAllowed } from './optional-read.ts';
import { listTasks } from './tasks.ts';

/** More are not simulated: two pages more would only take time. */
const mostTasks = 400;
const longestMs = 10_000;

export async function clusterRoom(
  context: Context,
  cluster: string,
  service: string | null,
): Promise<ClusterRoom> {
  const [[instances, tasks], providers] = await Promise.all([
    instancesAndTasks(context, cluster, service),
    providersOf(context, cluster),
  ]);
  const many = instances.value === null ? ['The cluster has more than 1,000 container instances.'] : [];
  return {
    ...(instances.value ? { instances: instances.value } : {}),
    ...(tasks.value === undefined ? {} : { tasks: tasks.value }),
    ...providers.value,
    gaps: [instances.gap, tasks.gap, providers.gap].flatMap((gap) => gap ?? []).concat(many),
  };
}

/** Where a task stands says something only beside the instances: without one two calls are saved. */
async function instancesAndTasks(context: Context, cluster: string, service: string | null) {
  const instances = await readIfAllowed(
    context,
    'DescribeContainerInstances',
    `cluster ${cluster}`,
    async (client, options) => containerInstances(client, cluster, options),
  );
  const none: OptionalRead<readonly TaskSnapshot[]> = {};
  const stand = (instances.value ?? []).length > 0;
  return [instances, stand ? await serviceTasks(context, cluster, service) : none] as const;
}

async function serviceTasks(
  context: Context,
  cluster: string,
  service: string | null,
): Promise<OptionalRead<readonly TaskSnapshot[]>> {
  if (service === null) return { value: [] };
  const { client } = context;
  // Welcome, and not worth a wait: asked once.
  const once = { ...context, client: { ...client, reads: client.writes } };
  const subject = serviceSubject(cluster, service);
  const limit = Math.min(longestMs, client.limits.call);
  try {
    const value = await call({ operation: 'ListTasks', subject, mode: 'optional' }, limit, async () =>
      listTasks(once, cluster, service, 'RUNNING', mostTasks),
    );
    return { value };
  } catch (error) {
    if (!(error instanceof EcsCallError)) throw error;
    return { gap: `${error.message}.` };
  }
}

type Providers = Pick<ClusterRoom, 'providers' | 'defaultProviders' | 'drainingServices'>;

async function providersOf(context: Context, cluster: string): Promise<OptionalRead<Providers>> {
  const read = await readIfAllowed(
    context,
    'DescribeClusters',
    `cluster ${cluster}`,
    async (client, options) => clusterProviders(client, cluster, options),
  );
  if (!read.value) return read.gap === undefined ? {} : { gap: read.gap };
  const { names, defaults, draining } = read.value;
  const own = names.filter((name) => !isFargate(name));
  const described: OptionalRead<readonly CapacityProviderRoom[]> =
    own.length === 0
      ? { value: [] }
      : await readIfAllowed(context, 'DescribeCapacityProviders', own.join(', '), async (client, options) =>
          describeProviders(client, own, options),
        );
  return {
    value: {
      providers: [
        ...names.filter(isFargate).map(fargateProvider),
        ...(described.value ?? own.map(unknownProvider)),
      ],
      defaultProviders: defaults,
      drainingServices: draining,
    },
    ...(described.gap === undefined ? {} : { gap: described.gap }),
  };
}
