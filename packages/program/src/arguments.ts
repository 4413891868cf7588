// The command line: one command word, and options that are the settings.
import { didYouMean } from '@bamboo-ecs/bamboo';
import { Parser } from 'yargs/helpers';
import { helpText, type HelpInput } from './help.ts';

export type ParsedArguments =
  | { readonly kind: 'run'; readonly command: string; readonly options: Options }
  /** `--help` or `--version`: print and exit 0. */
  | { readonly kind: 'print'; readonly text: string }
  /** The options count all the same: they say where the outputs go. */
  | { readonly kind: 'wrong'; readonly message: string; readonly options: Options };

type Options = Readonly<Record<string, unknown>>;

export interface ArgumentsInput extends HelpInput {
  readonly argv: readonly string[];
}

/** Reads the command line. Unknown options are handed on: the settings refuse them with a "did you mean". */
export function parseArguments(input: ArgumentsInput): ParsedArguments {
  const { words, options } = read(input);
  const [first, ...more] = words[0] === 'help' ? words.slice(1) : words;
  const command = input.commands.find(({ name }) => name === first);
  if (words[0] === 'help' || 'help' in options || 'h' in options)
    return { kind: 'print', text: helpText(input, command) };
  // `--version` alone asks for ours; with a value it is the expander's setting.
  if (options['version'] === '' || options['version'] === true)
    return { kind: 'print', text: `${input.program} ${input.version}` };
  if (first === 'expander' || first === 'installer')
    return { kind: 'wrong', message: programNamed(input.program, first, more), options };
  if (more.length > 0)
    return {
      kind: 'wrong',
      message: `one command is expected, but there are ${words.length}: ${words.join(' ')}`,
      options,
    };
  if (first !== undefined && !command) {
    const names = input.commands.map(({ name }) => name);
    const meant = didYouMean(first, names);
    return {
      kind: 'wrong',
      message: `there is no command ${JSON.stringify(first)}; the commands are ${names.join(', ')}${meant}`,
      options,
    };
  }
  return { kind: 'run', command: first ?? input.commands[0]?.name ?? '', options };
}

/** `installer install` where `install` is enough, or in the image of the other program. */
function programNamed(program: string, named: string, more: readonly string[]): string {
  if (program !== named) return `this is the ${program}, not the ${named}: is it the wrong image?`;
  return `the command goes without the name of the program: ${more.length > 0 ? more.join(' ') : 'leave it out'}`;
}

/** `--force plan` is a switch and a command; `--force true` is a switch with its value. */
function withSwitches(argv: readonly string[], flags: ReadonlySet<string>): string[] {
  return argv.map((word, index) => {
    const valued = /^(?:true|false|yes|no|on|off|1|0)$/iu.test(argv[index + 1] ?? '');
    return flags.has(word) && !valued ? `${word}=true` : word;
  });
}

/** An option that is a setting takes the next word as its value, a switch does not. */
function read({ argv, settings }: ArgumentsInput): { words: readonly string[]; options: Options } {
  const flags = new Set(settings.filter(({ flag }) => flag).map(({ name }) => `--${name}`));
  const { _: words, ...options } = Parser(withSwitches(argv, flags), {
    string: settings.map(({ name }) => name),
    configuration: {
      'camel-case-expansion': false,
      'boolean-negation': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
    },
  });
  return { words: words.map(String), options };
}
