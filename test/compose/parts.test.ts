// The parts of the compose rehearsal that need no engine.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { startRegistryStandIn, pushImage } from '@bamboo-ecs/rehearsal';
import { findCompose } from '../../scripts/compose/find-compose.ts';
import { makeTaskImage } from '../../scripts/compose/image/task-image.ts';
import { tar } from '../../scripts/compose/image/tar.ts';
import { valuesOf } from '../../scripts/compose/values.ts';
import { tellVisits } from '../../scripts/compose/visitor.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'compose parts '));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('which compose', () => {
  function program(name: string, says: string): string {
    const file = path.join(folder, name);
    writeFileSync(file, `#!/bin/sh\necho '${says}'\n`);
    chmodSync(file, 0o755);
    return file;
  }

  test.each([
    ['1.29.2', true],
    ['v2.40.3-desktop.1', true],
    ['5.0.0', true],
    ['1.28.6', false],
    ['0.9.0', false],
  ])('%s', (version, fits) => {
    const file = program(`compose-${version}`, version);
    const found = findCompose(file);
    if (fits) expect(found).toMatchObject({ command: [file] });
    else expect(found).toContain(`${version} is too old: 1.29 or a later version is needed.`);
  });

  test('what says no version is none', () => {
    const file = program('none', 'hello');
    expect(findCompose(file)).toBe(`COMPOSE=${file} is no docker compose: it does not say its version.`);
    expect(findCompose('/nowhere/compose up')).toContain('is no docker compose');
  });
});

describe('values', () => {
  test('all that is wrong is said at once', () => {
    const env = {
      AWS: 'azure',
      CONTAINERS: 'yes',
      REPOSITORY: 'nexus',
      REHEARSAL_AWS_PORT: '70000',
      REHEARSAL_REGISTRY_PORT: 'x',
      REHEARSAL_PROJECT: 'Not A Name',
    };
    expect(valuesOf(env, "/it's", {})).toHaveLength(7);
  });

  test('LocalStack needs its token, which goes into no file', () => {
    expect(valuesOf({ AWS: 'localstack' }, '/x', {})).toEqual([
      expect.stringContaining('LOCALSTACK_AUTH_TOKEN'),
    ]);
    const values = valuesOf({ AWS: 'localstack', LOCALSTACK_AUTH_TOKEN: 'ls-a-token' }, '/x', {});
    expect(values).toMatchObject({ profiles: ['localstack'] });
    expect(JSON.stringify(values)).not.toContain('ls-a-token');
  });

  test('the socket is that of DOCKER_HOST, if it is one, or the one that is said', () => {
    const socket = (env: Readonly<Record<string, string>>): unknown => valuesOf(env, '/x', {});
    const is = (value: string) => ({ environment: { REHEARSAL_SOCKET: value } });
    expect(socket({ DOCKER_HOST: 'unix:///run/user/1000/docker.sock' })).toMatchObject(
      is('/run/user/1000/docker.sock'),
    );
    expect(socket({ DOCKER_HOST: 'tcp://engine:2376' })).toMatchObject(is('/var/run/docker.sock'));
    expect(socket({ DOCKER_HOST: 'unix:///a', REHEARSAL_SOCKET: '/b' })).toMatchObject(is('/b'));
  });

  test('without words: the stand-in and ministack, no containers', () => {
    const values = valuesOf({}, '/x', { REHEARSAL_TAG: 't' });
    expect(values).toMatchObject({ aws: 'ministack', repository: 'stand-in', profiles: [] });
    expect(values).toMatchObject({ environment: { REHEARSAL_TAG: 't', REHEARSAL_AWS_PORT: '4566' } });
    expect(values).not.toMatchObject({ environment: { REHEARSAL_CONTAINERS: '1' } });
  });
});

describe('the image of the service', () => {
  const input = {
    busybox: Buffer.from('not really busybox'),
    tag: '3.2.0.RELEASE',
    task: 'serves',
    architecture: 'amd64',
    labels: {},
  } as const;

  test('is an archive that tar reads, and the same each time', () => {
    const { layer } = makeTaskImage(input);
    const { stdout, status } = spawnSync('tar', ['-tv', '--numeric-owner'], {
      input: layer,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expect(stdout.split('\n').map((line) => line.replace(/\s+/gu, ' '))).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^drwxr-xr-x 0\/0 0 .* bin\/$/u),
        expect.stringMatching(/^-rwxr-xr-x 0\/0 18 .* bin\/busybox$/u),
        expect.stringMatching(/^lrwxrwxrwx 0\/0 0 .* bin\/sh -> busybox$/u),
        expect.stringMatching(/^-rw-r--r-- 0\/0 21 .* www\/index.html$/u),
        expect.stringMatching(/^-rwxr-xr-x 0\/0 .* task$/u),
      ]),
    );
    expect(makeTaskImage(input).layer.equals(layer)).toBe(true);
    expect(makeTaskImage({ ...input, tag: '3.2.1.RELEASE' }).layer.equals(layer)).toBe(false);
  });

  test('a name that a tar header cannot hold is refused', () => {
    expect(() => tar([{ name: 'ü'.repeat(51), content: '' }])).toThrow('longer than the 100 bytes');
  });

  test('arrives at a registry with what makes it run', async () => {
    const registry = await startRegistryStandIn({});
    try {
      const { layer, runs } = makeTaskImage({ ...input, labels: { shop: 'orders' } });
      const digest = await pushImage(registry.url, 'orders', input.tag, layer, { runs });
      const at = (what: string): string => `${registry.url}/v2/orders/${what}`;
      const accept = { headers: { accept: 'application/vnd.oci.image.manifest.v1+json' } };
      const manifest = (await (await fetch(at(`manifests/${digest}`), accept)).json()) as {
        config: { digest: string };
      };
      expect(await (await fetch(at(`blobs/${manifest.config.digest}`))).json()).toMatchObject({
        architecture: 'amd64',
        config: { Cmd: ['/task'], Labels: { shop: 'orders' } },
      });
    } finally {
      await registry.close();
    }
  });
});

test('what a visitor saw, in a line', () => {
  expect(tellVisits({ versions: { a: 2, b: 1 }, lost: [] })).toBe(
    'the load balancer was asked meanwhile: 2 by a, 1 by b, none lost',
  );
  expect(tellVisits({ versions: {}, lost: ['502 no'] })).toContain('no answer, 1 lost (502 no)');
});
