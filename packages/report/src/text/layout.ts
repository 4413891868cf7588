import { plain, plainLines } from './plain.ts';

/** The first line behind `first`, further lines of the same text under it. */
export function hanging(first: string, text: string): readonly string[] {
  const [head = '', ...rest] = plainLines(text);
  const indent = ' '.repeat(first.length);
  return [`${first}${head}`, ...rest.map((line) => `${indent}${line}`)].map((line) => line.trimEnd());
}

/** Names in a column, values in the next; names and columns stay readable when one of them is very long. */
export function columns(rows: readonly (readonly string[])[], widest: number): readonly string[] {
  const width = (index: number): number =>
    Math.max(
      0,
      ...rows.map((row) => row[index] ?? '').map((cell) => (cell.length <= widest ? cell.length : 0)),
    );
  return rows.map((row) =>
    row
      .map((cell, index) => (index === row.length - 1 ? cell : cell.padEnd(width(index))))
      .join('  ')
      .trimEnd(),
  );
}

/** The rows of a block with name and value. A value of several lines hangs under its first. */
export function nameAndValue(
  rows: readonly (readonly [string, string])[],
  indent: string,
): readonly string[] {
  const names = rows.map(([name]) => plain(name));
  const width = Math.max(0, ...names.map((name) => name.length));
  return rows.flatMap(([, value], index) =>
    hanging(`${indent}${(names[index] ?? '').padEnd(width)}  `, value),
  );
}
