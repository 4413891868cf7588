import {
  variableOf,
  type ProgramName,
  type SettingDefinition,
  type SettingGroup,
} from './setting-definition.ts';
import { settingDefinitions } from './setting-definitions.ts';

/** One setting as a help text shows it. */
export interface SettingHelp {
  readonly name: string;
  readonly group: SettingGroup;
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
  return settingDefinitions.filter(({ programs }) => programs.includes(program)).map(helpOf);
}

function helpOf(definition: SettingDefinition): SettingHelp {
  const { name, group, describe, kind, secret, choices } = definition;
  const defaultText = definition.default ?? definition.defaultText;
  return {
    name,
    group,
    describe,
    variable: variableOf(name),
    flag: kind === 'flag',
    secret: secret === true,
    ...(choices ? { choices } : {}),
    ...(defaultText === undefined ? {} : { defaultText }),
  };
}
