// SIGTERM, SIGINT and SIGHUP, and a second signal after the first, at every phase of the expander: exit 75 before Bamboo
// kills, all outputs, and readers see a whole release or none.
import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  pushImage,
  startArtifactoryStandIn,
  startRegistryStandIn,
  type ArtifactoryStandIn,
  type Fault,
} from '@bamboo-ecs/rehearsal';
import { build, checkoutWith, outputsOf, publishedFiles } from './bad-input.ts';
import { startChild, type Child } from './child.ts';
import { openWorld, type Env, type World } from './harness.ts';

const signals = ['SIGTERM', 'SIGINT'] as const;
type Signal = (typeof signals)[number] | 'SIGHUP';
const user = { name: 'bamboo', password: 'a-password' };
let world: World;
let server: ArtifactoryStandIn;
let cwd: string;
let env: Env;
beforeEach(async () => {
  world = openWorld();
  cwd = checkoutWith(world);
  server = await startArtifactoryStandIn({ users: [user], repositories: ['descriptors'] });
  env = {
    ...build,
    bamboo_ecs_repository: `${server.url}/descriptors`,
    bamboo_ecs_artifactory_user: user.name,
    bamboo_ecs_artifactory_password: user.password,
  };
});
afterEach(async () => {
  world.close();
  await server.close();
});

/** The stopped run, and what its outputs say. */
async function stopped(child: Child, signal: Signal, ...said: string[]): Promise<void> {
  const from = performance.now();
  child.process.kill(signal);
  // Whoever is impatient changes nothing: the first one counts, and the record is written.
  const impatient = setTimeout(() => child.process.kill('SIGINT'), 200);
  const { exitCode, log } = await child.ended;
  clearTimeout(impatient);
  // Less than 3 s on a quiet machine; Bamboo waits 5 s.
  expect(performance.now() - from).toBeLessThan(5000);
  for (const text of [`STOPPED: stopped by ${signal} in the phase`, ...said]) expect(log).toContain(text);
  expect(exitCode).toBe(75);
  const { record, properties } = outputsOf(cwd);
  expect(record).toMatchObject({ exitCode: 75 });
  expect(properties).toMatchObject({ version: '1.0.15.RELEASE', published: 'false', outcome: 'failed' });
}

async function readManifest(): Promise<number> {
  const authorization = `Basic ${Buffer.from(`${user.name}:${user.password}`).toString('base64')}`;
  const path = 'descriptors/hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-release.json';
  return (await fetch(`${server.url}/${path}`, { headers: { authorization } })).status;
}

/** Resolves once the server was asked so; requests are logged when they come in. */
async function publishing(fault: Fault): Promise<Child> {
  server.setFault({ ms: 4000, times: 0, ...fault });
  const child = startChild({ cwd, env });
  await child.said('== Publish ==');
  // The flow is at its first request or on its way to a later one; both are stopped alike.
  return child;
}

describe('before anything is written', () => {
  test.each(['== Version ==', '== Expand ==', '== Images ==', '== Publish =='])(
    'at the heading %s nothing is published',
    async (heading) => {
      const run = await world.expanderUntil(heading, cwd, build);
      expect(run.exitCode).toBe(75);
      expect(run.log).toContain('Nothing was changed.');
      expect(publishedFiles(world)).toEqual([]);
      expect(outputsOf(cwd).properties).toMatchObject({ published: 'false', outcome: 'failed' });
    },
  );

  test.each(['SIGINT', 'SIGHUP'] as const)('%s while the registry does not answer', async (signal) => {
    const silent = await listen(createServer(() => {}));
    const child = startChild({
      cwd,
      env: { ...env, bamboo_registry: `127.0.0.1:${silent.port}`, bamboo_ecs_image_digest: 'require' },
    });
    await child.said('== Images ==');
    await stopped(child, signal, 'in the phase Images', 'Nothing was changed.');
    silent.close();
    expect(server.requests).toHaveLength(0);
  });

  test.each(signals)('%s while the repository is asked what is there', async (signal) => {
    const child = await publishing({ kind: 'latency', method: 'GET' });
    await stopped(child, signal, 'in the phase Publish', 'Nothing was changed.');
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(0);
  });
});

describe('while files are written', () => {
  test.each(signals)(
    '%s: the copies may be there, the release is not; the next run completes it',
    async (signal) => {
      const child = await publishing({ kind: 'latency', method: 'PUT', path: '*service-definition.json*' });
      await until(() => server.requests.some(({ method }) => method === 'PUT'));
      await stopped(child, signal, 'but not its manifest', 'Run the same command again');
      expect(await readManifest()).toBe(404);
      server.setFault();
      const again = await startChild({ cwd, env }).ended;
      expect(again.exitCode).toBe(0);
      expect(await readManifest()).toBe(200);
      expect(outputsOf(cwd).properties).toMatchObject({ published: 'true' });
    },
  );

  test.each(signals)(
    '%s while the manifest is sent: readers see the whole release or none',
    async (signal) => {
      const child = await publishing({ kind: 'latency', method: 'PUT', path: '*-release.json*' });
      await until(() => server.requests.filter(({ method }) => method === 'PUT').length >= 3);
      await new Promise((resolve) => {
        setTimeout(resolve, 300);
      });
      await stopped(child, signal, 'readers see the whole release or what was there before');
      server.setFault();
      const again = await startChild({ cwd, env }).ended;
      expect(again.exitCode).toBe(0);
      expect(await readManifest()).toBe(200);
    },
  );
});

test('SIGQUIT tells how far the run is, and it goes on', async () => {
  const registry = await startRegistryStandIn();
  await pushImage(registry.url, 'hid-generator', '1.0.15.RELEASE', 'fifteen');
  server.setFault({ kind: 'latency', ms: 700, method: 'GET' });
  const child = startChild({ cwd, env: { ...env, bamboo_registry: new URL(registry.url).host } });
  await child.said('== Publish ==');
  child.process.kill('SIGQUIT');
  const { exitCode, log } = await child.ended;
  await registry.close();
  expect(log).toMatch(/Asked for progress: in the phase Publish for \d+ s; going on\./u);
  expect(exitCode).toBe(0);
});

async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; !done(); tries += 1) {
    if (tries > 500) throw new Error('it did not come to it');
    await new Promise((resolve) => {
      setTimeout(resolve, 10);
    });
  }
}

async function listen(listening: Server): Promise<{ port: number; close: () => void }> {
  const sockets = new Set<{ destroy: () => void }>();
  listening.on('connection', (socket) => sockets.add(socket));
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return {
    port: (listening.address() as AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      listening.close();
    },
  };
}
