// The Artifactory stand-in as a client sees it that somebody else wrote: dohq-artifactory, from PyPI.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { type ArtifactoryStandInOptions, startArtifactoryStandIn } from '@bamboo-ecs/rehearsal';
import { describe, expect, test } from '@jest/globals';
import { requires } from './requires.ts';

const root = path.join(import.meta.dirname, '../..');
const python = path.join(root, '.venv/bin/python');
const here = await hasModule('artifactory');
const canRun = requires('dohq-artifactory', here, 'make third-party');

async function hasModule(name: string): Promise<boolean> {
  if (!existsSync(python)) return false;
  return promisify(execFile)(python, ['-c', `import ${name}`]).then(
    () => true,
    () => false,
  );
}

/** What the script saw of a stand-in. */
async function look(options: ArtifactoryStandInOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'dohq-'));
  try {
    await using server = await startArtifactoryStandIn({ repositories: ['r', 'other'], ...options });
    const script = path.join(import.meta.dirname, 'dohq.py');
    const { stdout } = await promisify(execFile)(python, [script, server.url, 'admin', 'password'], {
      cwd: folder,
    });
    return JSON.parse(stdout) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const name = 'hid-generator-1.0.15.RELEASE-task-definition.json';
const common = {
  exists: true,
  missing: false,
  isDir: true,
  children: ['by-checksum.json', name],
  found: [expect.stringContaining(`/r/org/hid-generator/1.0.15.RELEASE/${name}`)],
  size: 28,
  sha1: true,
  sha256: true,
  md5: true,
  mime: 'application/json',
  createdBy: 'admin',
  createdIsTime: true,
  downloaded: true,
  written: true,
  properties: { 'build.name': ['HID-GEN'], 'build.number': ['7'], branch: ['master', 'a;b=c d+e'] },
  noProperties: {},
  aql: [{ repo: 'r', path: 'org/hid-generator/1.0.15.RELEASE', name, size: 28, sha256: expect.any(String) }],
  wrongChecksum: expect.stringContaining(
    "Checksum policy 'LocalRepoChecksumPolicy: CLIENT' rejected the artifact",
  ),
  anonymous: 401,
  unlinked: true,
  badPassword: expect.stringMatching(/Bad Credentials|401/u),
};

if (canRun) {
  describe('dohq-artifactory', () => {
    test('on Pro: deploys with properties, reads, changes and copies', async () => {
      expect(await look({ edition: 'pro' })).toEqual({
        ...common,
        setProperties: {
          ...common.properties,
          qa: ['passed', 'twice'],
        },
        copied: expect.stringMatching(/^[0-9a-f]{40}$/u),
      });
    });

    test('on OSS: the same, up to the gate of Pro', async () => {
      const gate = expect.stringContaining('This REST API is available only in Artifactory Pro');
      expect(await look({ edition: 'oss' })).toEqual({ ...common, setProperties: gate, copied: gate });
    });
  });
}
