// What was said about settings, and where: options, environment variables, lines of the variables file.
import { didYouMean } from './nearest.ts';
import { error, type Problem } from './problem.ts';
import { variableOf, type ProgramName, type SettingDefinition } from './setting-definition.ts';
import { settingDefinitions } from './setting-definitions.ts';
import { definitionOfVariable, isSettingVariable } from './setting-variables.ts';
import type { SettingValue } from './settings.ts';
import type { VariablesFile } from './variables-file.ts';

/** At most one value for each setting, by its name. */
export interface GivenSettings {
  readonly values: ReadonlyMap<string, SettingValue>;
  readonly problems: readonly Problem[];
}

interface VariableText {
  readonly variable: string;
  readonly text: string;
  /** As `Settings.origin` says. */
  readonly origin: string;
  readonly place: NonNullable<Problem['place']>;
}

export function fromEnvironment(env: Readonly<Record<string, string | undefined>>): GivenSettings {
  return fromVariables(
    Object.entries(env).map(([variable, text]) => ({
      variable,
      text: text ?? '',
      origin: variable,
      place: { variable },
    })),
  );
}

export function fromFile(file: VariablesFile, fileName: string): GivenSettings {
  return fromVariables(
    Object.entries(file.variables).map(([variable, text]) => {
      const line = file.lines[variable];
      return {
        variable,
        text,
        origin: line === undefined ? fileName : `${fileName}:${line}`,
        place: { variable, file: fileName, ...(line === undefined ? {} : { line }) },
      };
    }),
  );
}

/** Empty counts as not set: Bamboo has no way to unset a variable. Blanks around a value go, except around a secret's. */
function fromVariables(variables: readonly VariableText[]): GivenSettings {
  const values = new Map<string, SettingValue>();
  const spelt = new Map<string, string>();
  const problems: Problem[] = [];
  for (const { variable, text, origin, place } of variables) {
    if (!isSettingVariable(variable)) continue;
    const definition = definitionOfVariable(variable);
    if (!definition) {
      problems.push(unknownVariable(variable, place));
      continue;
    }
    if (text.trim() === '') continue;
    const known = values.get(definition.name);
    const value = { text: definition.secret ? text : text.trim(), origin };
    if (known && known.text !== value.text)
      problems.push(
        error(
          'setting-twice',
          `${spelt.get(definition.name) ?? ''} and ${variable} are both set, to different values`,
          place,
          'Set one of them.',
        ),
      );
    if (known) continue;
    values.set(definition.name, value);
    spelt.set(definition.name, variable);
  }
  return { values, problems };
}

/** Names of the other program are accepted: both images may share their variables. */
function unknownVariable(variable: string, place: NonNullable<Problem['place']>): Problem {
  const name = variable.slice('bamboo_ecs_'.length).toLowerCase().replaceAll(/[._]/gu, '-');
  const known = settingDefinitions.find((definition) => definition.name === name);
  if (known) {
    const message = `the setting ${name} is not spelt like this`;
    return error('unknown-setting', message, place, `Write ${variableOf(name)}, or all of it in capitals.`);
  }
  const suggestion = didYouMean(
    name,
    settingDefinitions.map((definition) => definition.name),
  );
  return error(
    'unknown-setting',
    `there is no setting ${JSON.stringify(name.slice(0, 80))}${suggestion}`,
    place,
    'Correct the name of the Bamboo variable, or remove it.',
  );
}

/** The options of a command line: texts, true for an option without a value, lists for one given twice. */
export function fromOptions(options: Readonly<Record<string, unknown>>, program: ProgramName): GivenSettings {
  const values = new Map<string, SettingValue>();
  const problems: Problem[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null || name === 'help') continue;
    const definition = settingDefinitions.find((known) => known.name === name);
    if (!definition?.programs.includes(program)) {
      problems.push(unknownOption(name, definition, program));
      continue;
    }
    const read = readOption(definition, value);
    if (typeof read === 'string') values.set(name, { text: read, origin: `option --${name}` });
    else problems.push(read);
  }
  return { values, problems };
}

function readOption(definition: SettingDefinition, value: unknown): string | Problem {
  const { name, kind, secret } = definition;
  const place = { variable: `--${name}` };
  if (secret) {
    const variable = variableOf(name);
    const dotted = variable.replace('bamboo_', '').replaceAll('_', '.');
    return error(
      'secret-option',
      `--${name} is refused: Bamboo logs command lines, and the secret with it`,
      place,
      `Set the Bamboo variable ${dotted}, which arrives as ${variable}.`,
    );
  }
  const texts = (Array.isArray(value) ? value : [value]).map((item: unknown) => textOf(item).trim());
  if (kind === 'list') return texts.join(',');
  const [text = '', ...more] = texts;
  if (more.some((other) => other !== text))
    return error('option-twice', `--${name} is given ${texts.length} times`, place, 'Give it once.');
  if (kind === 'flag') return text === '' ? 'true' : text;
  // Without a value, yargs says '' or true.
  if (text === '' || value === true)
    return error('option-empty', `--${name} has no value`, place, `Write --${name}=VALUE.`);
  return text;
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'boolean' || typeof value === 'number'
    ? String(value)
    : (JSON.stringify(value) ?? '');
}

function unknownOption(
  name: string,
  definition: SettingDefinition | undefined,
  program: ProgramName,
): Problem {
  const own = settingDefinitions.filter(({ programs }) => programs.includes(program));
  const suggestion = didYouMean(
    name,
    own.filter(({ secret }) => !secret).map((known) => known.name),
  );
  const message = definition
    ? `--${name} is an option of the ${definition.programs.join(' and ')}, not of the ${program}`
    : `there is no option --${JSON.stringify(name.slice(0, 80)).slice(1, -1)}${suggestion}`;
  return error(
    'unknown-option',
    message,
    { variable: `--${name.slice(0, 80)}` },
    `${program} --help lists the options.`,
  );
}
