// The descriptors as files of their own, for people and for the aws cli. Readers of releases never look at them.
import { sha256Hex } from '@bamboo-ecs/release';
import type { Manifest, ManifestDescriptor } from '@bamboo-ecs/release';
import { releaseFolder } from '../layout.ts';
import type { RepositoryPort, StoredFile } from '../port.ts';
import { RepositoryError } from '../port.ts';
import type { FileOutcome, PublishedFile } from './publication.ts';

type Properties = Readonly<Record<string, string>>;

/** Brings every copy to what the manifest says; what is right already is not written. */
export async function putCopies(
  port: RepositoryPort,
  manifest: Manifest,
  properties: Properties,
): Promise<readonly PublishedFile[]> {
  const files: PublishedFile[] = [];
  for (const descriptor of manifest.descriptors) {
    const path = `${releaseFolder(manifest.project, manifest.version)}/${descriptor.name}`;
    files.push({ path, outcome: await putCopy(port, path, descriptor, properties) });
  }
  return files;
}

async function putCopy(
  port: RepositoryPort,
  path: string,
  descriptor: ManifestDescriptor,
  properties: Properties,
): Promise<FileOutcome> {
  const before = await port.stat(path);
  if (before && (await isStored(port, path, before, descriptor))) return 'already-there';
  await port.write(path, Buffer.from(descriptor.content), { properties, contentType: 'application/json' });
  const after = await port.stat(path);
  if (after === null || !(await isStored(port, path, after, descriptor))) {
    throw new RepositoryError(
      'corrupt',
      `${path} in ${port.address} was written and is ${after === null ? 'not there' : 'other than it was written'} when it is looked at: sha256 written ${descriptor.sha256}, found ${after?.sha256 ?? 'none'}.`,
      'Run this again. If another build publishes the same version at the same time, let one end first.',
    );
  }
  return before ? 'replaced' : 'written';
}

/** By sha256; a place that does not tell it is read. */
async function isStored(
  port: RepositoryPort,
  path: string,
  stored: StoredFile,
  descriptor: ManifestDescriptor,
): Promise<boolean> {
  if (stored.sha256 !== null) return stored.sha256 === descriptor.sha256;
  if (stored.size !== null && stored.size !== descriptor.size) return false;
  const bytes = await port.read(path, Math.max(descriptor.size, stored.size ?? 0) + 1024);
  return bytes !== null && sha256Hex(bytes) === descriptor.sha256;
}
