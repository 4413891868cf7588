// Everything that the simulation remembers: plain values, times in milliseconds, saved and restored as JSON.
import type { JsonObject, JsonValue } from '@bamboo-ecs/release';
import type { HookState, ServiceState } from './service-state.ts';
import type { TaskState } from './task-state.ts';

export type Tags = Record<string, string>;

export interface ContainerInstanceState {
  readonly id: string;
  readonly arn: string;
  readonly ec2InstanceId: string;
  readonly zone: string;
  readonly cpu: number;
  readonly memory: number;
  /** Host ports that the agent keeps for itself. */
  readonly reservedPorts: readonly number[];
  readonly reservedUdpPorts?: readonly number[];
  readonly gpus?: number;
  readonly attributes: Readonly<Record<string, string>>;
  readonly registeredAt: number;
  status: 'ACTIVE' | 'DRAINING';
  agentConnected: boolean;
  tags: Tags;
}

export interface ClusterState {
  readonly name: string;
  readonly arn: string;
  status: 'ACTIVE' | 'INACTIVE';
  settings: JsonValue;
  capacityProviders: readonly string[];
  /** Of those, the ones with managed scaling. */
  managedScaling?: readonly string[];
  tags: Tags;
  readonly instances: ContainerInstanceState[];
}

export interface TaskDefinitionState {
  readonly arn: string;
  readonly family: string;
  readonly revision: number;
  status: 'ACTIVE' | 'INACTIVE' | 'DELETE_IN_PROGRESS';
  readonly registeredAt: number;
  deregisteredAt: number | null;
  tags: Tags;
  /** The members of the request, with the defaults that ECS fills in. */
  readonly definition: JsonObject;
}

/** A target group, or a classic load balancer, which is both in one. */
export interface TargetGroupState {
  /** The target group's ARN, or the classic load balancer's name. */
  readonly key: string;
  readonly kind: 'target-group' | 'classic';
  readonly name: string;
  readonly createdAt: number;
  readonly intervalMs: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  readonly deregistrationMs: number;
  readonly targetType: 'instance' | 'ip';
  readonly port: number;
  readonly protocol: string;
  readonly vpcId: string;
}

export interface LoadBalancerState {
  readonly name: string;
  readonly arn: string;
  readonly dnsName: string;
  readonly createdAt: number;
  /** ARNs of target groups that its listeners forward to. */
  readonly listeners: { readonly arn: string; readonly port: number; readonly targetGroup: string }[];
}

/** What was said about an IAM role; the scheduler itself never looks at it. */
export interface RoleState {
  readonly exists: boolean;
  /** Services that its trust policy names; null: those of ECS. */
  readonly trusts: readonly string[] | null;
  /** `/service-role/`; null: that of an ARN by which it is named, else `/`. */
  readonly path: string | null;
  /** What IAM's policy simulator decides on passing it. */
  readonly pass: 'allowed' | 'implicitDeny' | 'explicitDeny';
}

export interface SimulationState {
  readonly clusters: Map<string, ClusterState>;
  /** By family; oldest revision first. */
  readonly taskDefinitions: Map<string, TaskDefinitionState[]>;
  /** By `cluster/service`. */
  readonly services: Map<string, ServiceState>;
  /** By task id. */
  readonly tasks: Map<string, TaskState>;
  readonly targetGroups: Map<string, TargetGroupState>;
  readonly loadBalancers: Map<string, LoadBalancerState>;
  /** Names of CloudWatch alarms that are in ALARM, and since when. */
  readonly alarms: Map<string, number>;
  /** Names of alarms that exist, and since when. */
  readonly alarmNames: Map<string, number>;
  /** What Lambda functions of lifecycle hooks answer, by ARN or name, and after how long. */
  readonly hooks: Map<string, { readonly status: HookState['status']; readonly afterMs: number }>;
  /** Per kind of id, how many were given out. */
  readonly counters: Map<string, number>;
  /** Answers to remember by client token: `operation/token` → the request and what it made. */
  readonly tokens: Map<string, { readonly request: string; readonly made: string }>;
  /** Scalable targets of Application Auto Scaling, as its API gives them. */
  scalableTargets: readonly JsonObject[];
  /** What is told of IAM roles, by name; of any other the usual is true. */
  readonly roles: Map<string, RoleState>;
  /** Log groups by name: whether they are there, where that was said. */
  readonly logGroups: Map<string, boolean>;
  /** Per rule of the scenario, the tasks that it has decided. */
  ruleUses: number[];
}

export function emptyState(): SimulationState {
  return {
    clusters: new Map(),
    taskDefinitions: new Map(),
    services: new Map(),
    tasks: new Map(),
    targetGroups: new Map(),
    loadBalancers: new Map(),
    alarms: new Map(),
    alarmNames: new Map(),
    hooks: new Map(),
    counters: new Map(),
    tokens: new Map(),
    scalableTargets: [],
    roles: new Map(),
    logGroups: new Map(),
    ruleUses: [],
  };
}
