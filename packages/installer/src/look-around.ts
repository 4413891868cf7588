// A look at what surrounds the service, before it is created or updated.
import type { RunContext } from '@bamboo-ecs/program';
import type { ClusterRoom, EcsPort, Finding } from '@bamboo-ecs/rollout';
import type { PlannedService } from './planned-service.ts';
import type { InstallerPorts } from './ports.ts';

/** What one look around found. A check that may not look says so in a note; it rejects for no answer of AWS. */
export interface Surroundings {
  readonly findings: readonly Finding[];
  /** The longest of the service's target groups. */
  readonly deregistrationDelaySeconds?: number;
}

/** One look around; all of them are taken at the same time. */
export type LookAround = (
  context: RunContext,
  ports: InstallerPorts,
  ecs: EcsPort,
  planned: PlannedService,
  /** What the cluster has room for, which is asked for at the same time. */
  room: Promise<ClusterRoom | null>,
) => Promise<Surroundings>;
