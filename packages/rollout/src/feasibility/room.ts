// What a cluster has room for, as ECS tells it: plain values, no SDK types.
import type { TaskSnapshot } from '../snapshot.ts';

/** CPU units of 1024 a core, MiB, pieces. */
export interface Amount {
  readonly registered: number;
  readonly remaining: number;
}

/** One container instance ("ContainerInstance", ECS API Reference). */
export interface InstanceRoom {
  readonly arn: string;
  /** `i-0123456789abcdef0`, else the id of the container instance. */
  readonly name: string;
  /** `eu-west-1a` */
  readonly zone?: string;
  /** `ACTIVE`, `DRAINING`, `REGISTERING`, … */
  readonly status: string;
  readonly agentConnected: boolean;
  readonly attributes: Readonly<Record<string, string>>;
  readonly cpu: Amount;
  readonly memory: Amount;
  readonly gpus: Amount;
  /** Host ports that are taken, by the agent or by tasks: `tcp/1234`, `udp/53`. */
  readonly takenPorts: readonly string[];
  /** The capacity provider that it belongs to. */
  readonly capacityProvider?: string;
}

/** One capacity provider of the cluster ("CapacityProvider", ECS API Reference). */
export interface CapacityProviderRoom {
  readonly name: string;
  readonly kind: 'fargate' | 'auto-scaling-group' | 'managed-instances' | 'unknown';
  /** Whether ECS adds instances when tasks do not fit; null when that could not be read. */
  readonly scales: boolean | null;
}

/** An Auto Scaling group that instances of the cluster belong to, whatever lets it grow ("AutoScalingGroup"). */
export interface GroupRoom {
  readonly name: string;
  readonly desired: number;
  readonly maximum: number;
  /** False while its process `Launch` is suspended. */
  readonly launches: boolean;
}

/** What could be read; what could not is undefined and named in `gaps`. */
export interface ClusterRoom {
  /** Every container instance of the cluster; undefined, too, where there are more than are read. */
  readonly instances?: readonly InstanceRoom[];
  /** The tasks of the service that run or are to run. */
  readonly tasks?: readonly TaskSnapshot[];
  readonly providers?: readonly CapacityProviderRoom[];
  /** Names of the providers that the cluster's default strategy uses. */
  readonly defaultProviders?: readonly string[];
  /** Asked for only when a rollout finds no room and no capacity provider could make it. */
  readonly groups?: readonly GroupRoom[];
  /** Services on instances that are being deleted: what their tasks hold is free soon. */
  readonly drainingServices?: number;
  /** One sentence each: what could not be read, and why. */
  readonly gaps: readonly string[];
}

/** Optional: a port to ECS that cannot tell the room leaves it out. */
export interface RoomPort {
  /**
   * Container instances, the service's tasks and the capacity providers of the cluster, read at the same time. `service` null: it
   * does not exist yet. Never rejects for an answer of AWS: what is denied or not known there is a gap.
   */
  clusterRoom(cluster: string, service: string | null): Promise<ClusterRoom>;
}
