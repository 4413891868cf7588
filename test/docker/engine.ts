// A Docker engine for tests, through its command as Bamboo uses it; and the images, built from these sources.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import path from 'node:path';

const root = path.join(import.meta.dirname, '../..');

export const howToGetAnEngine =
  'install docker.io and iptables, and run the tests as scripts/images/dockerd.sh make test, or with an engine that runs';

export const engineIsHere = spawnSync('docker', ['version', '--format', '{{.Server.Version}}']).status === 0;

export interface Images {
  readonly expander: string;
  readonly installer: string;
}

/** Both images of these sources; built when they are not there yet, or with every layer made again under another tag. */
export function buildImages(tag = 'tests', again: 'once' | 'again' = 'once'): Images {
  const how = again === 'again' ? { NO_CACHE: '1', REUSE: '' } : { REUSE: '1' };
  const env = { ...process.env, TAG: tag, ...how };
  const built = spawnSync(process.execPath, [path.join(root, 'scripts/images/build.ts')], {
    encoding: 'utf8',
    env,
  });
  if (built.status !== 0) throw new Error(`make images: ${built.stdout}${built.stderr}`);
  return { expander: `bamboo-ecs/expander:${tag}`, installer: `bamboo-ecs/installer:${tag}` };
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `docker …` to its end. */
export function docker(...args: readonly string[]): Promise<Ended> {
  const child = spawn('docker', args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}

/** The same, for what must succeed; returns its output. */
export async function mustDocker(...args: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await docker(...args);
  if (exitCode !== 0) throw new Error(`docker ${args.join(' ')}: ${exitCode}\n${stdout}${stderr}`);
  return stdout.trim();
}

export interface Container extends AsyncDisposable {
  readonly name: string;
  /** What it wrote so far. */
  readonly log: () => Promise<string>;
  /** Resolves when a line holds the text; throws when it ends before, or after 30 s. */
  readonly untilLog: (text: string) => Promise<void>;
  readonly signal: (name: string) => Promise<void>;
  /** Its exit code, when it has ended. */
  readonly ended: () => Promise<number>;
}

/** `docker run --detach …`; removed at the end of the scope, whatever happens. */
export async function start(...args: readonly string[]): Promise<Container> {
  const name = `bamboo-ecs-test-${randomUUID()}`;
  await mustDocker('run', '--detach', '--name', name, ...args);
  const log = async (): Promise<string> => (await docker('logs', name)).stdout;
  return {
    name,
    log,
    async untilLog(text) {
      const child = spawn('docker', ['logs', '--follow', name], { stdio: ['ignore', 'pipe', 'ignore'] });
      const found = await new Promise<boolean>((resolve) => {
        let seen = '';
        child.stdout.on('data', (chunk: Buffer) => {
          seen += chunk.toString();
          if (seen.includes(text)) resolve(true);
        });
        child.on('close', () => resolve(false));
        setTimeout(() => resolve(false), 30_000).unref();
      });
      child.kill();
      if (!found) throw new Error(`${JSON.stringify(text)} was not logged:\n${await log()}`);
    },
    async signal(signal) {
      await mustDocker('kill', '--signal', signal, name);
    },
    ended: async () => Number(await mustDocker('wait', name)),
    async [Symbol.asyncDispose]() {
      await docker('rm', '--force', '--volumes', name);
    },
  };
}
