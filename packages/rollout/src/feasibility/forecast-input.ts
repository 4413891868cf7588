// What a forecast is made from.
import type { JsonObject } from '@bamboo-ecs/release';
import type { ServiceSnapshot } from '../snapshot.ts';
import type { ClusterRoom } from './room.ts';

export interface ForecastInput {
  readonly action: 'create' | 'update';
  /** The CreateService request; or the described service with the UpdateService request spread over it. */
  readonly service: JsonObject;
  /** RegisterTaskDefinition request of the new revision. */
  readonly newTask: JsonObject;
  /** The described revision that runs; null when there is none or it could not be read. */
  readonly oldTask: JsonObject | null;
  /** The service as it is; MISSING when it is to be created. */
  readonly before: ServiceSnapshot;
  /** Null when nobody could be asked. */
  readonly room: ClusterRoom | null;
  /** The longest of the service's target groups, where they were read. */
  readonly deregistrationDelaySeconds?: number;
  /** To a revision that is there already: no change of the task is proposed. */
  readonly goesBack?: boolean;
}
