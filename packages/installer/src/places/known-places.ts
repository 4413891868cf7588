// Where a project is installed, as its records tell: for each environment the cluster and services of its newest record.
import type { HistoryEntry } from '@bamboo-ecs/report';
import type { Place } from '@bamboo-ecs/rollout';

export interface KnownPlace extends Place {
  readonly project: string | null;
}

/** In the order of the newest record of each; of records that say no service (an installation that was refused early) nothing. */
export function placesOf(entries: readonly HistoryEntry[]): readonly KnownPlace[] {
  const places = new Map<string | null, readonly KnownPlace[]>();
  for (const { environment, cluster, services, project } of entries) {
    if (places.has(environment) || cluster === null || services.length === 0) continue;
    places.set(
      environment,
      services.map((service) => ({ environment, cluster, service, project })),
    );
  }
  return [...places.values()].flat();
}

/** The entries of one place, in their order. */
export function entriesOf(entries: readonly HistoryEntry[], place: Place): readonly HistoryEntry[] {
  return entries.filter(
    (entry) =>
      entry.environment === place.environment &&
      (entry.services.length === 0 || entry.services.includes(place.service)),
  );
}
