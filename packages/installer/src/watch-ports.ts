// What a watch needs of the outside.
import type { Clock, EcsPort, ServiceSnapshot, TaskSnapshot } from '@bamboo-ecs/rollout';
import type { Look } from './looks.ts';
import type { Target } from './target.ts';

export interface WatchPorts {
  readonly ecs: EcsPort;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly onSnapshot: (target: Target, snapshot: ServiceSnapshot) => void;
  readonly onTrouble: (message: string) => void;
  /** What else is looked at in each poll, besides DescribeServices. */
  readonly looks?: readonly Look[];
  /** Hides the secrets of the task definition in what a container runtime says: it may quote the whole command. */
  readonly mask?: (text: string) => string;
  /** The stopped tasks of ours, whenever they were read, oldest first: what else is to be known of them is soon gone. */
  readonly onStopped?: (target: Target, stopped: readonly TaskSnapshot[]) => void;
}
