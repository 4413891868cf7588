// Fetch and verify: the manifest, whole, with every checksum; nothing foreign, changed or incomplete goes further.
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import { fitsRange, formatVersion, type Manifest, type Version } from '@bamboo-ecs/release';
import { findNewestRelease, listVersions, readRelease, type RepositoryPort } from '@bamboo-ecs/repository';
import { wantedText, type WantedRelease } from './resolve-release.ts';

export interface FetchedRelease {
  readonly version: Version;
  readonly manifest: Manifest;
  readonly manifestSha256: string;
}

export async function fetchRelease(
  context: RunContext,
  port: RepositoryPort,
  release: WantedRelease,
): Promise<FetchedRelease> {
  const version = await chooseVersion(context, port, release);
  const text = formatVersion(version);
  context.note({ project: release.project, version: text });
  const expected = release.wanted.kind === 'exact' ? release.wanted.manifestSha256 : undefined;
  const { manifest, manifestSha256 } = await readRelease({
    port,
    project: release.project,
    version: text,
    ...(expected === undefined ? {} : { expectedManifestSha256: expected }),
  });
  context.note({ identity: manifest.identity, manifestSha256 });
  return { version, manifest, manifestSha256 };
}

async function chooseVersion(
  context: RunContext,
  port: RepositoryPort,
  release: WantedRelease,
): Promise<Version> {
  if (release.wanted.kind === 'exact') return release.wanted.version;
  const { range } = release.wanted;
  const newest = await findNewestRelease({
    port,
    project: release.project,
    accept: (version) => fitsRange(range, version),
  });
  for (const version of newest.incomplete)
    context.say(
      `${formatVersion(version)} would be newer, but its publication broke off: it is passed over`,
      'warning',
    );
  if (newest.version) {
    context.say(`${range.text} is ${formatVersion(newest.version)}`);
    return newest.version;
  }
  const versions = await listVersions({ port, project: release.project });
  const there =
    versions.length === 0
      ? 'there are none'
      : `there are ${versions.slice(-5).map(formatVersion).join(', ')}`;
  throw new RunStopped({
    exitCode: 3,
    outcome: 'no such release',
    sentence: `no release of ${release.project} in ${port.address} fits ${wantedText(release)}: ${there}`,
    todo: 'Publish it first, or name another release.',
  });
}
