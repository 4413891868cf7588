// Debian's tinyproxy between a network without a way out and the servers of a test, which only this machine itself can reach.
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
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { docker, mustDocker } from './engine.ts';

const program = '/usr/bin/tinyproxy';
const label = 'bamboo-ecs.network-of-tests';

export const tinyproxyIsHere = existsSync(program);
export const howToGetTinyproxy = 'apt-get install -y --no-install-recommends tinyproxy-bin';

/** Of this machine's loopback: in a container the address is the container's own. Not 127.0.0.1, which is never asked by a proxy. */
export const serverHost = '127.0.0.77';

export interface Shut extends AsyncDisposable {
  /** Options of `docker run` for a container that can reach the proxies and nothing else. */
  readonly inside: readonly string[];
  /** For one on this machine's own network, that reaches the servers, too. */
  readonly outside: readonly string[];
  /** Starts a proxy; `lines`: more of tinyproxy's configuration. */
  readonly proxy: (...lines: readonly string[]) => Promise<ForwardProxy>;
  /** An address inside at which nothing listens. */
  readonly nobody: string;
}

export interface ForwardProxy {
  /** `192.168.80.1:40123`, for both kinds of containers. */
  readonly address: string;
  /** The requests that it was asked for, in its own words: `CONNECT registry.example.test:443 HTTP/1.1`. */
  readonly requests: () => Promise<readonly string[]>;
}

/** A network without a way out, and proxies to which `name` is the host of the servers. */
export async function openShutNetwork(name: string): Promise<Shut> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'forward proxy '));
  const id = randomUUID().slice(0, 8);
  const inside = `bamboo-ecs-inside-${id}`;
  const image = makeImage(folder, id);
  await mustDocker('network', 'create', '--internal', '--label', label, inside);
  const inspect = ['network', 'inspect', '--format', '{{(index .IPAM.Config 0).Gateway}}', inside];
  // A network without a way out ends at this machine.
  const gateway = await mustDocker(...inspect);
  const containers: string[] = [];
  const host = ['--network', 'host', '--add-host', `${name}:${serverHost}`];
  return {
    inside: ['--network', inside],
    outside: host,
    nobody: `${gateway}:${await freePort(gateway)}`,
    async proxy(...lines) {
      const container = `bamboo-ecs-proxy-${id}-${containers.length + 1}`;
      const port = await freePort(gateway);
      const conf = path.join(folder, `${container}.conf`);
      const usual = [`Listen ${gateway}`, `Port ${port}`, 'Timeout 60', 'LogLevel Connect', 'MaxClients 50'];
      writeFileSync(conf, [...usual, ...lines, ''].join('\n'));
      containers.push(container);
      const named = ['--detach', '--name', container, '--volume', `${conf}:/etc/tinyproxy.conf:ro`];
      await mustDocker('run', ...named, ...host, image);
      return {
        address: `${gateway}:${port}`,
        async requests() {
          const { stdout, stderr } = await docker('logs', container);
          const found = `${stdout}${stderr}`.matchAll(/Request \(file descriptor \d+\): (.+)/gu);
          return [...found].map(([, request]) => (request ?? '').trim());
        },
      };
    },
    async [Symbol.asyncDispose]() {
      if (containers.length > 0) await docker('rm', '--force', '--volumes', ...containers);
      await docker('network', 'rm', inside);
      await docker('image', 'rm', image);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(address: string): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => void server.listen(0, address, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
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
