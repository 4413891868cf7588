// What the installer's flow needs of the outside.
import type { RunContext } from '@bamboo-ecs/program';
import type { Tag } from '@bamboo-ecs/release';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import type { AlarmPort, Clock, EcsPort, HealthPort, LogsPort } from '@bamboo-ecs/rollout';
import type { PreflightPort } from '@bamboo-ecs/rollout/preflight';
import type { Look } from './looks.ts';

export interface InstallerPorts {
  /** Opens the repository of the setting `repository` for a tag; throws `RunStopped` when the address is wrong. */
  readonly openRepository: (context: RunContext, tag: Tag) => Promise<RepositoryPort>;
  /** Made when the first phase needs it: an error in the settings must not wait for AWS. */
  readonly openEcs: (context: RunContext) => Promise<EcsPort>;
  /** What else each poll of a watch looks at, such as the health of the targets; made anew for each watch. */
  readonly openLooks?: (context: RunContext, ecs: EcsPort) => readonly Look[];
  /** The logs of containers; opened when a task has failed. */
  readonly openLogs?: (context: RunContext) => Promise<LogsPort>;
  /** The health of targets; opened when a rollout does not get on. */
  readonly openHealth?: (context: RunContext) => Promise<HealthPort>;
  /** What stands around the service; opened before a plan is carried out. `images`: those that are in no registry of AWS. */
  readonly openPreflight?: (context: RunContext, images: readonly string[]) => Promise<PreflightPort>;
  /** The alarms of the setting `bake-alarms`; opened only where there are any. */
  readonly openAlarms?: (context: RunContext) => Promise<AlarmPort>;
  readonly clock: Clock;
}
