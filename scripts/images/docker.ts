// The docker command, for building: which builder this client and engine have, and which base images can be had.
import { spawnSync } from 'node:child_process';

export interface Ran {
  readonly ok: boolean;
  readonly out: string;
}

/** Runs `docker` to its end; the output of both streams, for messages. */
export function docker(args: readonly string[], env: Readonly<Record<string, string>> = {}): Ran {
  const child = spawnSync('docker', args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  const out = `${child.stdout ?? ''}${child.stderr ?? ''}${child.error ? child.error.message : ''}`.trim();
  return { ok: child.status === 0, out };
}

/** Null when an engine answers, else what to do. */
export function whyNoEngine(): string | null {
  const version = docker(['version', '--format', '{{.Server.Version}}']);
  if (version.ok) return null;
  if (version.out.includes('ENOENT'))
    return 'There is no docker command. Install Docker (Debian: apt-get install --no-install-recommends docker.io iptables).';
  if (/permission denied/iu.test(version.out))
    return 'The Docker engine refuses this user: become a member of the group docker, or use sudo.';
  return `No Docker engine answers (${version.out.split('\n').at(-1)}). Start it, or as root on a machine without systemd: scripts/images/dockerd.sh make images`;
}

export interface Builder {
  readonly name: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * buildx where the client has it; BuildKit inside the engine for clients before 23, which need no plugin for it; else the
 * legacy builder (a client from 23 on without its plugin refuses BuildKit).
 */
export function chooseBuilder(asked = process.env['BUILDER']): Builder {
  const legacy: Builder = {
    name: 'the legacy builder',
    args: ['build', '--quiet'],
    env: { DOCKER_BUILDKIT: '0' },
  };
  const buildKit: Builder = {
    name: 'BuildKit',
    args: ['build', '--quiet'],
    env: { DOCKER_BUILDKIT: '1' },
  };
  if (asked === 'legacy') return legacy;
  if (docker(['buildx', 'version']).ok)
    return { name: 'buildx', args: ['buildx', 'build', '--quiet', '--load', '--provenance=false'], env: {} };
  const major = Number.parseInt(docker(['version', '--format', '{{.Client.Version}}']).out, 10);
  return major < 23 ? buildKit : legacy;
}

export interface Base {
  readonly base: string;
  readonly busybox: string;
}

const official: Base = { base: 'node:24-bookworm-slim', busybox: 'busybox:1.37-musl' };
export const local: Base = { base: 'bamboo-ecs/base:local', busybox: 'bamboo-ecs/busybox:local' };

function isHere(image: string): boolean {
  return docker(['image', 'inspect', image]).ok;
}

/** The images to build from: those asked for (BASE, BUSYBOX), the official ones when they are here or can be pulled, else null. */
export function officialBase(): Base | null {
  const wanted: Base = {
    base: process.env['BASE'] || official.base,
    busybox: process.env['BUSYBOX'] || official.busybox,
  };
  const missing = [wanted.base, wanted.busybox].filter((image) => !isHere(image));
  for (const image of missing) {
    const pulled = docker(['pull', '--quiet', image]);
    if (pulled.ok) continue;
    if (process.env['BASE'])
      throw new Error(`the base image ${image} is not here and cannot be pulled: ${pulled.out}`);
    return null;
  }
  return wanted;
}
