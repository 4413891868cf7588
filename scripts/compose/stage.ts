// The stage: docker compose with the values of one rehearsal, and all that it leaves behind taken away again.
import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker } from '../images/docker.ts';
import type { Compose } from './find-compose.ts';
import type { Values } from './values.ts';

const root = path.join(import.meta.dirname, '../..');

export interface Ran {
  readonly exitCode: number;
  readonly lines: readonly string[];
}

export interface Stage {
  readonly values: Values;
  /** How a person calls compose with these values. */
  readonly byHand: string;
  /** Starts a service and, in order, all that it depends on; returns when it was started. Throws with compose's words. */
  readonly up: (...services: readonly string[]) => Promise<void>;
  /** The end of each service's log, for when `up` failed. */
  readonly lastWords: (onLine: (line: string) => void) => Promise<void>;
  /** The log of a one-shot that `up` has started, to its end; exit code -1 when it was not started. */
  readonly follow: (service: string, onLine: (line: string) => void) => Promise<Ran>;
  /** Waits until a service that has a health check is healthy, at most ten minutes. */
  readonly healthy: (service: string) => Promise<void>;
  /** One more one-shot, with other values. */
  readonly run: (
    service: string,
    values: Readonly<Record<string, string>>,
    onLine: (line: string) => void,
  ) => Promise<Ran>;
  /** Containers, networks, volumes, and the images of tasks. False: compose could not, and its words were told. */
  readonly down: () => Promise<boolean>;
}

/** `stop` ends what is going on; `down` is possible after it, too. */
export function openStage(
  compose: Compose,
  values: Values,
  say: (line: string) => void,
  stop: AbortSignal,
): Stage {
  const files = [
    'docker-compose.yml',
    ...(values.environment['REHEARSAL_CONTAINERS'] === '1' && values.aws === 'ministack'
      ? ['docker-compose.containers.yml']
      : []),
  ].flatMap((file) => ['--file', file]);
  const first = [
    ...compose.command.slice(1),
    '--project-name',
    values.project,
    '--env-file',
    values.file,
    ...files,
    ...values.profiles.flatMap((profile) => ['--profile', profile]),
  ];
  const call = (args: readonly string[], more: Readonly<Record<string, string>>, onLine: OnLine) =>
    runLines(compose.command[0], [...first, ...args], { more, onLine, stop });
  const silent = (...args: readonly string[]) =>
    runLines(compose.command[0], [...first, ...args], { onLine: () => undefined });
  const must = ({ exitCode, lines }: Ran, args: readonly string[]): void => {
    if (exitCode !== 0) throw new Error(`${compose.name} ${args.join(' ')} failed:\n${lines.join('\n')}`);
  };
  const idOf = async (service: string): Promise<string> => {
    const { lines } = await silent('ps', '--all', '--quiet', service);
    return lines.find((line) => /^[0-9a-f]{64}$/u.test(line)) ?? '';
  };
  const byHand = [compose.command[0], ...first].map(quoted).join(' ');
  return {
    values,
    byHand,
    async up(...services) {
      const args = ['up', '--detach', ...services];
      const ran = await call(args, {}, () => undefined);
      if (ran.lines.some((line) => /port is already allocated|address already in use/u.test(line)))
        throw new Error(`${ran.lines.join('\n')}\n${whatToDoAboutPorts}`);
      must(ran, args);
    },
    async lastWords(onLine) {
      await runLines(compose.command[0], [...first, 'logs', '--no-color', '--tail', '20'], { onLine });
    },
    async follow(service, onLine) {
      const id = await idOf(service);
      if (id === '') return { exitCode: -1, lines: [] };
      const { lines } = await runLines('docker', ['logs', '--follow', id], { onLine, stop });
      return { exitCode: Number(docker(['wait', id]).out), lines };
    },
    async healthy(service) {
      const id = await idOf(service);
      const format = '{{.State.Status}} {{.State.Health.Status}}';
      for (let second = 0; second < 600; second++) {
        const { out } = docker(['inspect', '--format', format, id]);
        if (out === 'running healthy') return;
        if (!out.startsWith('running')) throw new Error(`${service} has ended: ${docker(['logs', id]).out}`);
        await sleep(1000, undefined, { signal: stop });
      }
      throw new Error(`${service} is not healthy after ten minutes: ${byHand} logs ${service}`);
    },
    run: async (service, more, onLine) =>
      call(['run', '--rm', '--no-deps', '-T', service], more, (line) => {
        // Compose 1.29 says the exit code in a line of its own.
        if (!/^\d{1,3}$/u.test(line)) onLine(line);
      }),
    async down() {
      const aws = await idOf('aws');
      // ministack stops its tasks when it ends; what it could not start it forgets.
      if (aws !== '') {
        await silent('stop', '--timeout', '10', 'aws');
        removeAll('ps', ['rm', '--force', '--volumes'], `label=ministack.instance=${aws.slice(0, 12)}:4566`);
      }
      const args = ['down', '--volumes', '--remove-orphans', '--timeout', '5'];
      const { exitCode, lines } = await silent(...args);
      if (exitCode !== 0) for (const line of lines) say(line);
      removeAll('images', ['rmi', '--force'], `label=bamboo-ecs.task-image=${values.project}`);
      return exitCode === 0;
    },
  };
}

const whatToDoAboutPorts =
  'A port is taken by another program (or by a rehearsal that is still up: make rehearse-compose-down). Choose others: REHEARSAL_REGISTRY_PORT, REHEARSAL_REPOSITORY_PORT, REHEARSAL_AWS_PORT, REHEARSAL_LOAD_BALANCER_PORT.';

/** For a shell. */
function quoted(word: string): string {
  return /^[\w./:=-]+$/u.test(word) ? word : `'${word}'`;
}

type OnLine = (line: string) => void;

function removeAll(list: 'ps' | 'images', remove: readonly string[], filter: string): void {
  const found = docker([list, '--all', '--quiet', '--filter', filter]).out.split('\n').filter(Boolean);
  if (found.length > 0) docker([...remove, ...new Set(found)]);
}

interface How {
  readonly onLine: OnLine;
  readonly more?: Readonly<Record<string, string>>;
  readonly stop?: AbortSignal;
}

async function runLines(
  program: string,
  args: readonly string[],
  { onLine, more = {}, stop }: How,
): Promise<Ran> {
  // A session of its own: Ctrl-C ends the story here first, which then takes everything down in order.
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, ...more },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    ...(stop === undefined ? {} : { signal: stop }),
  });
  const lines: string[] = [];
  const take = (line: string): void => {
    lines.push(line);
    onLine(line);
  };
  createInterface({ input: child.stdout }).on('line', take);
  createInterface({ input: child.stderr }).on('line', take);
  const exitCode = await new Promise<number>((resolve, reject) => {
    let failure: Error | undefined;
    child.on('error', (error) => {
      failure = error;
      if (child.pid === undefined) reject(error);
    });
    // Stopped, it may still be at work: what it makes until it ends must be there when all is taken down.
    child.on('close', (code) => (failure === undefined ? resolve(code ?? 1) : reject(failure)));
  });
  return { exitCode, lines };
}

/** Whether this machine's engine and this user get along; null when all is well. */
export function whyNoSocket(socket: string): string | null {
  return spawnSync('test', ['-S', socket]).status === 0
    ? null
    : `There is no Docker socket at ${socket}. Say where it is: REHEARSAL_SOCKET=…`;
}
