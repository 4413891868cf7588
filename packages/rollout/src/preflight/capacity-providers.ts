// Capacity providers that the service names: does the cluster have them?
import type { Finding } from '../finding.ts';
import { textOf } from '../json.ts';
import type { Answer } from './answer.ts';
import { byId, placesOf, type Place } from './place.ts';
import { servedList, type Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export interface CapacityProviderUse {
  readonly name: string;
  readonly places: readonly Place[];
}

/** What ECS says of the cluster. */
export interface ClusterFact {
  readonly capacityProviders: readonly string[] | null;
  readonly activeServices: number | null;
}

export function capacityProviderUses(subject: Subject): readonly CapacityProviderUse[] {
  const uses = servedList(subject, 'capacityProviderStrategy').flatMap(({ json, place }) => {
    const name = textOf(json, 'capacityProvider');
    return name ? [{ name, places: [place('capacityProvider')] }] : [];
  });
  return byId(uses, ({ name }) => name);
}

/** "CapacityProviderStrategyItem", ECS API Reference: only providers that are associated with the cluster can be named. */
export function capacityProviderFindings(
  uses: readonly CapacityProviderUse[],
  answer: Answer<ClusterFact>,
  cluster: string,
): Finding[] {
  return eachKnown(
    'capacity-provider',
    'capacity provider',
    uses,
    () => answer,
    (use, fact) => {
      const has = fact.capacityProviders;
      if (has === null || has.includes(use.name)) return [];
      const those = has.length === 0 ? 'none' : has.slice(0, 10).join(', ');
      return [
        finding(
          'capacity-provider',
          'error',
          `The cluster ${cluster} has no capacity provider ${use.name} (${placesOf(use.places)}); it has ${those}.`,
          'Associate it with the cluster (PutClusterCapacityProviders), or name one that it has.',
        ),
      ];
    },
  );
}
