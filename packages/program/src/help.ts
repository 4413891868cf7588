// What `--help` prints: usage, commands, the settings under their headings, exit codes.
import type { SettingGroup, SettingHelp } from '@bamboo-ecs/bamboo';

export interface CommandHelp {
  readonly name: string;
  /** One line. */
  readonly describe: string;
  /** A few sentences more, for the help of this command. */
  readonly details?: string;
  /** Command lines, for the help of this command. */
  readonly examples?: readonly string[];
  /** The settings that count for this command; all when absent. */
  readonly groups?: readonly SettingGroup[];
  /** All when absent. */
  readonly exitCodes?: readonly number[];
}

export interface HelpInput {
  readonly program: string;
  readonly version: string;
  /** The first one is the default. */
  readonly commands: readonly CommandHelp[];
  readonly settings: readonly SettingHelp[];
  readonly exitCodes: readonly (readonly [number, string])[];
}

const width = 100;

/** The help of the program, or of one command. */
export function helpText(input: HelpInput, command?: CommandHelp): string {
  const { program, version } = input;
  const usage = `Usage: ${program} ${command?.name ?? '[command]'} [--setting=value ...]`;
  const top = command
    ? [...wrapped(`${program} ${command.name}: ${command.describe}`, ''), '', usage]
    : [`bamboo-ecs ${program} ${version}`, '', usage];
  return [
    ...top,
    '',
    ...(command ? details(command) : commandLines(input)),
    ...settingLines(input.settings, command),
    ...wrapped(
      'A setting is looked for as an option, then as the environment variable that is named here (in Bamboo the variable with dots, ecs.artifactory.password, which arrives as bamboo_ecs_artifactory_password), then in the variables file. Secrets are refused on the command line: Bamboo logs it.',
      '',
    ),
    '',
    'Exit codes:',
    ...exitCodeLines(input, command),
  ].join('\n');
}

function details({ details: text, examples = [] }: CommandHelp): readonly string[] {
  return [
    ...(text === undefined ? [] : [...wrapped(text, ''), '']),
    ...(examples.length === 0 ? [] : ['Examples:', ...examples.map((line) => `  ${line}`), '']),
  ];
}

function commandLines({ program, commands }: HelpInput): readonly string[] {
  const rows = commands.map(
    ({ name, describe }, index) => [name, `${describe}${index === 0 ? ' (default)' : ''}`] as const,
  );
  return [
    'Commands:',
    ...columns(rows),
    `  ${program} COMMAND --help says more about one, ${program} --version which version this is.`,
    '',
  ];
}

function settingLines(settings: readonly SettingHelp[], command: CommandHelp | undefined): readonly string[] {
  const groups = [...new Set(settings.map(({ group }) => group))].filter(
    (group) => command?.groups?.includes(group) ?? true,
  );
  const indent = Math.max(...settings.map(({ name }) => name.length)) + 6;
  return groups.flatMap((group) => [
    `${group}:`,
    ...settings.filter((setting) => setting.group === group).flatMap((setting) => rows(setting, indent)),
    '',
  ]);
}

function rows(setting: SettingHelp, indent: number): readonly string[] {
  const { name, describe, variable, flag, secret, choices, defaultText } = setting;
  const what = choices ? `${describe}: ${choices.join(', ')}` : describe;
  const how = [
    secret ? `only as ${variable}` : variable,
    ...(defaultText === undefined ? [] : [`default: ${defaultText}`]),
    ...(flag ? ['a switch, off'] : []),
  ].join('; ');
  const [first = '', ...more] = [...wrapped(what, ' '.repeat(indent)), ...wrapped(how, ' '.repeat(indent))];
  const label = secret ? `  (${name})` : `  --${name}`;
  return [`${label.padEnd(indent)}${first.trimStart()}`, ...more];
}

function exitCodeLines(
  { commands, exitCodes }: HelpInput,
  command: CommandHelp | undefined,
): readonly string[] {
  const known = (command ? [command] : commands).map((one) => one.exitCodes);
  return exitCodes
    .filter(([code]) => known.some((codes) => codes === undefined || codes.includes(code)))
    .flatMap(([code, meaning]) => columns([[String(code).padStart(2), meaning]]));
}

function columns(table: readonly (readonly [string, string])[]): readonly string[] {
  const indent = Math.max(...table.map(([name]) => name.length)) + 4;
  return table.flatMap(([name, text]) => {
    const [first = '', ...more] = wrapped(text, ' '.repeat(indent));
    return [`  ${name}`.padEnd(indent) + first.trimStart(), ...more];
  });
}

/** Lines of at most `width` characters, each behind the indent; a longer word stands alone. */
function wrapped(text: string, indent: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(`${indent}${word}`);
  }
  return lines;
}
