import { describe, expect, test } from '@jest/globals';
import { buildManifest, serializeManifest, sha256Hex } from '@bamboo-ecs/release';
import type { Manifest } from '@bamboo-ecs/release';
import { publishRelease, readRelease, RepositoryError, sampleManifest } from '../src/index.ts';
import type { PublishOptions } from '../src/index.ts';
import { MemoryPort } from './memory-port.ts';
import type { Step } from './memory-port.ts';

const project = 'hid-generator';
const release = '1.0.15.RELEASE';
const milestone = '1.0.15.MILESTONE';
const properties = { 'build.number': '42' };

function pathOf(version: string, kind: string): string {
  return `${project}/${version}/${project}-${version}-${kind}.json`;
}

function publish(port: MemoryPort, manifest: Manifest, more: Partial<PublishOptions> = {}) {
  return publishRelease({ port, manifest, policy: { replace: 'milestone' }, properties, ...more });
}

async function errorOf(action: Promise<unknown>): Promise<RepositoryError> {
  try {
    await action;
  } catch (error) {
    if (error instanceof RepositoryError) return error;
    throw error;
  }
  throw new Error('there was no error');
}

function putPublished(port: MemoryPort, manifest: Manifest): void {
  const folder = `${project}/${manifest.version}`;
  for (const { name, content } of manifest.descriptors) port.put(`${folder}/${name}`, content);
  port.put(`${folder}/${project}-${manifest.version}-release.json`, serializeManifest(manifest));
}

describe('a first publication', () => {
  test('writes the three files of the seed, the manifest last, each with the properties', async () => {
    const port = new MemoryPort();
    const manifest = sampleManifest(release);
    const publication = await publish(port, manifest);
    const writes = port.steps.filter(({ kind }) => kind === 'write').map(({ path }) => path);
    expect(writes).toEqual([
      'hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-task-definition.json',
      'hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-service-definition.json',
      'hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-service-update.json',
      'hid-generator/1.0.15.RELEASE/hid-generator-1.0.15.RELEASE-release.json',
    ]);
    for (const { options } of port.files.values()) expect(options.properties).toEqual(properties);
    expect(publication).toMatchObject({
      outcome: 'published',
      manifestPath: pathOf(release, 'release'),
      manifestSha256: sha256Hex(serializeManifest(manifest)),
      warnings: [],
    });
    expect(publication.files.map(({ outcome }) => outcome)).toEqual([
      'written',
      'written',
      'written',
      'written',
    ]);
    expect(port.text(pathOf(release, 'release'))).toBe(serializeManifest(manifest));
  });

  test('each write is looked at: bytes that changed on the way are told', async () => {
    const port = new MemoryPort();
    const path = pathOf(release, 'service-update');
    port.before = ({ kind, path: at }) => {
      if (kind === 'stat' && at === path && port.files.has(path)) port.put(path, '{}');
    };
    const error = await errorOf(publish(port, sampleManifest(release)));
    expect(error.kind).toBe('corrupt');
    expect(error.message).toContain('service-update');
    expect(port.files.has(pathOf(release, 'release'))).toBe(false);
  });

  test('a place that tells no checksums is read instead', async () => {
    const port = new MemoryPort();
    port.tellsChecksums = false;
    expect((await publish(port, sampleManifest(release))).outcome).toBe('published');
    expect((await publish(port, sampleManifest(release))).outcome).toBe('already-published');
  });

  test('a manifest that nobody could read again is not published', async () => {
    const port = new MemoryPort();
    const error = await errorOf(publish(port, { ...sampleManifest(release), project: '../x' }));
    expect(error.kind).toBe('misconfigured');
    expect(port.files.size).toBe(0);
  });
});

describe('the same release again', () => {
  test('keeps the manifest that is there and hands its sha256 on', async () => {
    const port = new MemoryPort();
    const first = await publish(port, sampleManifest(release));
    const stored = port.text(first.manifestPath);
    const again = await publish(port, sampleManifest(release, { revision: 'other', buildNumber: '43' }));
    expect(again).toMatchObject({ outcome: 'already-published', manifestSha256: first.manifestSha256 });
    expect(again.files.map(({ outcome }) => outcome)).toEqual(Array(4).fill('already-there'));
    expect(port.text(first.manifestPath)).toBe(stored);
  });

  test('copies that are missing or changed are set right', async () => {
    const port = new MemoryPort();
    const manifest = sampleManifest(release);
    await publish(port, manifest);
    port.files.delete(pathOf(release, 'task-definition'));
    port.put(pathOf(release, 'service-update'), 'edited by hand');
    const again = await publish(port, manifest);
    expect(again.outcome).toBe('completed');
    expect(again.files.map(({ outcome }) => outcome)).toEqual([
      'written',
      'already-there',
      'replaced',
      'already-there',
    ]);
    for (const { name, content } of manifest.descriptors) {
      expect(port.text(`${project}/${release}/${name}`)).toBe(content);
    }
  });

  test('a copy that may not be replaced is a warning: the release is whole without it', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(release));
    port.put(pathOf(release, 'task-definition'), 'edited by hand');
    port.before = ({ kind }) => {
      if (kind === 'write') throw new RepositoryError('conflict', 'needs DELETE', 'ask');
    };
    const again = await publish(port, sampleManifest(release));
    expect(again.outcome).toBe('already-published');
    expect(again.files[0]?.outcome).toBe('differs');
    expect(again.warnings.join()).toMatch(/task-definition.*needs DELETE/);
  });
});

describe('another release under the same version', () => {
  test('a RELEASE refuses, and says whose it is and what differs', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(release));
    const error = await errorOf(
      publish(port, sampleManifest(release, { memory: 512, revision: 'def', buildNumber: '43' })),
    );
    expect(error.kind).toBe('conflict');
    expect(error.message).toContain('hid-generator 1.0.15.RELEASE is published already');
    expect(error.message).toContain(
      'build HID-GEN-1 of revision abc (branch master, 2026-11-24T08:00:00.000Z)',
    );
    expect(error.message).toContain('this is build HID-GEN-43 of revision def');
    expect(error.message).toContain('Different descriptors: task-definition.');
    expect(error.hint).toContain('Raise the version number');
    expect(JSON.parse(port.text(pathOf(release, 'task-definition')) ?? '')).toMatchObject({
      containerDefinitions: [{ memory: 256 }],
    });
  });

  test('images that differ are named with their digests', async () => {
    const port = new MemoryPort();
    const manifest = sampleManifest(release);
    await publish(port, manifest);
    const other = withDigest(manifest, `sha256:${'1'.repeat(64)}`);
    const error = await errorOf(publish(port, other));
    expect(error.message).toContain(
      `registry.example.com/hid-generator:1.0.15.RELEASE (published sha256:${'0'.repeat(64)}, this one sha256:${'1'.repeat(64)})`,
    );
    expect(error.hint).toContain('same revision was built into another image');
  });

  describe('a digest that only one of two builds of one revision knows', () => {
    const known = sampleManifest(release);
    const unknown = withDigest(known, null);

    test.each([
      ['the registry could not be asked the second time', known, unknown],
      ['the registry could not be asked the first time', unknown, known],
    ])('is no other RELEASE: %s', async (_name, first, second) => {
      const port = new MemoryPort();
      const { manifestSha256, identity } = await publish(port, first);
      const again = await publish(port, second);
      expect(again).toMatchObject({ outcome: 'already-published', manifestSha256, identity });
      expect(identity).toBe(first.identity);
      expect(second.identity).not.toBe(identity);
      expect(again.warnings.join()).toContain(
        'of registry.example.com/hid-generator:1.0.15.RELEASE only one of the two builds knows the digest',
      );
    });

    test.each([
      ['another revision', { ...unknown, provenance: { ...unknown.provenance, revision: 'def' } }],
      ['no revision', { ...unknown, provenance: { ...unknown.provenance, revision: null } }],
      ['another descriptor', withDigest(sampleManifest(release, { memory: 512 }), null)],
    ])('is one with %s', async (_name, second) => {
      const port = new MemoryPort();
      await publish(port, known);
      const error = await errorOf(publish(port, second));
      expect(error.kind).toBe('conflict');
      expect(error.hint).not.toContain('into another image');
    });

    test('is one when another image contradicts', async () => {
      const port = new MemoryPort();
      const two = (other: string, digest: string | null) => {
        const manifest = withDigest(known, digest);
        const sidecar = { reference: 'registry.example.com/sidecar:1.0.15.RELEASE', digest: other };
        return withImages(manifest, [...manifest.images, sidecar]);
      };
      await publish(port, two(`sha256:${'1'.repeat(64)}`, null));
      const second = two(`sha256:${'2'.repeat(64)}`, `sha256:${'0'.repeat(64)}`);
      expect((await errorOf(publish(port, second))).kind).toBe('conflict');
    });
  });

  test('a MILESTONE is replaced, an older build with a warning', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(milestone, { buildNumber: '9' }));
    const newer = await publish(port, sampleManifest(milestone, { memory: 512, buildNumber: '10' }));
    expect(newer).toMatchObject({ outcome: 'replaced', warnings: [] });
    expect(newer.files.map(({ outcome }) => outcome)).toEqual([
      'replaced',
      'already-there',
      'already-there',
      'replaced',
    ]);
    const older = await publish(port, sampleManifest(milestone, { memory: 128, buildNumber: '9' }));
    expect(older.outcome).toBe('replaced');
    expect(older.warnings.join()).toContain('newer build is replaced by an older one');
  });

  test('a rebuilt MILESTONE whose digest is unknown replaces, too', async () => {
    const port = new MemoryPort();
    await publish(port, withDigest(sampleManifest(milestone), null));
    const again = await publish(port, withDigest(sampleManifest(milestone, { buildNumber: '2' }), null));
    expect(again.outcome).toBe('replaced');
  });

  test('policy "never" keeps a MILESTONE', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(milestone));
    const other = sampleManifest(milestone, { memory: 512 });
    const error = await errorOf(publish(port, other, { policy: { replace: 'never' } }));
    expect(error.message).toContain('nothing is replaced');
  });

  test('a MILESTONE in a place that forbids it is told by the place, not as a race', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(milestone));
    const other = withDigest(sampleManifest(milestone), `sha256:${'1'.repeat(64)}`);
    port.before = ({ kind }) => {
      if (kind === 'write') throw new RepositoryError('conflict', 'needs DELETE', 'ask');
    };
    expect((await errorOf(publish(port, other))).message).toBe('needs DELETE');
  });

  test('what others published goes through the mask', async () => {
    const port = new MemoryPort();
    await publish(port, sampleManifest(release, { revision: 's3cr3t' }));
    const mask = (text: string) => text.replaceAll('s3cr3t', '***');
    const error = await errorOf(publish(port, sampleManifest(release, { memory: 512 }), { mask }));
    expect(error.message).toContain('revision ***');
  });
});

describe('something else lies under the name of the manifest', () => {
  const web = '<html>log in</html>';

  test('a RELEASE refuses it as foreign', async () => {
    const port = new MemoryPort();
    port.put(pathOf(release, 'release'), web);
    const error = await errorOf(publish(port, sampleManifest(release)));
    expect(error.kind).toBe('foreign');
    expect(error.message).toContain('web page');
    expect(port.text(pathOf(release, 'release'))).toBe(web);
  });

  test.each([web, '{}', '', '\u0000', '{"schema":1}', JSON.stringify({ schema: '2' })])(
    'a MILESTONE replaces %j with a warning',
    async (content) => {
      const port = new MemoryPort();
      port.put(pathOf(milestone, 'release'), content);
      const publication = await publish(port, sampleManifest(milestone));
      expect(publication.outcome).toBe('replaced');
      expect(publication.warnings.join()).toContain('no manifest of hid-generator 1.0.15.MILESTONE');
      await readRelease({ port, project, version: milestone });
    },
  );

  test('nobody replaces the manifest of a newer schema', async () => {
    const port = new MemoryPort();
    port.put(pathOf(milestone, 'release'), '{"schema":2}');
    const error = await errorOf(publish(port, sampleManifest(milestone)));
    expect(error.kind).toBe('foreign');
    expect(error.hint).toContain('newer version of bamboo-ecs');
  });

  test('an answer that is not the repository’s stops everything', async () => {
    const port = new MemoryPort();
    port.before = ({ kind }) => {
      if (kind === 'read') throw new RepositoryError('foreign', 'a login page', 'look');
    };
    expect((await errorOf(publish(port, sampleManifest(milestone)))).message).toBe('a login page');
    expect(port.files.size).toBe(0);
  });
});

describe('a publication that breaks off', () => {
  test('at any step: a reader sees nothing or all of it, and running it again completes it', async () => {
    const whole = new MemoryPort();
    await publish(whole, sampleManifest(release));
    for (let at = 1; at <= whole.steps.length; at += 1) {
      const port = new MemoryPort();
      port.before = (_step, count) => {
        if (count === at) throw new RepositoryError('unreachable', 'the line broke', 'again');
      };
      expect((await errorOf(publish(port, sampleManifest(release)))).kind).toBe('unreachable');
      port.before = () => undefined;
      if (port.files.has(pathOf(release, 'release'))) {
        expect((await readRelease({ port, project, version: release })).manifest).toEqual(
          sampleManifest(release),
        );
      } else {
        const error = await errorOf(readRelease({ port, project, version: release }));
        expect(error.message).toMatch(port.files.size > 0 ? /broke off/ : /empty/);
      }
      const again = await publish(port, sampleManifest(release));
      expect(['published', 'completed', 'already-published']).toContain(again.outcome);
      expect((await readRelease({ port, project, version: release })).manifestSha256).toBe(
        again.manifestSha256,
      );
      expect(port.files.size).toBe(4);
    }
  });

  test('replacing a MILESTONE, at any step: a reader sees the old one or the new one', async () => {
    const before = sampleManifest(milestone);
    const after = sampleManifest(milestone, { memory: 512 });
    const whole = new MemoryPort();
    putPublished(whole, before);
    await publish(whole, after);
    for (let at = 1; at <= whole.steps.length; at += 1) {
      const port = new MemoryPort();
      putPublished(port, before);
      port.before = (_step, count) => {
        if (count === at) throw new RepositoryError('unreachable', 'the line broke', 'again');
      };
      await errorOf(publish(port, after));
      port.before = () => undefined;
      const { manifest } = await readRelease({ port, project, version: milestone });
      expect([before.identity, after.identity]).toContain(manifest.identity);
      await publish(port, after);
      expect((await readRelease({ port, project, version: milestone })).manifest).toEqual(after);
    }
  });

  test('copies of other contents without a manifest give way, with a warning', async () => {
    const port = new MemoryPort();
    port.put(pathOf(release, 'task-definition'), '{"family":"of a commit that was never published"}');
    const publication = await publish(port, sampleManifest(release));
    expect(publication.outcome).toBe('completed');
    expect(publication.warnings.join()).toMatch(/task-definition.*broke off/);
  });

  test('… unless the place forbids it: then the way out is named', async () => {
    const port = new MemoryPort();
    port.put(pathOf(release, 'task-definition'), '{}');
    port.before = ({ kind }) => {
      if (kind === 'write') throw new RepositoryError('conflict', 'needs DELETE', 'ask');
    };
    const error = await errorOf(publish(port, sampleManifest(release)));
    expect(error.message).toMatch(/broke off and left other contents.*needs DELETE/);
    expect(error.hint).toContain('Raise the version number');
  });
});

describe('two publishers at one time', () => {
  const isManifestWrite = ({ kind, path }: Step) => kind === 'write' && path.endsWith('-release.json');

  test.each([true, false])(
    'the loser is told whose release is there (exclusive writes: %s)',
    async (exclusive) => {
      const port = new MemoryPort();
      port.knowsExclusive = exclusive;
      const winner = sampleManifest(release, { memory: 512, buildNumber: '43' });
      // Without exclusive writes the other one comes after our write, with them before it.
      port.before = (step) => {
        const came = exclusive ? isManifestWrite(step) : step.kind === 'read' && port.files.size === 4;
        if (came) putPublished(port, winner);
      };
      const error = await errorOf(publish(port, sampleManifest(release)));
      expect(error.kind).toBe('conflict');
      expect(error.message).toContain('at the same time');
      expect(error.message).toContain('HID-GEN-43');
      port.before = () => undefined;
      expect((await readRelease({ port, project, version: release })).manifest).toEqual(winner);
      for (const { name, content } of winner.descriptors) {
        expect(port.text(`${project}/${release}/${name}`)).toBe(content);
      }
    },
  );

  test('the same release from two builds is no conflict', async () => {
    const port = new MemoryPort();
    const other = sampleManifest(release, { buildNumber: '43' });
    port.before = (step) => {
      if (isManifestWrite(step)) putPublished(port, other);
    };
    const publication = await publish(port, sampleManifest(release));
    expect(publication).toMatchObject({
      outcome: 'already-published',
      manifestSha256: sha256Hex(serializeManifest(other)),
    });
  });

  test('copies that the other one changed meanwhile are set right, with a warning', async () => {
    const port = new MemoryPort();
    const path = pathOf(milestone, 'task-definition');
    port.before = (step) => {
      if (isManifestWrite(step)) port.put(path, '{"family":"the other one"}');
    };
    const manifest = sampleManifest(milestone);
    const publication = await publish(port, manifest);
    expect(publication.outcome).toBe('published');
    expect(publication.warnings.join()).toContain('changed by another publication');
    expect(port.text(path)).toBe(manifest.descriptors[0]?.content);
  });

  test('both at once, in every order of their steps: one release, whole, and each is told the truth', async () => {
    const one = sampleManifest(release, { memory: 128, buildNumber: '1' });
    const two = sampleManifest(release, { memory: 512, buildNumber: '2' });
    for (let delay = 0; delay < 20; delay += 1) {
      const port = new MemoryPort();
      const late = (async () => {
        for (let turn = 0; turn < delay; turn += 1) await Promise.resolve();
        return publish(port, two);
      })();
      const [first, second] = await Promise.allSettled([publish(port, one), late]);
      const { manifest } = await readRelease({ port, project, version: release });
      const winners = [first, second].filter(({ status }) => status === 'fulfilled');
      expect(winners).toHaveLength(1);
      expect(manifest.identity).toBe(first.status === 'fulfilled' ? one.identity : two.identity);
    }
  });
});

function withDigest(manifest: Manifest, digest: string | null): Manifest {
  return withImages(
    manifest,
    manifest.images.map(({ reference }) => ({ reference, digest })),
  );
}

function withImages(manifest: Manifest, images: Manifest['images']): Manifest {
  const [major = 0, minor = 0, patch = 0] = manifest.version.split('.').map(Number);
  return buildManifest({
    ...manifest,
    version: { major, minor, patch, tag: manifest.version.endsWith('RELEASE') ? 'RELEASE' : 'MILESTONE' },
    images,
  });
}
