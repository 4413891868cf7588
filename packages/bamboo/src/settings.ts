// The settings of one run, resolved.
import { parseDuration, parseFlag, parseList, parseNames } from './value.ts';

export interface SettingValue {
  readonly text: string;
  /** `option --templates`, `bamboo_ecs_templates`, `bamboo-variables.env:3`, `default`. */
  readonly origin: string;
}

export class Settings {
  readonly #values: ReadonlyMap<string, SettingValue>;

  constructor(values: ReadonlyMap<string, SettingValue>) {
    this.#values = values;
  }

  /** Undefined when it is neither set nor has a default. */
  text(name: string): string | undefined {
    return this.#values.get(name)?.text;
  }

  flag(name: string): boolean {
    const text = this.text(name);
    return text !== undefined && parseFlag(text) === true;
  }

  /** Milliseconds. */
  duration(name: string): number | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : (parseDuration(text) ?? undefined);
  }

  list(name: string): readonly string[] {
    return parseList(this.text(name) ?? '');
  }

  /** A list of names that may hold blanks, as those of CloudWatch alarms do: only commas and line ends part them. */
  names(name: string): readonly string[] {
    return parseNames(this.text(name) ?? '');
  }

  origin(name: string): string | undefined {
    return this.#values.get(name)?.origin;
  }
}
