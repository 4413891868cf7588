import type {
  Plan,
  ServiceSnapshot,
  TaskDefinitionSnapshot,
  TimeBudget,
  WantedService,
} from '@bamboo-ecs/rollout';

/** One look at ECS. */
export interface View {
  readonly service: ServiceSnapshot;
  readonly latest: TaskDefinitionSnapshot | null;
  readonly current: TaskDefinitionSnapshot | null;
}

export interface PlannedService {
  readonly wanted: WantedService;
  readonly plan: Plan;
  readonly service: ServiceSnapshot;
  readonly current: TaskDefinitionSnapshot | null;
  /** When the view of ECS was taken, our clock. */
  readonly at: number;
  /** What the time-out follows from, where the rollout was foretold. */
  readonly budget?: TimeBudget;
}
