// A repository that cannot be reached, will not let us in, answers nonsense, or holds something else already: exit 3.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startArtifactoryStandIn, type ArtifactoryStandIn, type Fault } from '@bamboo-ecs/rehearsal';
import { build, checkoutWith, expectRefused, outputsOf } from './bad-input.ts';
import { masterBuild, openWorld, type Env, type Run, type World } from './harness.ts';

const password = 'hunter2-hunter2';
let world: World;
let server: ArtifactoryStandIn;
let cwd: string;
beforeEach(async () => {
  world = openWorld();
  cwd = checkoutWith(world);
  server = await startArtifactoryStandIn({
    users: [
      { name: 'bamboo', password, canDelete: false },
      { name: 'milestone', password, canDelete: true },
      { name: 'reader', password, canDeploy: false },
      { name: 'old', password, expiredToken: 'expired-token-of-old' },
    ],
    repositories: ['descriptors-release-local', 'descriptors-milestone-local'],
  });
});
afterEach(async () => {
  world.close();
  await server.close();
});

const access = (user = 'bamboo'): Env => ({
  bamboo_ecs_repository: `${server.url}/descriptors-{tag}-local`,
  bamboo_ecs_artifactory_user: user,
  bamboo_ecs_artifactory_password: password,
});

const publish = async (env: Env = {}, number = 15): Promise<Run> =>
  world.expander(cwd, { ...masterBuild(number), ...access(), ...env });

/** Files in the stand-in, by a client that is not ours. */
async function stored(path: string): Promise<number> {
  const headers = { authorization: `Basic ${Buffer.from(`reader:${password}`).toString('base64')}` };
  return (await fetch(`${server.url}/descriptors-release-local/${path}`, { headers })).status;
}
const folder = 'hid-generator/1.0.15.RELEASE';
const manifest = `${folder}/hid-generator-1.0.15.RELEASE-release.json`;
const isThere = async (): Promise<boolean> => (await stored(manifest)) === 200;

async function refused(env: Env, ...said: readonly string[]): Promise<Run> {
  const run = await publish(env);
  expectRefused(cwd, run, 3, ...said);
  expect(run.log).not.toContain('hunter2');
  expect(JSON.stringify(outputsOf(cwd))).not.toContain('hunter2');
  return run;
}

describe('a repository that is not there', () => {
  test('nobody listens: attempts are told, nothing was changed', async () => {
    const run = await refused(
      { bamboo_ecs_repository: 'http://127.0.0.1:1/artifactory/descriptors' },
      'no answer',
      '(attempt 2)',
      '127.0.0.1:1',
      'ECONNREFUSED',
      'REPOSITORY UNREACHABLE: ',
      'Nothing was changed.',
      'What to do:',
    );
    expect(run.log).not.toContain('(attempt 3)');
  });

  test('no such host', async () => {
    await refused(
      { bamboo_ecs_repository: 'https://no-such-host.invalid/artifactory/descriptors' },
      'no-such-host.invalid',
      'REPOSITORY UNREACHABLE: ',
    );
  });

  test('no answer in time', async () => {
    server.setFault({ kind: 'latency', ms: 1500, times: 0 });
    await refused({}, 'REPOSITORY UNREACHABLE: ');
  });

  test('the repository of that name', async () => {
    await refused(
      { bamboo_ecs_repository: `${server.url}/descriptors-relase-local` },
      'descriptors-relase-local',
      'What to do:',
    );
  });

  test('500 on and on, and a page of a proxy', async () => {
    server.setFault({ kind: 'status', status: 503, page: true, times: 0 });
    await refused({}, '503', '(attempt 2)');
    expect(await isThere()).toBe(false);
  });
});

describe('addresses that cannot be meant so', () => {
  test.each([
    ['https://h.example.com/descriptors', 'lacks the context /artifactory/'],
    ['https://h.example.com/artifactory/', 'repository'],
    ['ftp://h.example.com/artifactory/x', 'repository'],
    ['h.example.com/artifactory/x', 'repository'],
    ['https://h.example.com/artifactory/x-{tga}', '{tga}'],
    ['https://h.example.com/artifactory/x?y=1', 'has a part after "?"'],
    ['https://ann:hunter2-hunter2@h.example.com/artifactory/x', 'carries credentials'],
    ['https://hunter2-hunter2@h.example.com/artifactory/x', 'carries credentials'],
  ])('%s', async (address, said) => {
    const run = await publish({ bamboo_ecs_repository: address });
    expectRefused(cwd, run, 2, said, 'repository');
    expect(run.log + JSON.stringify(outputsOf(cwd).record)).not.toContain('hunter2');
    expect(server.requests).toHaveLength(0);
  });
});

describe('no access', () => {
  test('a wrong password: asked once, never again; then the user is locked out and that is told', async () => {
    const env = { bamboo_ecs_artifactory_password: 'hunter2-wrong' };
    const run = await refused(env, 'NO ACCESS: ', '401', 'Bad Credentials', 'Nothing was changed.');
    expect(server.requests).toHaveLength(1);
    expect(run.log).not.toContain('attempt');
    for (let n = 0; n < 5; n += 1) await publish(env);
    await refused({}, 'has locked out this user');
  });

  test('no credentials, an expired token, a user who may only read', async () => {
    await refused(
      { bamboo_ecs_artifactory_user: '', bamboo_ecs_artifactory_password: '' },
      'NO ACCESS: ',
      '401',
    );
    await refused(
      { bamboo_ecs_artifactory_user: '', bamboo_ecs_artifactory_password: 'expired-token-of-old' },
      'NO ACCESS: ',
      'expired',
    );
    const reader = await refused(access('reader'), 'NO ACCESS: ', 'Deploy/Cache', 'Nothing was changed.');
    expect(reader.log).not.toContain('broke off');
    expect(await isThere()).toBe(false);
  });

  test('a user without a password is refused before anybody is asked', async () => {
    const run = await publish({ bamboo_ecs_artifactory_password: '' });
    expectRefused(cwd, run, 2, 'artifactory-user is set, but artifactory-password is not');
    expect(server.requests).toHaveLength(0);
  });
});

test('a folder that nothing can be written into does not hang', async () => {
  await refused({ bamboo_ecs_repository: 'file:/proc/releases' }, '/proc/releases', 'What to do:');
});

describe('answers that cannot be trusted', () => {
  test('a PUT is redirected to https, as some proxies do: it is not followed', async () => {
    server.setFault({ kind: 'redirect-https', method: 'PUT', times: 0 });
    await refused({}, 'redirect', 'https');
    expect(await isThere()).toBe(false);
  });

  test.each<[string, Fault]>([
    ['broken off', { kind: 'drop', method: 'PUT', path: '*-release.json*', times: 0 }],
    ['answered 500', { kind: 'status', status: 500, method: 'PUT', path: '*-release.json*', times: 0 }],
  ])(
    'the manifest %s: its files are written, readers see nothing, running again completes it',
    async (_, fault) => {
      server.setFault(fault);
      await refused({}, 'may be written already');
      expect(await stored(`${folder}/hid-generator-1.0.15.RELEASE-task-definition.json`)).toBe(200);
      expect(await isThere()).toBe(false);
      server.setFault();
      const again = await publish();
      expect(again.exitCode).toBe(0);
      expect(again.log).toContain('COMPLETED: hid-generator 1.0.15.RELEASE completed');
      expect(outputsOf(cwd).properties).toMatchObject({ published: 'true', outcome: 'completed' });
      expect(await isThere()).toBe(true);
    },
  );

  test('lost answers are found out by looking', async () => {
    server.setFault({ kind: 'lost-response', method: 'PUT', times: 1 });
    expect(await publish()).toMatchObject({ exitCode: 0 });
  });

  test('HTML with status 200', async () => {
    const page = await listen((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Please log in</html>');
    });
    await refused({ bamboo_ecs_repository: `${page.url}/artifactory/x` }, 'NOT TRUSTED: ');
    await page.close();
  });

  test('something else lies where the manifest of a RELEASE belongs', async () => {
    const body = '{"schema": 1, "project": "other"}';
    const headers = { authorization: `Basic ${Buffer.from(`milestone:${password}`).toString('base64')}` };
    await fetch(`${server.url}/descriptors-release-local/${manifest}`, { method: 'PUT', body, headers });
    await refused({}, 'is no manifest that this program can read; it is not replaced');
  });
});

test('copies that a publication left behind and that may not be replaced are told as such', async () => {
  server.setFault({ kind: 'status', status: 500, method: 'PUT', path: '*-release.json*', times: 0 });
  await publish();
  server.setFault();
  await refused(
    { bamboo_desiredCount: '3' },
    'an earlier publication of it broke off and left other contents behind',
    'Raise the version number',
  );
  expect(await isThere()).toBe(false);
});

describe('published before', () => {
  test('a RELEASE with other content: which build, what differs; what is there stays', async () => {
    const first = await publish();
    expect(first.exitCode).toBe(0);
    const sha = outputsOf(cwd).properties['manifest.sha256'];
    const run = await world.expander(cwd, { ...masterBuild(16), ...access(), bamboo_desiredCount: '3' });
    expectRefused(
      cwd,
      run,
      3,
      'CONFLICT: hid-generator 1.0.15.RELEASE is published already with other contents',
      'Published by build HID-GEN-JOB1-15 of revision 0015',
      'this is build HID-GEN-JOB1-16',
      'Different descriptors: service-definition, service-update.',
      'Raise the version number',
    );
    expect(run.log).not.toMatch(/written|replaced\n/u);
    expect(await publish()).toMatchObject({ exitCode: 0 });
    expect(outputsOf(cwd).properties).toMatchObject({ outcome: 'already-published', 'manifest.sha256': sha });
  });

  test('the same commit built twice hands on the same manifest', async () => {
    await publish({}, 15);
    const { properties: first } = outputsOf(cwd);
    const again = await publish(
      { bamboo_planRepository_revision: build['bamboo_planRepository_revision']! },
      16,
    );
    expect(again.log).toContain('ALREADY-PUBLISHED: ');
    const { properties: second } = outputsOf(cwd);
    expect(second).toEqual({ ...first, outcome: 'already-published' });
    expect(server.requests.filter(({ method }) => method === 'PUT')).toHaveLength(4);
  });

  test('a MILESTONE is replaced by who may, and refused to who may not', async () => {
    const milestone = { bamboo_planRepository_branchName: 'development' };
    const owner = { ...milestone, ...access('milestone') };
    expect(await publish(owner)).toMatchObject({ exitCode: 0 });
    const { properties: before } = outputsOf(cwd);
    const refusal = await publish({ ...milestone, bamboo_desiredCount: '3' });
    expectRefused(
      cwd,
      refusal,
      3,
      'DELETE permission',
      'In a repository of MILESTONEs give the user Delete/Overwrite',
    );
    const replaced = await publish({ ...owner, bamboo_desiredCount: '3' });
    expect(replaced.log).toContain('REPLACED: ');
    const { properties: after } = outputsOf(cwd);
    expect(after).toMatchObject({ published: 'true', outcome: 'replaced' });
    expect(after['manifest.sha256']).not.toBe(before['manifest.sha256']);
  });
});

async function listen(handler: RequestListener): Promise<{ url: string; close: () => Promise<void> }> {
  const running: Server = createServer(handler);
  await new Promise<void>((resolve) => running.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(running.address() as AddressInfo).port}`,
    close: async () =>
      new Promise((resolve) => {
        running.closeAllConnections();
        running.close(() => resolve());
      }),
  };
}
