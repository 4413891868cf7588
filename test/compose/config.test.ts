// The compose file as both generations of compose read it, with each profile; what cannot be run here is checked as far as this.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ministackVersion } from '../../scripts/compose/images.ts';
import type { Compose } from '../../scripts/compose/find-compose.ts';
import { composeHere, root, type ComposeKind } from './compose-kinds.ts';

interface Service {
  readonly image: string;
  readonly profiles?: readonly string[];
  readonly ports?: readonly unknown[];
  readonly volumes?: readonly unknown[];
  readonly environment?: Readonly<Record<string, string>>;
}

const always = ['aws', 'build', 'cloud', 'expander', 'installer', 'load-balancer', 'registry', 'repository'];

const read = new Map<string, Record<string, Service>>();

function configOf({ compose }: ComposeKind, ...options: readonly string[]): Record<string, Service> {
  const key = JSON.stringify([compose.command, options]);
  const found = read.get(key) ?? askConfig(compose, options);
  read.set(key, found);
  return found;
}

/** Nothing of the tester's shell gets in. */
function askConfig(compose: Compose, options: readonly string[]): Record<string, Service> {
  const [program, ...first] = compose.command;
  const text = execFileSync(program, [...first, ...options, 'config'], {
    cwd: root,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' },
  });
  const { services } = parse(text) as { services: Record<string, Service> };
  // 1.29 shows the services of all profiles, with their profiles.
  const active = Object.entries(services).filter(
    ([, { profiles = [] }]) => profiles.length === 0 || profiles.some((profile) => options.includes(profile)),
  );
  return Object.fromEntries(active);
}

const withSocket = ['-f', 'docker-compose.yml', '-f', 'docker-compose.containers.yml'] as const;
const variants: readonly (readonly [name: string, options: readonly string[], more: readonly string[]])[] = [
  ['as it is', [], []],
  ['with the Docker socket', withSocket, []],
  ['profile localstack', ['--profile', 'localstack'], ['localstack']],
  ['profile artifactory', ['--profile', 'artifactory'], ['artifactory']],
];

const mountsTheSocket = (service: Service): boolean =>
  JSON.stringify(service.volumes ?? []).includes('docker.sock');

for (const kind of composeHere())
  describe(kind.compose.name, () => {
    test.each(variants)('%s: which services there are', (_name, options, more) => {
      expect(Object.keys(configOf(kind, ...options)).toSorted()).toEqual([...always, ...more].toSorted());
    });

    test.each(variants)('%s: each published port is for this machine only', (_name, options) => {
      const ports = Object.values(configOf(kind, ...options)).flatMap((service) => service.ports ?? []);
      expect(ports.length).toBeGreaterThanOrEqual(4);
      expect(ports.filter((port) => !JSON.stringify(port).includes('127.0.0.1'))).toEqual([]);
    });

    test('only who asks for it gets the Docker socket', () => {
      const who = (...options: readonly string[]): string[] =>
        Object.entries(configOf(kind, ...options)).flatMap(([name, service]) =>
          mountsTheSocket(service) ? [name] : [],
        );
      expect([who(), who(...withSocket)]).toEqual([[], ['aws']]);
      expect([who('--profile', 'localstack'), who('--profile', 'artifactory')]).toEqual([['localstack'], []]);
    });

    test('no token of anybody is in it', () => {
      const { localstack } = configOf(kind, '--profile', 'localstack');
      expect(localstack?.environment?.['LOCALSTACK_AUTH_TOKEN']).toBe('');
    });

    test('by default the programs are of this version, and ministack is the one of the other tests', () => {
      const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
        version: string;
      };
      const { installer, expander, repository, aws } = configOf(kind);
      expect([installer?.image, expander?.image, repository?.image]).toEqual([
        `bamboo-ecs/installer:${version}`,
        `bamboo-ecs/expander:${version}`,
        `bamboo-ecs/rehearsal:${version}`,
      ]);
      expect(aws?.image).toBe(`ministackorg/ministack:${ministackVersion()}`);
    });
  });
