// What a roll-back is given, and what comes of it.
import type { RunContext } from '@bamboo-ecs/program';
import type { EcsPort, RollbackOutcomeKind } from '@bamboo-ecs/rollout';
import type { PlannedService } from '../planned-service.ts';
import type { InstallerPorts } from '../ports.ts';
import type { Watched } from '../watch.ts';

export interface RollbackOutcome {
  readonly kind: RollbackOutcomeKind;
  /** For a row of the summary: `back on hid-generator:2`. */
  readonly short: string;
  /** One sentence: what runs now. */
  readonly sentence: string;
  /** What was followed on its way back. */
  readonly taskDefinition?: string;
  /** Another deployment has taken its place: the service is somebody else's now. */
  readonly superseded?: boolean;
}

export interface RollbackInput {
  readonly context: RunContext;
  readonly ports: InstallerPorts;
  readonly ecs: EcsPort;
  readonly planned: PlannedService;
  readonly watched: Watched;
  readonly timeoutMs: number;
  /** Of the diagnosis; absent where there is none. */
  readonly cause?: string | undefined;
}
