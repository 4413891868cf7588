// How Bamboo stops a task: SIGQUIT to the docker client, SIGTERM 5 s later, and SIGKILL soon after. The client hands the
// signals on to PID 1 of the container.
import { spawn } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { startArtifactoryStandIn, startEcsStandIn } from '@bamboo-ecs/rehearsal';
import { requires } from '../third-party/requires.ts';
import { asOptions, buildVariables, checkOut, type Checkout } from './agent.ts';
import { buildImages, docker, engineIsHere, howToGetAnEngine } from './engine.ts';

const agent = 4321;
const patience = 90_000;
const password = 'a-password-of-the-test';
const isRoot = process.getuid?.() === 0;
if (
  requires('docker', engineIsHere, howToGetAnEngine) &&
  requires('root, for files of other users', isRoot, 'run the tests as root')
)
  describeStop();

interface Stopped {
  readonly exitCode: number;
  readonly log: string;
  /** When SIGTERM was sent, in milliseconds since the epoch. */
  readonly at: number;
}

/** Runs a container, signals its client as Bamboo does once the log holds `text`, and waits for its end. */
async function runAndStop(args: readonly string[], text: string, pauseMs: number): Promise<Stopped> {
  const child = spawn('docker', ['run', '--rm', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)));
  const untilLogged = async (what: string): Promise<void> => {
    for (let attempt = 0; attempt < 1200 && child.exitCode === null; attempt++) {
      if (log.includes(what)) return;
      await sleep(50);
    }
    throw new Error(`${JSON.stringify(what)} was not logged:\n${log}`);
  };
  await untilLogged(text);
  child.kill('SIGQUIT');
  await untilLogged('Asked for progress');
  await sleep(pauseMs);
  const at = Date.now();
  child.kill('SIGTERM');
  const exitCode = await ended;
  return { exitCode, log, at };
}

async function setFaults(url: string, faults: readonly object[]): Promise<void> {
  const answer = await fetch(`${url}/_rehearsal/faults`, { method: 'PUT', body: JSON.stringify(faults) });
  if (!answer.ok) throw new Error(await answer.text());
}

function describeStop(): void {
  const { expander, installer } = buildImages();
  const forever = 30_000;

  /** A release in the repository, and servers that a test can hold up. */
  async function openShop(checkout: Checkout) {
    const artifactory = await startArtifactoryStandIn({
      users: [{ name: 'bamboo', password, canDelete: true }],
      repositories: ['descriptors'],
    });
    const ecs = await startEcsStandIn({
      clusters: [{ name: 'production', instances: [{ zone: 'eu-west-1a' }, { zone: 'eu-west-1b' }] }],
      // The tasks start and never become healthy for the load balancer.
      scenario: { rules: [{ match: 'hid-generator', outcome: { kind: 'never-healthy' } }] },
    });
    const options = [
      '--network',
      'host',
      ...checkout.mount,
      ...asOptions({
        ...buildVariables,
        bamboo_ecs_repository: `${artifactory.url}/descriptors`,
        bamboo_ecs_artifactory_user: 'bamboo',
        bamboo_ecs_artifactory_password: password,
        bamboo_ecs_project: 'hid-generator',
        bamboo_ecs_release: '1.0.15.RELEASE',
        bamboo_deploy_environment: 'Production',
        AWS_REGION: 'eu-west-1',
        AWS_ENDPOINT_URL: ecs.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test-secret-key',
      }),
    ];
    return {
      artifactory,
      ecs,
      options,
      publish: async () => {
        const run = await docker('run', '--rm', ...options, expander, 'publish');
        if (run.exitCode !== 0) throw new Error(run.stdout + run.stderr);
      },
      async [Symbol.asyncDispose]() {
        await Promise.all([artifactory.close(), ecs.close()]);
      },
    };
  }

  const checkStopped = (checkout: Checkout, stopped: Stopped, phase: string): void => {
    expect(stopped.log).toContain(`stopped by SIGTERM in the phase ${phase}`);
    expect(stopped.exitCode).toBe(75);
    expect(stopped.log).not.toContain(password);
    const record = JSON.parse(checkout.read('target/bamboo-ecs/record.json')) as { outcome: string };
    expect(record.outcome).toBe('stopped');
    // When the last output was written: a busy engine takes its time to end a container after that. Within 3 s on a quiet
    // machine (docs/images.md); Bamboo waits 5 s.
    const written = statSync(path.join(checkout.folder, 'target/bamboo-ecs/record.html')).mtimeMs;
    expect(written - stopped.at).toBeLessThan(4500);
    expect(checkout.read('target/bamboo-ecs/record.html')).toContain('<html');
    expect(checkout.owners()).toEqual([`${agent}:${agent}`]);
  };

  describe.each([
    ['as PID 1', []],
    ['with --init', ['--init']],
  ])('%s', (_name, init) => {
    test.each([
      ['Fetch', { artifactory: true }, '== Fetch'],
      ['Plan', { operation: 'DescribeServices' }, '== Plan'],
      ['Apply', { operation: 'RegisterTaskDefinition' }, '== Apply'],
      ['Watch', {}, '== Watch'],
    ] as const)(
      'the installer in the phase %s: 75 within 3 s, with a record',
      async (phase, hold, line) => {
        using checkout = checkOut(agent);
        await using shop = await openShop(checkout);
        await shop.publish();
        if ('artifactory' in hold)
          shop.artifactory.setFault({ kind: 'latency', ms: forever, times: 0, method: 'GET' });
        if ('operation' in hold)
          await setFaults(shop.ecs.url, [{ kind: 'latency', ms: forever, operation: hold.operation }]);
        const stopped = await runAndStop([...init, ...shop.options, installer, 'install'], line, 0);
        checkStopped(checkout, stopped, phase);
      },
      patience,
    );

    test(
      'the expander while it publishes',
      async () => {
        using checkout = checkOut(agent);
        await using shop = await openShop(checkout);
        shop.artifactory.setFault({ kind: 'latency', ms: forever, times: 0 });
        const stopped = await runAndStop([...init, ...shop.options, expander, 'publish'], '== Publish', 0);
        checkStopped(checkout, stopped, 'Publish');
      },
      patience,
    );
  });

  test('a signal while the program is still being loaded waits for it', async () => {
    using checkout = checkOut(agent);
    // Sent when the loader is about to compile the program, long before the program listens.
    const early = `const vm = require('node:vm');
      vm.Script = class extends vm.Script {
        constructor(...given) {
          process.kill(process.pid, 'SIGTERM');
          super(...given);
        }
      };`;
    writeFileSync(path.join(checkout.folder, 'early.cjs'), early);
    const preload = ['-e', 'NODE_OPTIONS=--require /data/early.cjs'];
    const options = [...checkout.mount, ...preload, ...asOptions(buildVariables)];
    const run = await docker('run', '--rm', ...options, expander, 'version');
    expect(run.stdout).toContain('stopped by SIGTERM');
    expect(run.exitCode).toBe(75);
  });

  test(
    "in Bamboo's own time: SIGTERM 5 s after SIGQUIT",
    async () => {
      using checkout = checkOut(agent);
      await using shop = await openShop(checkout);
      await shop.publish();
      const stopped = await runAndStop([...shop.options, installer, 'install'], '== Watch', 5000);
      checkStopped(checkout, stopped, 'Watch');
      expect(stopped.log).toMatch(/Asked for progress: in the phase Watch for \d+ s; going on/u);
    },
    patience,
  );
}
