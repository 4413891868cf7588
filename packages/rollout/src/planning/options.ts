// What planning one service needs to know.
import type { ServiceSnapshot, TaskDefinitionSnapshot } from '../snapshot.ts';
import type { WantedService } from '../wanted/wanted-service.ts';

export interface PlanOptions {
  /** Try a release again that failed here, and apply what drifted. */
  readonly force: boolean;
  readonly onOtherDeployment: 'wait' | 'refuse' | 'take-over';
  /** A rollout is baked before it counts as proven. Default: no. */
  readonly bake?: boolean;
  /** Does a scalable target of Application Auto Scaling own the desired count? Null: could not be asked. */
  readonly scalable: boolean | null;
}

export interface PlanInput {
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly service: ServiceSnapshot;
  /** The latest ACTIVE revision of the wanted family. */
  readonly latest: TaskDefinitionSnapshot | null;
  /** The revision of the service (of its PRIMARY deployment, where the two differ). The same object as `latest` will do. */
  readonly current: TaskDefinitionSnapshot | null;
  readonly wanted: WantedService;
  readonly options: PlanOptions;
}
