// A repository behind TLS whose authority is the shop's own: mounted over the image's file, or named by the setting.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables } from './agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine, type Ended } from './engine.ts';

const fixtures = path.join(import.meta.dirname, '../../packages/registry/test/fixtures/tls');
/** The name in the fixtures' certificate. */
const name = 'registry.example.test';

if (requires('docker', engineIsHere, howToGetAnEngine)) describeAuthorities();

function describeAuthorities(): void {
  const { expander } = buildImages();
  let server: Server;
  let requests = 0;

  beforeAll(async () => {
    const key = readFileSync(path.join(fixtures, 'server.key'));
    const cert = readFileSync(path.join(fixtures, 'server.pem'));
    server = createServer({ key, cert }, (_request, response) => {
      requests += 1;
      response.writeHead(403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
  });

  async function publish(...options: readonly string[]): Promise<Ended & { readonly asked: boolean }> {
    requests = 0;
    const { port } = server.address() as AddressInfo;
    const settings = asOptions({
      ...buildVariables,
      bamboo_ecs_repository: `https://${name}:${port}/artifactory/descriptors`,
    });
    const example = path.join(import.meta.dirname, '../../examples/hid-generator');
    const network = ['--network', 'host', '--add-host', `${name}:127.0.0.1`];
    const mount = ['--volume', `${example}:/data:ro`, '--workdir', '/data', '-e', 'bamboo_ecs_out=/tmp/out'];
    const ended = await docker(
      'run',
      '--rm',
      ...network,
      ...mount,
      ...settings,
      ...options,
      expander,
      'publish',
    );
    return { ...ended, asked: requests > 0 };
  }

  test('unknown: refused before anything is sent', async () => {
    const run = await publish();
    expect([run.exitCode, run.asked]).toEqual([3, false]);
    expect(run.stdout).toContain('certificate');
  });

  test('mounted over the file of the image: for everything in it, AWS included', async () => {
    const run = await publish('--volume', `${fixtures}/ca.pem:/etc/ssl/certs/ca-certificates.crt:ro`);
    expect([run.exitCode, run.asked]).toEqual([3, true]);
    expect(run.stdout).toContain('403');
  });

  test('mounted anywhere and named by the setting ca-file', async () => {
    const run = await publish(
      '--volume',
      `${fixtures}/ca.pem:/ca.pem:ro`,
      '-e',
      'bamboo_ecs_ca_file=/ca.pem',
    );
    expect([run.exitCode, run.asked]).toEqual([3, true]);
  });
}
