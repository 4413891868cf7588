// Debian's tinyproxy in a container that stands between a network without a way out and the servers of a test.
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { docker, mustDocker } from './engine.ts';

const program = '/usr/bin/tinyproxy';
const label = 'bamboo-ecs.network-of-tests';

export const tinyproxyIsHere = existsSync(program);
export const howToGetTinyproxy = 'apt-get install -y --no-install-recommends tinyproxy-bin';

export interface Shut extends AsyncDisposable {
  /** Options of `docker run` for a container that can reach the proxies and nothing else. */
  readonly inside: readonly string[];
  /** For one that can reach the servers, too, under the name. */
  readonly outside: readonly string[];
  /** Where a server must listen so that the proxies reach it under the name. */
  readonly host: string;
  /** Starts a proxy; `lines`: more of tinyproxy's configuration. */
  readonly proxy: (...lines: readonly string[]) => Promise<ForwardProxy>;
}

export interface ForwardProxy {
  /** `proxy-….test:8888`, in both networks. */
  readonly address: string;
  /** The requests that it was asked for, in its own words: `CONNECT registry.example.test:443 HTTP/1.1`. */
  readonly requests: () => Promise<readonly string[]>;
}

/** Two networks: one without a way out, and one in which `name` is this machine. */
export async function openShutNetwork(name: string): Promise<Shut> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'forward proxy '));
  const id = randomUUID().slice(0, 8);
  const [inside, outside] = [`bamboo-ecs-inside-${id}`, `bamboo-ecs-outside-${id}`];
  const image = makeImage(folder, id);
  await mustDocker('network', 'create', '--internal', '--label', label, inside);
  await mustDocker('network', 'create', '--label', label, outside);
  const host = await mustDocker(
    'network',
    'inspect',
    '--format',
    '{{(index .IPAM.Config 0).Gateway}}',
    outside,
  );
  const containers: string[] = [];
  const hosts = ['--add-host', `${name}:${host}`];
  return {
    inside: ['--network', inside],
    outside: ['--network', outside, ...hosts],
    host,
    async proxy(...lines) {
      const alias = `proxy-${containers.length + 1}.test`;
      const container = `bamboo-ecs-proxy-${id}-${containers.length + 1}`;
      const conf = path.join(folder, `${alias}.conf`);
      writeFileSync(
        conf,
        ['Port 8888', 'Timeout 60', 'LogLevel Connect', 'MaxClients 50', ...lines, ''].join('\n'),
      );
      containers.push(container);
      const start = ['--detach', '--name', container, '--volume', `${conf}:/etc/tinyproxy.conf:ro`];
      await mustDocker('run', ...start, '--network', outside, '--network-alias', alias, ...hosts, image);
      await mustDocker('network', 'connect', '--alias', alias, inside, container);
      return {
        address: `${alias}:8888`,
        async requests() {
          const { stdout, stderr } = await docker('logs', container);
          const found = `${stdout}${stderr}`.matchAll(/Request \(file descriptor \d+\): (.+)/gu);
          return [...found].map(([, request]) => (request ?? '').trim());
        },
      };
    },
    async [Symbol.asyncDispose]() {
      if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
      await docker('network', 'rm', inside, outside);
      await docker('image', 'rm', image);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The program, the libraries that it is linked to, and nothing else. */
function makeImage(folder: string, id: string): string {
  const root = path.join(folder, 'root');
  const libraries = execFileSync('ldd', [program], { encoding: 'utf8' }).match(/\/\S+/gu) ?? [];
  for (const file of [program, ...libraries]) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    copyFileSync(realpathSync(file), path.join(root, file));
  }
  mkdirSync(path.join(root, 'etc'), { recursive: true });
  writeFileSync(path.join(root, 'etc/nsswitch.conf'), 'hosts: files dns\n');
  const image = `bamboo-ecs/tinyproxy-of-tests:${id}`;
  const tar = spawnSync('tar', ['-C', root, '-c', '.'], { maxBuffer: 64 * 1024 * 1024 });
  const entrypoint = `ENTRYPOINT ["${program}","-d","-c","/etc/tinyproxy.conf"]`;
  const made = spawnSync('docker', ['import', '--change', entrypoint, '-', image], { input: tar.stdout });
  if (made.status !== 0) throw new Error(`docker import: ${made.stderr.toString()}`);
  return image;
}
