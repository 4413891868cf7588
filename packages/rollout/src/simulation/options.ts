// What a simulation is made with.
import type { Pace } from './pace.ts';
import { realisticPace } from './pace.ts';
import type { Scenario } from './scenario.ts';

export interface InstanceOptions {
  /** `eu-west-1a` */
  readonly zone: string;
  /** CPU units, 1024 a core. Default 2048. */
  readonly cpu?: number;
  readonly gpus?: number;
  /** MiB. Default 3884, as a t3.medium registers. */
  readonly memory?: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

export interface ClusterOptions {
  readonly name: string;
  readonly instances?: readonly InstanceOptions[];
  /** Of Auto Scaling groups. They are told of; the simulation adds no instances. */
  readonly capacityProviders?: readonly { readonly name: string; readonly managedScaling: boolean }[];
}

export interface TargetGroupOptions {
  readonly name: string;
  /** Default 30, as ALB target groups have. */
  readonly intervalSeconds?: number;
  /** Default 5; a newly registered target is healthy after one passed check all the same. */
  readonly healthyThreshold?: number;
  /** Default 2. */
  readonly unhealthyThreshold?: number;
  /** Default 300. */
  readonly deregistrationSeconds?: number;
  readonly targetType?: 'instance' | 'ip';
  readonly port?: number;
  readonly protocol?: string;
  readonly vpcId?: string;
}

export interface SimulationOptions {
  /** Default `us-east-1`. */
  readonly region?: string;
  /** Default `123456789012`. */
  readonly account?: string;
  /** Default: one cluster `default` without container instances. */
  readonly clusters?: readonly ClusterOptions[];
  readonly targetGroups?: readonly TargetGroupOptions[];
  /** All ids come from it. Default `0`. */
  readonly seed?: string;
  /** Default: every task runs. */
  readonly scenario?: Scenario;
  /** Default `realisticPace`. */
  readonly pace?: Pace;
  /** Where the clock stands at the start. Default 2026-01-01T00:00:00Z. */
  readonly startMs?: number;
  /** What a tag points at; asked when a deployment starts. Default: a digest made from the reference. */
  readonly resolveImage?: (reference: string) => string | undefined;
  /**
   * Whether a service behind a classic load balancer shows rolloutState and has its circuit breaker minded.
   * AWS documents that it does neither. Default false.
   */
  readonly classicRolloutState?: boolean;
  /** COMPLETED as soon as the new tasks are healthy, with old tasks still draining (measured on one emulator). Default false. */
  readonly completesWhileDraining?: boolean;
  /** Load balancers and target groups that a service names are made when they do not exist. Default true. */
  readonly loadBalancersOnDemand?: boolean;
  /** How long after CreateService a service cannot be seen yet by DescribeServices and ListServices. Default 0. */
  readonly unseenMs?: number;
  /** Host ports that the agent reserves on each instance. */
  readonly reservedPorts?: readonly number[];
}

export type Settings = Required<
  Omit<SimulationOptions, 'resolveImage' | 'clusters' | 'targetGroups' | 'scenario'>
> & {
  readonly resolveImage: ((reference: string) => string | undefined) | null;
};

export function settingsOf(options: SimulationOptions): Settings {
  return {
    region: options.region ?? 'us-east-1',
    account: options.account ?? '123456789012',
    seed: options.seed ?? '0',
    pace: options.pace ?? realisticPace,
    startMs: options.startMs ?? Date.UTC(2026, 0, 1),
    resolveImage: options.resolveImage ?? null,
    classicRolloutState: options.classicRolloutState ?? false,
    completesWhileDraining: options.completesWhileDraining ?? false,
    loadBalancersOnDemand: options.loadBalancersOnDemand ?? true,
    unseenMs: options.unseenMs ?? 0,
    reservedPorts: options.reservedPorts ?? [22, 2375, 2376, 51678, 51679],
  };
}
