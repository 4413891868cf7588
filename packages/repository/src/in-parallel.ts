// Many questions to one server, a few at a time.

/** The answers in the order of the items; the first error ends it. At most `most` are under way at once. */
export async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  ask: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const answers = new Map<number, R>();
  const entries = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of entries) answers.set(index, await ask(item));
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return items.map((_, index) => answers.get(index) as R);
}
