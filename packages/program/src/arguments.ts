// The command line: one command word, and options that are the settings.
import type { SettingHelp } from '@bamboo-ecs/bamboo';
import yargs from 'yargs';

export interface CommandHelp {
  readonly name: string;
  readonly describe: string;
}

export type ParsedArguments =
  | { readonly kind: 'run'; readonly command: string; readonly options: Readonly<Record<string, unknown>> }
  /** `--help` or `--version`: print and exit 0. */
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'wrong'; readonly message: string };

export interface ArgumentsInput {
  readonly program: string;
  readonly version: string;
  readonly argv: readonly string[];
  /** The first one is the default. */
  readonly commands: readonly CommandHelp[];
  readonly settings: readonly SettingHelp[];
  readonly exitCodes: readonly (readonly [number, string])[];
}

/** Reads the command line. Unknown options are handed on: the settings refuse them with a "did you mean". */
export async function parseArguments(input: ArgumentsInput): Promise<ParsedArguments> {
  const [first] = input.commands;
  const parser = yargs([...input.argv])
    .scriptName(input.program)
    .usage(`$0 [command] [options]\n\nCommands:\n${commandLines(input.commands)}`)
    .parserConfiguration({
      'camel-case-expansion': false,
      'boolean-negation': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    })
    // `--version` alone asks for ours; with a value it is the expander's setting.
    .version(false)
    .help()
    .wrap(110)
    .exitProcess(false)
    .epilogue(epilogue(input.exitCodes))
    .fail(false);
  for (const setting of input.settings) {
    const choices = setting.choices ? ` (${setting.choices.join(', ')})` : '';
    parser.option(setting.name, {
      describe: `${setting.describe}${choices}  [${setting.variable}${setting.secret ? ', only there' : ''}]`,
      ...(setting.flag ? {} : { type: 'string' as const }),
      ...(setting.defaultText ? { defaultDescription: setting.defaultText } : {}),
      group: setting.flag ? 'Switches:' : 'Settings:',
    });
  }
  let printed = '';
  try {
    const parsed = await parser.parseAsync([...input.argv], {}, (_error, _argv, output) => {
      printed = output;
    });
    if (printed) return { kind: 'print', text: printed };
    if (parsed['version'] === '' || parsed['version'] === true)
      return { kind: 'print', text: `${input.program} ${input.version}` };
    const {
      _: words,
      $0: _script,
      ...options
    } = parsed as Record<string, unknown> & { _: (string | number)[] };
    const [word, ...more] = words.map(String);
    if (more.length > 0)
      return {
        kind: 'wrong',
        message: `one command is expected, but there are ${words.length}: ${words.join(' ')}`,
      };
    const command = word ?? first?.name ?? '';
    const known = input.commands.map((candidate) => candidate.name);
    if (!known.includes(command))
      return {
        kind: 'wrong',
        message: `there is no command ${JSON.stringify(command)}; the commands are ${known.join(', ')}`,
      };
    return { kind: 'run', command, options };
  } catch (error) {
    return { kind: 'wrong', message: error instanceof Error ? error.message : String(error) };
  }
}

function commandLines(commands: readonly CommandHelp[]): string {
  const width = Math.max(...commands.map((command) => command.name.length));
  return commands
    .map(
      (command, index) =>
        `  ${command.name.padEnd(width)}  ${command.describe}${index === 0 ? ' (default)' : ''}`,
    )
    .join('\n');
}

function epilogue(exitCodes: readonly (readonly [number, string])[]): string {
  const codes = exitCodes.map(([code, meaning]) => `  ${String(code).padStart(2)}  ${meaning}`).join('\n');
  return [
    'Each setting may also come from the environment variable in brackets (in Bamboo: the variable with dots,',
    'ecs.artifactory.password), or from a line of the variables file. Secrets never on the command line:',
    'Bamboo logs it.',
    '',
    'Exit codes:',
    codes,
  ].join('\n');
}
