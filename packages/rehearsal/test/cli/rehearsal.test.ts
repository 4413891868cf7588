import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { runRehearsal } from '../../src/cli/run-rehearsal.ts';
import { pushImage, startRegistryStandIn } from '../../src/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'rehearsal '));
});
afterEach(() => {
  rmSync(dir, { recursive: true, force: true });
});

/** Runs it; `whenUp` is called once the servers stand, and they are stopped after it. */
async function run(
  argv: readonly string[],
  whenUp: (lines: readonly string[]) => Promise<void> = async () => {},
  env: Readonly<Record<string, string>> = {},
) {
  const out: string[] = [];
  const err: string[] = [];
  const stop = new AbortController();
  let trying: Promise<void> = Promise.resolve();
  const code = await runRehearsal({
    argv,
    out: (line) => {
      out.push(line);
      if (line === 'Ctrl+C stops it.') trying = whenUp([...out]).finally(() => stop.abort());
    },
    err: (line) => err.push(line),
    stop: stop.signal,
    env,
  });
  await trying;
  return { code, out: out.join('\n'), err: err.join('\n') };
}

/** The variables of the printed `export` lines. */
function exported(lines: readonly string[]): Record<string, string> {
  const pairs = lines.flatMap((line) => {
    const [, name, value] = /^ {2}export (\w+)=(.*)$/u.exec(line) ?? [];
    return name === undefined || value === undefined
      ? []
      : [[name, value.replace(/^'(.*)'$/u, '$1')] as const];
  });
  return Object.fromEntries(pairs);
}

const anyPorts = ['--artifactory-port', '0', '--registry-port', '0', '--ecs-port', '0'];

describe('rehearsal up', () => {
  test('starts all three, prints what the programs need, and stops when told', async () => {
    let urls: string[] = [];
    const { code, out } = await run(
      ['up', ...anyPorts, '--cluster', 'staging', '--instances', '2'],
      async (lines) => {
        const variables = exported(lines);
        expect(Object.keys(variables)).toEqual([
          'bamboo_ecs_repository',
          'bamboo_ecs_artifactory_user',
          'bamboo_ecs_artifactory_password',
          'bamboo_registry',
          'AWS_ENDPOINT_URL',
          'AWS_REGION',
          'AWS_DEFAULT_REGION',
          'AWS_ACCESS_KEY_ID',
          'AWS_SECRET_ACCESS_KEY',
        ]);
        const repository = variables['bamboo_ecs_repository'] ?? '';
        expect(repository).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/artifactory\/descriptors-\{tag\}-local$/u);
        const credentials = Buffer.from('admin:rehearsal-password').toString('base64');
        const put = await fetch(`${repository.replace('{tag}', 'release')}/x.json`, {
          method: 'PUT',
          body: '{}',
          headers: { Authorization: `Basic ${credentials}` },
        });
        expect(put.status).toBe(201);
        expect((await fetch(`http://${variables['bamboo_registry']}/v2/`)).status).toBe(200);
        const ecs = variables['AWS_ENDPOINT_URL'] ?? '';
        const clusters = await fetch(ecs, {
          method: 'POST',
          headers: {
            'X-Amz-Target': 'AmazonEC2ContainerServiceV20141113.DescribeClusters',
            'Content-Type': 'application/x-amz-json-1.1',
            Authorization:
              'AWS4-HMAC-SHA256 Credential=test/20260101/eu-west-1/ecs/aws4_request, SignedHeaders=host, Signature=0',
          },
          body: JSON.stringify({ clusters: ['staging'] }),
        });
        expect(await clusters.json()).toMatchObject({
          clusters: [{ clusterName: 'staging', registeredContainerInstancesCount: 2 }],
        });
        urls = [repository, `http://${variables['bamboo_registry']}/v2/`, ecs];
      },
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^artifactory +http:/u);
    expect(urls).toHaveLength(3);
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  });

  test('a request is a line, with --quiet it is none', async () => {
    const ask = async (lines: readonly string[]) => {
      await fetch(`http://${exported(lines)['bamboo_registry']}/v2/`);
    };
    expect((await run(['up', ...anyPorts], ask)).out).toContain('registry    GET /v2/ 200');
    expect((await run(['up', ...anyPorts, '--quiet'], ask)).out).not.toContain('GET /v2/');
  });

  test('a port that is taken: says which option, and takes the others down again', async () => {
    await using taken = await startRegistryStandIn();
    const port = new URL(taken.url).port;
    const { code, err } = await run([
      'up',
      '--artifactory-port',
      '0',
      '--registry-port',
      '0',
      '--ecs-port',
      port,
    ]);
    expect(code).toBe(2);
    expect(err).toBe(
      `rehearsal: The ecs stand-in cannot start: port ${port} of 127.0.0.1 is taken by another program. End it, or choose another port with --ecs-port.`,
    );
  });

  test('data is kept in a folder', async () => {
    const credentials = {
      Authorization: `Basic ${Buffer.from('admin:rehearsal-password').toString('base64')}`,
    };
    const address = (lines: readonly string[]) =>
      `${exported(lines)['bamboo_ecs_repository']?.replace('{tag}', 'release')}/a/x.json`;
    await run(['up', ...anyPorts, '--dir', dir], async (lines) => {
      await fetch(address(lines), { method: 'PUT', body: 'kept', headers: credentials });
    });
    await run(['artifactory', '--port', '0', '--dir', dir], async (lines) => {
      expect(await (await fetch(address(lines), { headers: credentials })).text()).toBe('kept');
    });
  });

  test('data that cannot be read is told, not a stack trace', async () => {
    writeFileSync(join(dir, 'artifactory'), 'a file where a folder should be');
    const { code, err } = await run(['artifactory', '--port', '0', '--dir', dir]);
    expect(code).toBe(2);
    expect(err).toContain('rehearsal: The artifactory stand-in cannot start: ');
    expect(err).toContain(join(dir, 'artifactory'));
  });
});

describe('one server', () => {
  test.each([
    [
      'artifactory',
      ['bamboo_ecs_repository', 'bamboo_ecs_artifactory_user', 'bamboo_ecs_artifactory_password'],
    ],
    ['registry', ['bamboo_registry']],
    [
      'ecs',
      ['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_DEFAULT_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'],
    ],
  ])('%s', async (name, variables) => {
    const { code } = await run([name, '--port', '0'], async (lines) => {
      expect(Object.keys(exported(lines))).toEqual(variables);
    });
    expect(code).toBe(0);
  });

  test('other repositories', async () => {
    await run(['artifactory', '--port', '0', '--repository', 'one', '--repository', 'two'], async (lines) => {
      expect(exported(lines)['bamboo_ecs_repository']).toMatch(/\/artifactory\/one$/u);
    });
  });

  test('a scenario that cannot be used', async () => {
    const file = join(dir, 'scenario.json');
    const attempt = async (text: string) => {
      writeFileSync(file, text);
      return run(['ecs', '--port', '0', '--scenario', file]);
    };
    expect(await attempt('{')).toMatchObject({
      code: 2,
      err: expect.stringContaining(`--scenario ${file}: `),
    });
    expect((await attempt('{"rules":[{"match":"x","outcome":{"kind":"explodes"}}]}')).err).toContain(
      '$.rules[0].outcome.kind',
    );
    expect((await run(['ecs', '--port', '0', '--scenario', join(dir, 'none')])).err).toContain('ENOENT');
  });
});

describe('the command line', () => {
  test.each([
    [['--help'], 0, /rehearsal up .*start all three/su],
    [['up', '--help'], 0, /--artifactory-port .*8081/su],
  ])('%j', async (argv, code, text) => {
    const ended = await run(argv);
    expect(ended.code).toBe(code);
    expect(ended.out).toMatch(text);
  });

  test.each([
    [[], 'Which command?'],
    [['upp'], 'Did you mean up?'],
    [['constructor'], 'Unknown argument'],
    [['up', '--prot', '5'], 'Unknown argument: prot'],
    [['up', 'now'], 'Unknown argument: now'],
    [['registry', '--dir', 'x'], 'Unknown argument: dir'],
    [['ecs', '--port', 'many'], '--port must be a whole number from 0 to 65535'],
    [['ecs', '--port', '1', '--port', '2'], '--port must be a whole number from 0 to 65535, given once.'],
    [['ecs', '--port', '65536'], '--port must be a whole number from 0 to 65535'],
    [['ecs', '--speed', '-1'], '--speed must be a number over 0'],
    [['ecs', '--instances', '1.5'], '--instances must be a whole number'],
    [['ecs', '--region', ''], '--region must have a value'],
    [['ecs', '--cluster', 'a b'], '--cluster: "a b" is no name for one.'],
    [['artifactory', '--edition', 'free'], '--edition must be oss or pro, not free.'],
    [['artifactory', '--repository', 'a/b'], '--repository: "a/b" is no name for one.'],
    [['push', 'web'], '"web" is no image'],
    [['push', 'web:1', '--to', 'nowhere'], '--to must be an address'],
  ])('%j is refused', async (argv, words) => {
    const { code, err } = await run(argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });

  test('all problems at once', async () => {
    const { err } = await run(['up', '--ecs-port', '-1', '--speed', '0', '--edition', 'x']);
    expect(err.split('\n')).toHaveLength(3);
  });
});

describe('rehearsal push', () => {
  test('pushes, and says the digest', async () => {
    await using registry = await startRegistryStandIn();
    const { code, out } = await run(['push', 'team/web:1.0.0.MILESTONE', '--to', registry.url]);
    expect(code).toBe(0);
    const digest = /^127\.0\.0\.1:\d+\/team\/web:1\.0\.0\.MILESTONE (sha256:[0-9a-f]{64})$/u.exec(out)?.[1];
    const response = await fetch(`${registry.url}/v2/team/web/manifests/1.0.0.MILESTONE`);
    expect(response.headers.get('docker-content-digest')).toBe(digest);
  });

  test('to the registry that `rehearsal up` printed, but by itself to none of another machine', async () => {
    await using registry = await startRegistryStandIn();
    const { host } = new URL(registry.url);
    const pushed = await run(['push', 'web:1'], undefined, { bamboo_registry: host });
    expect(pushed.out).toContain(`${host}/web:1 sha256:`);
    for (const other of ['registry.example.com', '127.0.0.1.example.com', 'x@127.0.0.1:1', '127.0.0.1:9/x']) {
      const { out } = await run(['push', '--help'], undefined, { bamboo_registry: other });
      expect(out).toContain('[default: "http://127.0.0.1:5055"]');
    }
  });

  test('no registry', async () => {
    const { code, err } = await run(['push', 'web:1', '--to', 'http://127.0.0.1:9']);
    expect(code).toBe(3);
    expect(err).toMatch(/^rehearsal: web:1 cannot be pushed to http:\/\/127\.0\.0\.1:9: /u);
    expect(err).toContain('Is the registry up');
  });

  test('a registry that does not answer is not waited for without end', async () => {
    const silent = createServer(() => {});
    await new Promise<void>((resolve) => {
      silent.listen(0, '127.0.0.1', resolve);
    });
    const { port } = silent.address() as AddressInfo;
    const pushing = pushImage(`http://127.0.0.1:${port}`, 'web', '1', 'x', { timeoutMs: 50 });
    await expect(pushing).rejects.toThrow(/timeout/u);
    silent.closeAllConnections();
    silent.close();
  });
});
