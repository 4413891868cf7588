// Publication and reading, as they must work over every place.
import { formatVersion } from '@bamboo-ecs/release';
import type { RepositoryPort } from '../port.ts';
import { publishRelease } from '../publish/publish-release.ts';
import { findNewestRelease } from '../read/find-newest-release.ts';
import { listVersions } from '../read/list-versions.ts';
import { readRelease } from '../read/read-release.ts';
import { listRecords, readRecord, writeRecord } from '../record/records.ts';
import type { ConformanceGlobals } from './globals.ts';
import { kindOf, text } from './port-conformance.ts';
import { sampleManifest } from './sample.ts';

type WithPort = (body: (port: RepositoryPort) => Promise<void>) => () => Promise<void>;

const project = 'hid-generator';
const policy = { replace: 'milestone' } as const;
const properties = { 'build.name': 'HID-GEN', 'build.number': '1' };

export function releaseConformance({ test, expect }: ConformanceGlobals, withPort: WithPort): void {
  test(
    'a release is published, read, and found to be published',
    withPort(async (port) => {
      const version = '1.0.15.RELEASE';
      const manifest = sampleManifest(version);
      const first = await publishRelease({ port, manifest, policy, properties });
      expect(first.outcome).toBe('published');
      expect(first.warnings).toEqual([]);
      const read = await readRelease({
        port,
        project,
        version,
        expectedManifestSha256: first.manifestSha256,
      });
      expect(read).toEqual({ manifest, manifestSha256: first.manifestSha256 });
      const again = sampleManifest(version, { revision: 'def', buildNumber: '2' });
      const second = await publishRelease({ port, manifest: again, policy, properties });
      expect([second.outcome, second.manifestSha256]).toEqual(['already-published', first.manifestSha256]);
      expect((await readRelease({ port, project, version })).manifest).toEqual(manifest);
      for (const { name, content } of manifest.descriptors) {
        expect(text(await port.read(`${project}/${version}/${name}`, 10_000))).toBe(content);
      }
    }),
  );

  test(
    'a RELEASE with other contents is refused, a MILESTONE replaced',
    withPort(async (port) => {
      for (const version of ['1.0.15.RELEASE', '1.0.15.MILESTONE']) {
        await publishRelease({ port, manifest: sampleManifest(version), policy, properties });
      }
      const release = sampleManifest('1.0.15.RELEASE', { memory: 512 });
      expect(await kindOf(publishRelease({ port, manifest: release, policy, properties }))).toBe('conflict');
      const milestone = sampleManifest('1.0.15.MILESTONE', { memory: 512 });
      const replaced = await publishRelease({ port, manifest: milestone, policy, properties });
      expect(replaced.outcome).toBe('replaced');
      const read = await readRelease({ port, project, version: '1.0.15.MILESTONE' });
      expect(read.manifest).toEqual(milestone);
      const old = await readRelease({ port, project, version: '1.0.15.RELEASE' });
      expect(old.manifest).toEqual(sampleManifest('1.0.15.RELEASE'));
    }),
  );

  test(
    'a publication that broke off is told, passed over, and completed',
    withPort(async (port) => {
      const version = '1.0.16.RELEASE';
      await publishRelease({ port, manifest: sampleManifest('1.0.15.RELEASE'), policy, properties });
      const manifest = sampleManifest(version);
      const [first] = manifest.descriptors;
      await port.write(`${project}/${version}/${first?.name}`, Buffer.from(first?.content ?? ''), {
        properties,
      });
      expect(await messageOf(readRelease({ port, project, version }))).toContain('broke off');
      const newest = await findNewestRelease({ port, project, accept: () => true });
      expect(newest.version && formatVersion(newest.version)).toBe('1.0.15.RELEASE');
      expect(newest.incomplete.map(formatVersion)).toEqual([version]);
      expect((await publishRelease({ port, manifest, policy, properties })).outcome).toBe('completed');
      expect((await readRelease({ port, project, version })).manifest).toEqual(manifest);
    }),
  );

  test(
    'versions are listed in their order; one that is not there names its neighbours',
    withPort(async (port) => {
      for (const version of ['1.0.10.RELEASE', '1.0.9.RELEASE', '1.0.10.MILESTONE']) {
        await publishRelease({ port, manifest: sampleManifest(version), policy, properties });
      }
      await port.write(`${project}/latest/x.json`, Buffer.from('{}'), { properties });
      const versions = await listVersions({ port, project });
      expect(versions.map(formatVersion)).toEqual(['1.0.9.RELEASE', '1.0.10.MILESTONE', '1.0.10.RELEASE']);
      expect(await listVersions({ port, project: 'unknown' })).toEqual([]);
      expect(await messageOf(readRelease({ port, project, version: '1.0.11.RELEASE' }))).toContain(
        '1.0.10.RELEASE',
      );
    }),
  );

  test(
    'records are appended, never overwritten',
    withPort(async (port) => {
      const place = { port, project, version: '1.0.15.RELEASE' };
      const name = '2026-11-24T08-00-00Z-QA';
      expect(await listRecords(place)).toEqual([]);
      await writeRecord({ ...place, name, json: '{"a":1}', html: '<p>ä</p>' });
      await writeRecord({ ...place, name: `${name}-2`, json: '{"a":2}', html: '<p>2</p>' });
      expect(await listRecords(place)).toEqual([name, `${name}-2`]);
      expect(await kindOf(writeRecord({ ...place, name, json: '{"a":3}', html: '<p>3</p>' }))).toBe(
        'conflict',
      );
      expect(await readRecord({ ...place, name })).toEqual({ json: '{"a":1}', html: '<p>ä</p>' });
      expect(await readRecord({ ...place, name: 'other' })).toBeNull();
    }),
  );
}

async function messageOf(action: Promise<unknown>): Promise<string> {
  try {
    await action;
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
