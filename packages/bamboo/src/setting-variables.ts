// Which variable sets which setting.
import { variableOf, type SettingDefinition } from './setting-definition.ts';
import { settingDefinitions } from './setting-definitions.ts';

const byVariable = new Map(
  settingDefinitions.flatMap((definition) => {
    const variable = variableOf(definition.name);
    return [variable, variable.toUpperCase()].map((spelling) => [spelling, definition] as const);
  }),
);

/** Whether a variable claims to be a setting, rightly or not: `bamboo_ecs_…` in any letters, dots and dashes included. */
export function isSettingVariable(variable: string): boolean {
  return /^bamboo[._-]ecs[._-]/iu.test(variable);
}

/** The setting that a variable sets: in small letters, or all in capitals; its dots and dashes count as `_`. */
export function definitionOfVariable(variable: string): SettingDefinition | undefined {
  return byVariable.get(variable.replaceAll(/[.-]/gu, '_'));
}
