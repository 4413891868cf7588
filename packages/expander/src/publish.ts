// The release into the repository: images first, manifest last.
import { buildContext } from '@bamboo-ecs/bamboo';
import type { Expansion } from '@bamboo-ecs/expansion';
import type { RunContext } from '@bamboo-ecs/program';
import { buildManifest, type Manifest, type ManifestImage } from '@bamboo-ecs/release';
import { publishRelease, type Publication, type RepositoryPort } from '@bamboo-ecs/repository';
import type { KnownVersion } from './find-version.ts';
import { stoppable } from './stoppable.ts';

export function manifestOf(
  context: RunContext,
  found: KnownVersion,
  expansion: Expansion,
  images: readonly ManifestImage[],
): Manifest {
  const build = buildContext(context.variables);
  return buildManifest({
    project: found.project,
    version: found.parsed,
    descriptors: expansion.descriptors,
    images,
    lateVariables: expansion.lateVariables,
    provenance: {
      revision: build.revision ?? null,
      branch: found.branch,
      buildKey: build.buildKey ?? null,
      buildNumber: build.buildNumber ?? null,
      buildUrl: build.buildUrl ?? null,
      createdAt: new Date(context.now()).toISOString(),
    },
  });
}

const sentences: Readonly<Record<Publication['outcome'], string>> = {
  published: 'published',
  'already-published': 'already published, with the same descriptors and images',
  replaced: 'replaced: the MILESTONE that was there had other contents',
  completed: 'completed: an earlier publication had broken off',
};

/** Publishes and says what happened to each file. Errors are the repository's. */
export async function publish(
  context: RunContext,
  port: RepositoryPort,
  manifest: Manifest,
): Promise<{ publication: Publication; sentence: string }> {
  const { provenance } = manifest;
  const properties = Object.entries({
    'build.name': context.variables['bamboo_planName'] ?? null,
    'build.number': provenance.buildNumber,
    'vcs.revision': provenance.revision,
    'vcs.branch': provenance.branch,
    project: manifest.project,
    version: manifest.version,
    identity: manifest.identity,
  }).filter((entry): entry is [string, string] => entry[1] !== null && entry[1] !== '');
  const publication = await publishRelease({
    port: stoppable(context, port, manifest),
    manifest,
    policy: { replace: 'milestone' },
    properties: Object.fromEntries(properties),
    mask: context.mask,
  });
  for (const warning of publication.warnings) context.say(warning, 'warning');
  for (const file of publication.files) context.say(`${file.path}: ${file.outcome}`);
  const sentence = `${manifest.project} ${manifest.version} ${sentences[publication.outcome]}`;
  return { publication, sentence };
}
