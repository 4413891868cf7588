// From the words of the command line to a request, or to all that is wrong with them.
import { defaultPorts, type Parsed, type ServerName } from './request.ts';

const servers: Readonly<Record<string, readonly ServerName[]>> = {
  up: ['artifactory', 'registry', 'ecs'],
  artifactory: ['artifactory'],
  registry: ['registry'],
  ecs: ['ecs'],
};

export function checkArguments(command: string, words: Readonly<Record<string, unknown>>): Parsed {
  if (command === 'push') return checkPush(words);
  const wanted = Object.hasOwn(servers, command) ? servers[command] : undefined;
  if (wanted === undefined) return { kind: 'wrong', problems: [`There is no command ${command}.`] };
  const problems: string[] = [];
  const number = (
    name: string,
    otherwise: number,
    fits: (value: number) => boolean,
    must: string,
  ): number => {
    const value = words[name] ?? otherwise;
    if (typeof value === 'number' && fits(value)) return value;
    problems.push(`--${name} must be ${must}, given once.`);
    return otherwise;
  };
  const text = (name: string, otherwise: string): string => {
    const value = words[name] ?? otherwise;
    if (typeof value === 'string' && value !== '') return value;
    problems.push(`--${name} must have a value, given once.`);
    return otherwise;
  };
  const names = (name: string, pattern: RegExp): readonly string[] => {
    const value = (words[name] ?? []) as readonly unknown[];
    const list = value.map(String);
    for (const each of list)
      if (!pattern.test(each)) problems.push(`--${name}: ${JSON.stringify(each)} is no name for one.`);
    return [...new Set(list)];
  };
  const port = (server: ServerName): number => {
    const option = words['port'] === undefined ? `${server}-port` : 'port';
    return number(option, defaultPorts[server], isPort, 'a whole number from 0 to 65535');
  };
  const optional = (name: string) => (words[name] === undefined ? {} : { [name]: text(name, '') });
  const edition = text('edition', 'oss');
  if (edition !== 'oss' && edition !== 'pro') problems.push(`--edition must be oss or pro, not ${edition}.`);
  const request: Parsed = {
    kind: 'serve',
    servers: wanted,
    host: text('host', '127.0.0.1'),
    ports: { artifactory: port('artifactory'), registry: port('registry'), ecs: port('ecs') },
    edition: edition === 'pro' ? 'pro' : 'oss',
    // "Repository Naming Rules and Limitations", and what the API reference says of clusterName.
    repositories: names('repository', /^[^/\\:|?*"<>\s]{1,64}$/u),
    clusters: names('cluster', /^[A-Za-z0-9_-]{1,255}$/u),
    instances: number(
      'instances',
      4,
      (value) => Number.isInteger(value) && value >= 0 && value <= 1000,
      'a whole number from 0 to 1000',
    ),
    region: text('region', 'eu-west-1'),
    speed: number('speed', 1, (value) => value > 0 && value <= 10_000, 'a number over 0, up to 10000'),
    throttling: words['throttling'] === true,
    quiet: words['quiet'] === true,
    ...optional('dir'),
    ...optional('scenario'),
  };
  return problems.length === 0 ? request : { kind: 'wrong', problems };
}

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function checkPush(words: Readonly<Record<string, unknown>>): Parsed {
  const problems: string[] = [];
  const { image, to, content = image } = words;
  const [, name, tag] =
    typeof image === 'string'
      ? (/^([a-z0-9][a-z0-9._/-]*):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/u.exec(image) ?? [])
      : [];
  if (name === undefined || tag === undefined) {
    problems.push(
      `${JSON.stringify(image)} is no image: it must be NAME:TAG, as hid-generator:1.0.15.RELEASE.`,
    );
  }
  if (typeof to !== 'string' || !URL.canParse(to))
    problems.push('--to must be an address, as http://127.0.0.1:5055.');
  if (typeof content !== 'string') problems.push('--content must have a value, given once.');
  if (name === undefined || tag === undefined || typeof to !== 'string' || typeof content !== 'string') {
    return { kind: 'wrong', problems };
  }
  return problems.length > 0 ? { kind: 'wrong', problems } : { kind: 'push', name, tag, content, to };
}
