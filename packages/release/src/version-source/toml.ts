// Reading what smol-toml parsed, by own keys only, and finding a key's line again.

export interface Table {
  readonly [key: string]: unknown;
}

/** The table at this path of keys, or null. */
export function tableOf(root: Table, ...path: readonly string[]): Table | null {
  let table: Table = root;
  for (const key of path) {
    const value = Object.hasOwn(table, key) ? table[key] : null;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    table = value as Table;
  }
  return table;
}

export function stringsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The line of `key = …` below the heading `[table]`; nothing when it is written in another way. */
export function keyPlace(text: string, table: string, key: string): { line?: number } {
  let heading = '';
  for (const [index, line] of text.split('\n').entries()) {
    const title = /^\s*\[([^[\]]+)\]/.exec(line);
    if (title) heading = (title[1] ?? '').replace(/\s/g, '');
    else if (heading === table && new RegExp(`^\\s*"?${key}"?\\s*[=.]`).test(line))
      return { line: index + 1 };
  }
  return {};
}
