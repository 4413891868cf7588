import type { Plan, ServiceSnapshot, TaskDefinitionSnapshot, WantedService } from '@bamboo-ecs/rollout';

export interface PlannedService {
  readonly wanted: WantedService;
  readonly plan: Plan;
  readonly service: ServiceSnapshot;
  readonly current: TaskDefinitionSnapshot | null;
  /** When the view of ECS was taken, our clock. */
  readonly at: number;
  /** The longest of the service's target groups, where they were read: ECS itself does not say it. */
  readonly deregistrationDelaySeconds?: number;
}
