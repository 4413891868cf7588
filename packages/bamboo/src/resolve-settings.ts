// Option, environment, variables file, default: in this order; every problem at once.
import { fromEnvironment, fromFile, fromOptions } from './given-settings.ts';
import { error, type Problem } from './problem.ts';
import { variableOf, type ProgramName, type SettingDefinition } from './setting-definition.ts';
import { settingDefinitions } from './setting-definitions.ts';
import { Settings, type SettingValue } from './settings.ts';
import { faultOf } from './value.ts';
import { parseVariablesFile } from './variables-file.ts';

export interface SettingsInput {
  readonly program: ProgramName;
  /** The command line as parsed: texts, true for an option without a value, lists for one given twice. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly variablesFile?: { readonly name: string; readonly text: string };
}

export interface ResolvedSettings {
  readonly settings: Settings;
  readonly problems: readonly Problem[];
  /** What was set, and from where; secrets masked. Defaults are not listed. */
  readonly used: readonly { readonly name: string; readonly value: string; readonly origin: string }[];
}

const masked = '********';

export function resolveSettings(input: SettingsInput): ResolvedSettings {
  const { program, variablesFile } = input;
  const file = variablesFile ? parseVariablesFile(variablesFile.text, variablesFile.name) : null;
  const sources = [
    fromOptions(input.options, program),
    fromEnvironment(input.env),
    ...(file && variablesFile ? [fromFile(file, variablesFile.name)] : []),
  ];
  const problems = [...(file?.problems ?? []), ...sources.flatMap((source) => source.problems)];
  const values = new Map<string, SettingValue>();
  const used: { name: string; value: string; origin: string }[] = [];
  for (const definition of settingDefinitions) {
    // What is set for the other program only is neither checked nor taken over.
    if (!definition.programs.includes(program)) continue;
    const { name } = definition;
    const given = sources.map((source) => source.values.get(name)).find((value) => value !== undefined);
    if (definition.default !== undefined) values.set(name, { text: definition.default, origin: 'default' });
    if (!given) continue;
    used.push({ name, value: shownValue(definition, given), origin: given.origin });
    const fault = faultOf(definition, given.text);
    if (fault === null) values.set(name, given);
    else problems.push(wrongValue(definition, given, fault));
  }
  problems.push(...incomplete(values));
  return { settings: new Settings(values), problems, used };
}

function wrongValue(definition: SettingDefinition, given: SettingValue, fault: string): Problem {
  const shown = definition.secret ? 'the value' : JSON.stringify(shownValue(definition, given).slice(0, 200));
  return error(
    'setting-value',
    `${shown} is no value of ${definition.name}: ${fault}`,
    { variable: given.origin },
    definition.describe,
  );
}

/** Credentials in an address are refused where it is used; they are not printed before that either. */
function shownValue({ secret }: SettingDefinition, { text }: SettingValue): string {
  return secret ? masked : text.replace(/(:\/*)[^/?#]*@/u, `$1${masked}@`);
}

/** Settings that make no sense alone. */
function incomplete(values: ReadonlyMap<string, SettingValue>): Problem[] {
  const problems = ['artifactory', 'registry'].flatMap((service) => {
    const user = values.get(`${service}-user`);
    if (!user || values.has(`${service}-password`)) return [];
    const password = variableOf(`${service}-password`);
    const message = `${service}-user is set, but ${service}-password is not`;
    return [error('setting-incomplete', message, { variable: user.origin }, `Set ${password}, too.`)];
  });
  const auth = values.get('artifactory-auth');
  if (auth?.text !== 'basic' || values.has('artifactory-user')) return problems;
  const message = 'artifactory-auth is basic, which needs a user, but artifactory-user is not set';
  return [
    ...problems,
    error('setting-incomplete', message, { variable: auth.origin }, `Set ${variableOf('artifactory-user')}.`),
  ];
}
