// A place where releases are installed: one service of one cluster, for one environment.
import { plainName } from '../arn.ts';
import { tagOf, tagValue } from '../planning/tags.ts';
import type { TaskDefinitionSnapshot } from '../snapshot.ts';

export interface Place {
  /** `Production`; null where the installer was not told any. */
  readonly environment: string | null;
  /** Name or ARN. */
  readonly cluster: string;
  readonly service: string;
}

/** Was this revision registered by the installer, for exactly this place? A family may be shared by several. */
export function isOfPlace(revision: TaskDefinitionSnapshot, place: Place): boolean {
  return isOfService(revision, place) && sameEnvironment(revision, place.environment);
}

/** Whatever its environment. */
export function isOfService(
  revision: TaskDefinitionSnapshot,
  { cluster, service }: Pick<Place, 'cluster' | 'service'>,
): boolean {
  return (
    tagOf(revision, 'version') !== undefined &&
    tagOf(revision, 'cluster') === tagValue(plainName(cluster)) &&
    tagOf(revision, 'service') === tagValue(plainName(service))
  );
}

function sameEnvironment(revision: TaskDefinitionSnapshot, environment: string | null): boolean {
  return tagOf(revision, 'environment') === (environment ? tagValue(environment) : undefined);
}
