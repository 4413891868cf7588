import { variableOf, type ProgramName } from './setting-definition.ts';
import { settingDefinitions } from './setting-definitions.ts';

/** One setting as a help text shows it. */
export interface SettingHelp {
  readonly name: string;
  readonly describe: string;
  /** `bamboo_ecs_templates` */
  readonly variable: string;
  readonly flag: boolean;
  readonly secret: boolean;
  readonly choices?: readonly string[];
  readonly defaultText?: string;
}

/** The settings of a program, in the table's order. */
export function settingsHelp(program: ProgramName): readonly SettingHelp[] {
  return settingDefinitions
    .filter(({ programs }) => programs.includes(program))
    .map((definition) => ({
      name: definition.name,
      describe: definition.describe,
      variable: variableOf(definition.name),
      flag: definition.kind === 'flag',
      secret: definition.secret === true,
      ...(definition.choices ? { choices: definition.choices } : {}),
      ...defaultOf(definition.default, definition.defaultText),
    }));
}

function defaultOf(value: string | undefined, text: string | undefined): { defaultText?: string } {
  const shown = value ?? text;
  return shown === undefined ? {} : { defaultText: shown };
}
