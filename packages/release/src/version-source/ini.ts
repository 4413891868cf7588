// The INI dialect of setup.cfg (Python's configparser as setuptools uses it).

export interface IniValue {
  readonly value: string;
  /** Line of the key, from 1. */
  readonly line: number;
}
export type Ini = ReadonlyMap<string, ReadonlyMap<string, IniValue>>;

/** Keys in lower case with `_` for `-`; a value goes on in the lines below that are indented; no comments behind values. */
export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, IniValue>>();
  let section = new Map<string, IniValue>();
  let key: string | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:[#;]|$)/.test(line)) continue;
    const known: IniValue | undefined = key === null ? undefined : section.get(key);
    if (/^\s/.test(line) && key !== null && known) {
      section.set(key, { ...known, value: `${known.value}\n${line.trim()}`.trim() });
      continue;
    }
    const heading = /^\s*\[([^\]]*)\]/.exec(line);
    if (heading) {
      const title = heading[1]?.trim() ?? '';
      section = sections.get(title) ?? new Map<string, IniValue>();
      sections.set(title, section);
      key = null;
      continue;
    }
    const separator = line.search(/[=:]/);
    if (separator < 0) continue;
    key = line.slice(0, separator).trim().toLowerCase().replaceAll('-', '_');
    section.set(key, { value: line.slice(separator + 1).trim(), line: index + 1 });
  }
  return sections;
}
