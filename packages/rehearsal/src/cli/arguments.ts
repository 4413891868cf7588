// The command line of `rehearsal`.
import yargs, { type Argv, type Options } from 'yargs';
import { checkArguments } from './check-arguments.ts';
import { defaultPorts, type Parsed, type ServerName } from './request.ts';

const common: Record<string, Options> = {
  host: { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' },
  quiet: { type: 'boolean', default: false, describe: 'No line for each request' },
};
const keeping: Record<string, Options> = {
  dir: {
    type: 'string',
    describe: 'Folder that keeps the data of Artifactory and ECS  [default: memory only]',
  },
};
const artifactory: Record<string, Options> = {
  edition: { type: 'string', default: 'oss', describe: 'oss or pro' },
  repository: {
    type: 'string',
    array: true,
    default: ['descriptors-release-local', 'descriptors-milestone-local', 'example-repo-local'],
    describe: 'Keys of the local repositories',
  },
};
const ecs: Record<string, Options> = {
  cluster: { type: 'string', array: true, default: ['qa', 'production'], describe: 'Names of the clusters' },
  instances: { type: 'number', default: 4, describe: 'EC2 instances in each cluster, by turns in two zones' },
  region: { type: 'string', default: 'eu-west-1', describe: 'AWS region' },
  speed: { type: 'number', default: 1, describe: 'Simulated seconds for each real one' },
  scenario: {
    type: 'string',
    describe: 'JSON file: which images crash, cannot be pulled, are never healthy',
  },
  throttling: { type: 'boolean', default: false, describe: "Keep AWS's documented request quotas" },
};

function port(server: ServerName, name = 'port'): Record<string, Options> {
  const describe =
    name === 'port' ? 'Port; 0: any free one' : `Port of the ${server} stand-in; 0: any free one`;
  return { [name]: { type: 'number', default: defaultPorts[server], describe } };
}

/**
 * Reads the words behind `rehearsal`; `registry` is the variable that `rehearsal up` prints, `width` that of the help.
 */
export function parseArguments(argv: readonly string[], registry?: string, width = 110): Parsed {
  let printed = '';
  const parser = build(yargs([...argv]), pushAddress(registry), width);
  try {
    const parsed = parser.parseSync([...argv], {}, (_error: unknown, _argv: unknown, output: string) => {
      printed = output;
    }) as Record<string, unknown> & { _: readonly (string | number)[] };
    if (printed !== '') return { kind: 'print', text: printed };
    return checkArguments(String(parsed._[0] ?? ''), parsed);
  } catch (error) {
    return { kind: 'wrong', problems: [error instanceof Error ? error.message : String(error)] };
  }
}

/** Only of this machine: what is "built" without Docker must never land in a shop's own registry by itself. */
function pushAddress(registry: string | undefined): string {
  const own =
    registry !== undefined && /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/u.test(registry);
  return `http://${own ? registry : `127.0.0.1:${defaultPorts.registry}`}`;
}

function build(parser: Argv, to: string, width: number): Argv {
  return parser
    .scriptName('rehearsal')
    .usage(
      '$0 <command>\n\nStand-ins for Artifactory, a Docker registry and Amazon ECS, to try the programs without any of them.',
    )
    .command('up', 'start all three and print the environment for the programs', {
      ...common,
      ...keeping,
      ...port('artifactory', 'artifactory-port'),
      ...port('registry', 'registry-port'),
      ...port('ecs', 'ecs-port'),
      ...artifactory,
      ...ecs,
    })
    .command('artifactory', 'start the Artifactory stand-in', {
      ...common,
      ...keeping,
      ...port('artifactory'),
      ...artifactory,
    })
    .command('registry', 'start the Docker registry stand-in', { ...common, ...port('registry') })
    .command('ecs', 'start the Amazon ECS stand-in', { ...common, ...keeping, ...port('ecs'), ...ecs })
    .command('push <image>', '"build" an image NAME:TAG and push it, without Docker', {
      content: {
        type: 'string',
        describe: 'What is in it; the same content gives the same digest  [default: the image]',
      },
      to: {
        type: 'string',
        default: to,
        describe: 'Address of the registry; bamboo_registry counts, if it is one of this machine',
      },
    })
    .parserConfiguration({ 'camel-case-expansion': false, 'dot-notation': false, 'boolean-negation': false })
    .demandCommand(1, 'Which command? `rehearsal --help` lists them.')
    .strict()
    .recommendCommands()
    .version(false)
    .help()
    .wrap(width)
    .exitProcess(false)
    .fail(false);
}
