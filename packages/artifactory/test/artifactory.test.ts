// The protocol of publication over the Artifactory stand-in: rights, properties, and what goes wrong on the way.
import { describe, expect, test } from '@jest/globals';
import { publishRelease, readRelease, sampleManifest, writeRecord } from '@bamboo-ecs/repository';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import type { Fault } from '@bamboo-ecs/rehearsal';
import { errorOf, FakePacer, openPort, password, user } from './open-port.ts';
import { originOf, startStandIn } from './stand-in.ts';

const project = 'hid-generator';
const release = '1.0.15.RELEASE';
const milestone = '1.0.15.MILESTONE';
const properties = { 'build.name': 'HID-GEN', 'build.number': '42', 'vcs.branch': 'feature/a+b;c' };

function publish(port: RepositoryPort, version: string, sample = {}) {
  const manifest = sampleManifest(version, sample);
  return publishRelease({ port, manifest, policy: { replace: 'milestone' }, properties });
}

test('the properties are there to be searched for', async () => {
  await using standIn = await startStandIn();
  const { manifestPath } = await publish(openPort(originOf(standIn)), release);
  const reply = await fetch(`${standIn.url}/api/storage/ecs-local/team/${manifestPath}?properties`, {
    headers: { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` },
  });
  expect(await reply.json()).toMatchObject({
    properties: { 'build.name': ['HID-GEN'], 'build.number': ['42'], 'vcs.branch': ['feature/a+b;c'] },
  });
});

test.each([
  [{ user, password }],
  [{ user, password: 'AKCp8key' }],
  [{ user: '', password: 'AKCp8key' }],
  [{ user: '', password: 'eyJ0.token.x' }],
])('a password, an API key and an access token are all good: %j', async (who) => {
  await using standIn = await startStandIn();
  expect((await publish(openPort(originOf(standIn), who), release)).outcome).toBe('published');
});

describe('a user without the DELETE permission', () => {
  const who = { user: 'deployer' };

  test('publishes a RELEASE, publishes it again, completes it, and cannot change it', async () => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn), who);
    await port.write(
      `${project}/${release}/${sampleManifest(release).descriptors[0]?.name}`,
      Buffer.from(sampleManifest(release).descriptors[0]?.content ?? ''),
      { properties },
    );
    expect((await publish(port, release)).outcome).toBe('completed');
    expect((await publish(port, release, { revision: 'other' })).outcome).toBe('already-published');
    expect((await errorOf(publish(port, release, { memory: 512 }))).message).toContain(
      'a RELEASE is never replaced',
    );
  });

  test('cannot replace a MILESTONE, and is told why', async () => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn), who);
    const first = await publish(port, milestone);
    const error = await errorOf(publish(port, milestone, { memory: 512 }));
    expect(error.kind).toBe('conflict');
    expect(error.message).toContain('needs the DELETE permission');
    expect((await readRelease({ port, project, version: milestone })).manifestSha256).toBe(
      first.manifestSha256,
    );
  });

  test('is told the way out of a publication that broke off with other contents', async () => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn), who);
    await port.write(`${project}/${release}/${project}-${release}-service-update.json`, Buffer.from('{}'), {
      properties,
    });
    standIn.setFault({ kind: 'masked-404', method: 'PUT', times: 0 });
    const error = await errorOf(publish(port, release));
    expect(error.message).toContain('there is no local repository');
    standIn.setFault();
    expect((await errorOf(publish(port, release))).message).toMatch(
      /broke off and left other contents.*DELETE/,
    );
  });

  test('appends records', async () => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn), who);
    await writeRecord({ port, project, version: release, name: 'one', json: '{}', html: '<p>' });
    const again = writeRecord({ port, project, version: release, name: 'one', json: '{"a":1}', html: '<p>' });
    expect((await errorOf(again)).kind).toBe('conflict');
  });
});

test('a user who may only read, a wrong password, a missing repository', async () => {
  await using standIn = await startStandIn({ repositories: ['ecs-local'] });
  const origin = originOf(standIn);
  expect((await errorOf(publish(openPort(origin, { user: 'reader' }), release))).kind).toBe('forbidden');
  expect((await errorOf(publish(openPort(origin, { password: 'wrong' }), release))).kind).toBe(
    'unauthenticated',
  );
  await using empty = await startStandIn({ repositories: ['other-local'] });
  const missing = await errorOf(publish(openPort(originOf(empty)), release));
  expect(missing.message).toContain('no local repository "ecs-local"');
  const unread = await errorOf(readRelease({ port: openPort(originOf(empty)), project, version: release }));
  expect(unread.message).toContain('no repository "ecs-local"');
});

const survived: readonly Fault[] = [
  { kind: 'status', status: 500, times: 2 },
  { kind: 'status', status: 503, page: true, times: 3 },
  { kind: 'status', status: 429, retryAfter: 3, times: 2 },
  { kind: 'drop', times: 3 },
  { kind: 'lost-response', method: 'PUT', times: 3 },
  { kind: 'truncated', method: 'GET' },
  { kind: 'wrong-bytes', method: 'GET' },
  { kind: 'redirect-storage', method: 'GET' },
  { kind: 'redirect-storage', method: 'HEAD', times: 2 },
  { kind: 'latency', ms: 5, times: 5 },
];

describe('what goes wrong on the way and passes', () => {
  test.each(survived)('%j', async (fault) => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn), { user: 'deployer', clock: new FakePacer() });
    await publish(port, '1.0.14.RELEASE');
    standIn.setFault(fault);
    expect((await publish(port, release)).outcome).toBe('published');
    expect((await publish(port, release)).outcome).toBe('already-published');
    standIn.setFault(fault);
    expect((await readRelease({ port, project, version: release })).manifest).toEqual(
      sampleManifest(release),
    );
    expect((await readRelease({ port, project, version: '1.0.14.RELEASE' })).manifest).toEqual(
      sampleManifest('1.0.14.RELEASE'),
    );
  });
});

describe('what goes wrong and stays', () => {
  test.each([
    [{ kind: 'status', status: 502, page: true, times: 0 }, 'unreachable'],
    [{ kind: 'drop', times: 0 }, 'unreachable'],
    [{ kind: 'truncated', method: 'GET', times: 0 }, 'corrupt'],
    [{ kind: 'wrong-bytes', method: 'GET', times: 0 }, 'corrupt'],
    [{ kind: 'wrong-checksum', method: 'GET', times: 0 }, 'corrupt'],
    [{ kind: 'redirect-https', method: 'GET', times: 0 }, 'misconfigured'],
  ] as const)('reading: %j is %s', async (fault, kind) => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn));
    await publish(port, release);
    standIn.setFault(fault);
    expect((await errorOf(readRelease({ port, project, version: release }))).kind).toBe(kind);
  });

  test.each([
    [{ kind: 'redirect-https', method: 'PUT', times: 0 }, 'misconfigured'],
    [{ kind: 'wrong-checksum', method: 'HEAD', times: 0 }, 'conflict'],
    [{ kind: 'status', status: 429, retryAfter: 3600, method: 'PUT', times: 0 }, 'unreachable'],
  ] as const)('publishing: %j is %s; when it is over, it is completed', async (fault, kind) => {
    await using standIn = await startStandIn();
    const port = openPort(originOf(standIn));
    standIn.setFault(fault);
    expect((await errorOf(publish(port, release))).kind).toBe(kind);
    standIn.setFault();
    expect(['published', 'completed']).toContain((await publish(port, release)).outcome);
    expect((await readRelease({ port, project, version: release })).manifest).toEqual(
      sampleManifest(release),
    );
  });
});

test('broken off at any request, it is completed by running it again', async () => {
  await using standIn = await startStandIn();
  await publish(openPort(originOf(standIn), { user: 'deployer' }), release);
  const requests = standIn.requests.length;
  for (let at = 0; at < requests; at += 1) {
    standIn.reset();
    let count = 0;
    const breaking = openPort(originOf(standIn), {
      user: 'deployer',
      retry: { limit: 0 },
      onRequest: () => {
        count += 1;
        if (count === at) standIn.setFault({ kind: 'drop', times: 0 });
      },
    });
    if (at === 0) standIn.setFault({ kind: 'drop', times: 0 });
    expect((await errorOf(publish(breaking, release))).kind).toBe('unreachable');
    standIn.setFault();
    const port = openPort(originOf(standIn), { user: 'deployer' });
    const again = await publish(port, release);
    expect((await readRelease({ port, project, version: release })).manifestSha256).toBe(
      again.manifestSha256,
    );
  }
});
