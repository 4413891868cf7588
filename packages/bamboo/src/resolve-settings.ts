// Option, environment, variables file, default: in this order; every problem at once.
import { didYouMean } from './nearest.ts';
import { error, type Problem } from './problem.ts';
import {
  capitalVariableOf,
  variableOf,
  type ProgramName,
  type SettingDefinition,
} from './setting-definition.ts';
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
const prefix = /^bamboo_ecs_/iu;

export function resolveSettings(input: SettingsInput): ResolvedSettings {
  const file = input.variablesFile
    ? parseVariablesFile(input.variablesFile.text, input.variablesFile.name)
    : null;
  const problems: Problem[] = [
    ...(file?.problems ?? []),
    ...unknownOptions(input),
    ...unknownVariables(input.env),
  ];
  if (file) problems.push(...unknownVariables(file.variables, input.variablesFile?.name));
  const values = new Map<string, SettingValue>();
  const used: { name: string; value: string; origin: string }[] = [];
  for (const definition of settingDefinitions) {
    const found = valueOf(definition, input, file, problems);
    if (found) {
      used.push({
        name: definition.name,
        value: definition.secret ? masked : found.text,
        origin: found.origin,
      });
      const fault = definition.programs.includes(input.program) ? faultOf(definition, found.text) : null;
      if (fault === null) values.set(definition.name, found);
      else problems.push(wrongValue(definition, found, fault));
    } else if (definition.default !== undefined)
      values.set(definition.name, { text: definition.default, origin: 'default' });
  }
  const mine = new Set(
    settingDefinitions.filter(({ programs }) => programs.includes(input.program)).map(({ name }) => name),
  );
  return { settings: new Settings(values), problems, used: used.filter(({ name }) => mine.has(name)) };
}

function wrongValue(definition: SettingDefinition, found: SettingValue, fault: string): Problem {
  const shown = definition.secret ? 'the value' : JSON.stringify(found.text.slice(0, 200));
  return error(
    'setting-value',
    `${shown} is no value of ${definition.name}: ${fault}`,
    { variable: found.origin },
    definition.describe,
  );
}

function valueOf(
  definition: SettingDefinition,
  input: SettingsInput,
  file: ReturnType<typeof parseVariablesFile> | null,
  problems: Problem[],
): SettingValue | null {
  const { name } = definition;
  const option = fromOption(definition, input.options, problems);
  if (option) return option;
  const small = ownText(input.env, variableOf(name));
  const capital = ownText(input.env, capitalVariableOf(name));
  if (small !== undefined && capital !== undefined && small !== capital) {
    const both = `${variableOf(name)} and ${capitalVariableOf(name)}`;
    problems.push(
      error(
        'setting-twice',
        `${both} are both set, to different values`,
        { variable: variableOf(name) },
        'Set one of them.',
      ),
    );
  }
  const variable = small === undefined ? capitalVariableOf(name) : variableOf(name);
  const fromEnvironment = small ?? capital;
  if (fromEnvironment !== undefined) return { text: fromEnvironment, origin: variable };
  const fromFile = file
    ? (ownText(file.variables, variableOf(name)) ?? ownText(file.variables, capitalVariableOf(name)))
    : undefined;
  if (fromFile === undefined) return null;
  const line = file?.lines[variableOf(name)];
  return {
    text: fromFile,
    origin: `${input.variablesFile?.name ?? 'file'}${line === undefined ? '' : `:${line}`}`,
  };
}

function fromOption(
  definition: SettingDefinition,
  options: SettingsInput['options'],
  problems: Problem[],
): SettingValue | null {
  if (!Object.hasOwn(options, definition.name)) return null;
  const value = options[definition.name];
  const origin = `option --${definition.name}`;
  if (value === undefined || value === null) return null;
  if (definition.secret) {
    problems.push(
      error(
        'secret-option',
        `--${definition.name} is refused: Bamboo logs command lines, and the secret with it`,
        { variable: origin },
        `Set the Bamboo variable ${variableOf(definition.name).replace('bamboo_', '').replaceAll('_', '.')}, which arrives as ${variableOf(definition.name)}.`,
      ),
    );
    return null;
  }
  if (Array.isArray(value)) {
    if (definition.kind === 'list') return { text: value.map(String).join(','), origin };
    problems.push(
      error(
        'option-twice',
        `--${definition.name} is given ${value.length} times`,
        { variable: origin },
        'Give it once.',
      ),
    );
    return { text: String(value.at(-1)), origin };
  }
  const text = value === true ? 'true' : String(value as string | number | boolean);
  if (value === true && definition.kind !== 'flag') {
    problems.push(
      error(
        'option-empty',
        `--${definition.name} has no value`,
        { variable: origin },
        `Write --${definition.name}=VALUE.`,
      ),
    );
    return null;
  }
  if (text === '') {
    if (definition.kind === 'flag') return { text: 'true', origin };
    problems.push(
      error(
        'option-empty',
        `--${definition.name} has no value`,
        { variable: origin },
        `Write --${definition.name}=VALUE.`,
      ),
    );
    return null;
  }
  return { text, origin };
}

/** Empty counts as not set: Bamboo has no way to unset a variable. */
function ownText(source: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const value = Object.hasOwn(source, name) ? source[name] : undefined;
  return value === undefined || value.trim() === '' ? undefined : value;
}

function unknownOptions({ options, program }: SettingsInput): Problem[] {
  const known = new Map(settingDefinitions.map((definition) => [definition.name, definition]));
  const own = settingDefinitions.filter(({ programs }) => programs.includes(program)).map(({ name }) => name);
  return Object.keys(options).flatMap((name) => {
    if (own.includes(name) || name === 'help' || name === 'version') return [];
    const whose = known.get(name);
    const message = whose
      ? `--${name} is an option of the ${whose.programs.join(' and ')}, not of the ${program}`
      : `there is no option --${name}${didYouMean(name, own)}`;
    return [
      error('unknown-option', message, { variable: `--${name}` }, `${program} --help lists the options.`),
    ];
  });
}

/** Names of the other program are accepted: both images may share their variables. */
function unknownVariables(source: Readonly<Record<string, string | undefined>>, file?: string): Problem[] {
  const known = settingDefinitions.map(({ name }) => name);
  return Object.keys(source).flatMap((variable) => {
    if (!prefix.test(variable)) return [];
    const name = variable.replace(prefix, '').toLowerCase().replaceAll('_', '-');
    if (known.includes(name)) return [];
    const suggestion = didYouMean(name, known);
    const place = { variable, ...(file === undefined ? {} : { file }) };
    return [
      error(
        'unknown-setting',
        `there is no setting ${name}${suggestion}`,
        place,
        'Correct the name of the Bamboo variable, or remove it.',
      ),
    ];
  });
}
