// Where in the descriptors something is named.

/** `task-definition $.executionRoleArn`, `service-update $.loadBalancers[0].targetGroupArn`, `the service as it runs $.…`. */
export type Place = string;

export function placeOf(source: string, path: string): Place {
  return `${source} $.${path}`;
}

/** `task-definition $.a`, `task-definition $.a and 2 more places` */
export function placesOf(places: readonly Place[]): string {
  const [first = ''] = places;
  const more = places.length - 1;
  return more < 1 ? first : `${first} and ${more} more ${more === 1 ? 'place' : 'places'}`;
}

/** One entry for each id, in the order of their first appearance, with all places that name it. */
export function byId<T extends { readonly places: readonly Place[] }>(
  uses: readonly T[],
  idOf: (use: T) => string,
): T[] {
  const found = new Map<string, T>();
  for (const use of uses) {
    const id = idOf(use);
    const before = found.get(id);
    found.set(id, before ? { ...before, places: [...before.places, ...use.places] } : use);
  }
  return [...found.values()];
}
