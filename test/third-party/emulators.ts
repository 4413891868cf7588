// AWS emulators that we did not write, as child processes of a test.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const bin = path.join(import.meta.dirname, '../../.venv/bin');

/** The aws cli: a script whose first line does not bear a space in the folder's name, so Python is given it. */
export const awsCli = {
  program: path.join(bin, 'python'),
  script: path.join(bin, 'aws'),
  isHere: existsSync(path.join(bin, 'aws')),
};

export interface Emulator extends AsyncDisposable {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
}

export interface EmulatorKind {
  readonly name: string;
  readonly isHere: boolean;
  /** `env`: more variables for its process. */
  start(env?: Readonly<Record<string, string>>): Promise<Emulator>;
}

export const moto: EmulatorKind = {
  name: 'moto[server]',
  isHere: existsSync(path.join(bin, 'moto_server')),
  start: (more = {}) =>
    start('moto_server', '/moto-api/data.json', (port) => ({
      args: ['-H', '127.0.0.1', '-p', port],
      env: { ...more },
    })),
};

/** Without a Docker engine, so that it behaves alike on every machine. */
export const ministack: EmulatorKind = {
  name: 'ministack',
  isHere: existsSync(path.join(bin, 'ministack')),
  start: (more = {}) =>
    start('ministack', '/_ministack/health', (port) => ({
      args: [],
      env: { ...more, GATEWAY_PORT: port, BIND_HOST: '127.0.0.1', DOCKER_HOST: 'unix:///nonexistent' },
    })),
};

/**
 * With the Docker engine of this machine: tasks are containers, rollouts take their time. Needs ministack's `docker` package:
 * without it ministack goes on without an engine and says nothing. Only for 127.0.0.1; containers have the label
 * `ministack.instance=<machine>:<port of url>`, and whoever starts it removes what it leaves.
 */
export const ministackOnDocker: EmulatorKind = {
  name: 'ministack with its docker package',
  isHere: ministack.isHere && hasDockerPackage(),
  start: (more = {}) =>
    start('ministack', '/_ministack/health', (port) => ({
      args: [],
      env: { ...more, GATEWAY_PORT: port, BIND_HOST: '127.0.0.1' },
    })),
};

function hasDockerPackage(): boolean {
  const lib = path.join(bin, '../lib');
  return (
    existsSync(lib) &&
    readdirSync(lib).some((python) => existsSync(path.join(lib, python, 'site-packages/docker')))
  );
}

async function start(
  program: string,
  health: string,
  options: (port: string) => { args: readonly string[]; env: Record<string, string> },
): Promise<Emulator> {
  const port = await freePort();
  const { args, env } = options(String(port));
  // A test run that is killed takes its emulators with it, where the system can do that.
  const child = spawn(...diesWithUs(path.join(bin, program), args), {
    stdio: 'ignore',
    cwd: os.tmpdir(),
    env: { ...process.env, ...env },
  });
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilHealthy(program, child, url + health);
  } catch (error) {
    await stop(child);
    throw error;
  }
  return { url, [Symbol.asyncDispose]: () => stop(child) };
}

/** Program and arguments that make it end when this process does, also when that is killed; on Linux. */
export function diesWithUs(program: string, args: readonly string[]): [string, string[]] {
  return existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', ['--pdeathsig', 'TERM', program, ...args]]
    : [program, [...args]];
}

async function untilHealthy(program: string, child: ChildProcess, address: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    const up = await fetch(address).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) return;
    await sleep(100);
  }
  throw new Error(`${program} does not answer`);
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  const killer = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(killer);
}

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
