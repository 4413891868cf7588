// The adapters as the settings of a run open them.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runProgram, workingDirectory, type RunContext } from '@bamboo-ecs/program';
import { openEcs, openRegistry, openRepository, systemClock } from '../src/index.ts';

let folder: string;
let server: Server;
let asked: IncomingMessage[];
let origin: string;
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'bamboo ecs wiring '));
  asked = [];
  server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    if (request.url?.startsWith('/v2/') && request.headers.authorization === undefined) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"' }).end();
      return;
    }
    response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end('{"__type": "InvalidParameterException", "message": "no"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  server.closeAllConnections();
  server.close();
});

/** Runs `flow` with the settings of an environment, as a program does. */
async function withSettings(
  env: Readonly<Record<string, string>>,
  flow: (context: RunContext) => Promise<unknown>,
): Promise<{ exitCode: number; log: string }> {
  const lines: string[] = [];
  const exitCode = await runProgram(
    {
      name: 'installer',
      version: '1.2.3 (Node v24)',
      commands: [{ name: 'go', describe: 'goes' }],
      flow: async (context) => {
        context.requireSettings();
        await flow(context);
        return { exitCode: 0, outcome: 'done', sentence: 'done' };
      },
      explain: (error) => ({ exitCode: 3, outcome: 'asked', sentence: String(error) }),
    },
    {
      argv: [],
      env,
      files: workingDirectory(folder),
      write: (line) => lines.push(line),
      colour: false,
      now: Date.now,
      signal: new AbortController().signal,
      onProgressRequest: () => {},
    },
  );
  return { exitCode, log: lines.join('\n') };
}

describe('Amazon ECS', () => {
  test('is asked under our name and version', async () => {
    const credentials = { AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 'secret-key-of-a-test' };
    const before = { ...process.env };
    // The SDK reads credentials and endpoint from the process itself.
    Object.assign(process.env, credentials, { AWS_ENDPOINT_URL: origin });
    await withSettings({ bamboo_ecs_region: 'eu-west-1' }, async (context) => {
      const ecs = await openEcs(context, systemClock);
      await ecs.describeServices('production', ['hid-generator']);
    });
    process.env = before;
    expect(asked[0]?.headers['user-agent']).toContain('bamboo-ecs/1.2.3');
  });

  test('without a region nobody is asked', async () => {
    const { exitCode, log } = await withSettings({}, async (context) => openEcs(context, systemClock));
    expect(exitCode).toBe(2);
    expect(log).toContain('no region is set');
    expect(log).toContain('bamboo_ecs_region=eu-west-1');
  });
});

describe('the repository', () => {
  const tried = async (repository: string): Promise<{ exitCode: number; log: string }> =>
    withSettings(
      { bamboo_ecs_repository: repository, bamboo_ecs_artifactory_password: 'hunter2-hunter2' },
      async (context) => {
        const port = await openRepository(context, 'RELEASE');
        context.say(`opened ${port.address}`);
      },
    );

  test.each([
    ['file:/srv/releases-{tag}', 'opened file:/srv/releases-release'],
    [
      'https://h.example.com/artifactory/x-{tag}-local',
      'opened https://h.example.com/artifactory/x-release-local',
    ],
    ['s3://bucket/{tag}', 'opened s3://bucket/release'],
  ])('%s', async (address, said) => {
    const { exitCode, log } = await tried(address);
    expect(log).toContain(said);
    expect(exitCode).toBe(0);
    expect(log).not.toContain('hunter2');
  });

  test('none, and one of no known kind', async () => {
    expect((await tried('')).log).toContain('no repository is set');
    expect(await tried('ftp://h/x')).toMatchObject({ exitCode: 2 });
  });
});

describe('the registry', () => {
  const image = (): string => `${new URL(origin).host}/hid:1`;
  const lookUp = async (env: Readonly<Record<string, string>>): Promise<string> => {
    const { log } = await withSettings(env, async (context) => {
      const registry = await openRegistry(context, [image()], { limit: 0, firstPause: 1, longestPause: 1 });
      await registry.lookUp(image());
    });
    return log;
  };

  test("uses Docker's configuration, also behind a link as Kubernetes mounts it", async () => {
    const auth = Buffer.from('ann:from-docker').toString('base64');
    mkdirSync(path.join(folder, 'data'));
    writeFileSync(
      path.join(folder, 'data/config.json'),
      JSON.stringify({ auths: { [new URL(origin).host]: { auth } } }),
    );
    symlinkSync('data/config.json', path.join(folder, 'config.json'));
    await lookUp({ DOCKER_CONFIG: folder });
    expect(asked.map(({ headers }) => headers.authorization)).toContain(`Basic ${auth}`);
  });

  test('tells a configuration that cannot be used, and goes on without', async () => {
    mkdirSync(path.join(folder, 'config.json'));
    expect(await lookUp({ DOCKER_CONFIG: folder })).toContain(
      'config.json is a folder, not a file; it is not used',
    );
    expect(asked.length).toBeGreaterThan(0);
  });
});

test('the clock of the system wakes at once when it is told to stop', async () => {
  const stop = new AbortController();
  const from = systemClock.now();
  const slept = systemClock.sleep(60_000, stop.signal);
  stop.abort();
  await slept;
  await systemClock.sleep(60_000, stop.signal);
  expect(systemClock.now() - from).toBeLessThan(1000);
});
