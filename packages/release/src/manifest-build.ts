// From expanded descriptors to a manifest, and from there to bytes.
import { descriptorFileName, descriptorKinds } from './descriptor.ts';
import type { DescriptorKind } from './descriptor.ts';
import { compareText, identityOf } from './identity.ts';
import { manifestSchema } from './manifest.ts';
import type { LateVariable, Manifest, ManifestDescriptor, ManifestImage, Provenance } from './manifest.ts';
import { buildAddress, maxTextLength } from './manifest-limits.ts';
import { sha256Hex } from './sha256.ts';
import { formatVersion } from './version-parse.ts';
import type { Version } from './version.ts';

export interface ManifestInput {
  /** Checked with `checkProjectName`. */
  readonly project: string;
  readonly version: Version;
  readonly descriptors: readonly {
    readonly kind: DescriptorKind;
    readonly content: string;
    readonly late: readonly string[];
  }[];
  readonly images: readonly ManifestImage[];
  /** `descriptors` of each may be left empty: it follows from `late` of the descriptors. */
  readonly lateVariables: readonly LateVariable[];
  readonly provenance: Provenance;
}

/** The manifest with everything in a fixed order: the same input in another order gives the same bytes. */
export function buildManifest(input: ManifestInput): Manifest {
  const version = formatVersion(input.version);
  const provenance = tidyProvenance(input.provenance);
  const descriptors = input.descriptors
    .map(({ kind, content, late }): ManifestDescriptor => ({
      kind,
      name: descriptorFileName(input.project, version, kind),
      sha256: sha256Hex(content),
      size: Buffer.byteLength(content),
      content,
      late: Array.from(new Set(late)).sort(compareText),
    }))
    .sort((left, right) => descriptorKinds.indexOf(left.kind) - descriptorKinds.indexOf(right.kind));
  const images = imagesOf(input.images);
  return {
    schema: manifestSchema,
    project: input.project,
    version,
    identity: identityOf({ descriptors, images, tag: input.version.tag, ...provenance }),
    descriptors,
    images,
    lateVariables: lateVariablesOf(descriptors, input.lateVariables),
    provenance,
  };
}

/** JSON with its members in the order of the types, two spaces of indentation and a line end: the same manifest, the same bytes. */
export function serializeManifest(manifest: Manifest): string {
  const { schema, project, version, identity, provenance } = manifest;
  const { revision, branch, buildKey, buildNumber, buildUrl, createdAt } = provenance;
  const ordered: Manifest = {
    schema,
    project,
    version,
    identity,
    descriptors: manifest.descriptors.map(({ kind, name, sha256, size, content, late }) => ({
      kind,
      name,
      sha256,
      size,
      content,
      late,
    })),
    images: manifest.images.map(({ reference, digest }) => ({ reference, digest })),
    lateVariables: manifest.lateVariables.map(({ name, type, descriptors }) => ({ name, type, descriptors })),
    provenance: { revision, branch, buildKey, buildNumber, buildUrl, createdAt },
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}

/** Each reference once, as two containers may run one image; a digest that is known counts. */
function imagesOf(images: readonly ManifestImage[]): ManifestImage[] {
  const digests = new Map<string, string | null>();
  for (const { reference, digest } of images) digests.set(reference, digests.get(reference) ?? digest);
  return Array.from(digests, ([reference, digest]) => ({ reference, digest })).sort((left, right) =>
    compareText(left.reference, right.reference),
  );
}

function lateVariablesOf(
  descriptors: readonly ManifestDescriptor[],
  variables: readonly LateVariable[],
): LateVariable[] {
  const types = new Map(variables.map(({ name, type }) => [name, type]));
  const names = new Set(descriptors.flatMap(({ late }) => late));
  return Array.from(names)
    .sort(compareText)
    .map((name) => {
      const type = types.get(name);
      if (type === undefined) throw new TypeError(`The late variable ${name} comes without its type.`);
      return {
        name,
        type,
        descriptors: descriptors.filter(({ late }) => late.includes(name)).map(({ kind }) => kind),
      };
    });
}

/** Provenance comes from Bamboo's variables as they are; a manifest holds only what its reader takes. */
function tidyProvenance(provenance: Provenance): Provenance {
  const { buildUrl } = provenance;
  return {
    revision: tidyText(provenance.revision),
    branch: tidyText(provenance.branch),
    buildKey: tidyText(provenance.buildKey),
    buildNumber: tidyText(provenance.buildNumber),
    buildUrl: buildUrl !== null && buildAddress.test(buildUrl.trim()) ? tidyText(buildUrl) : null,
    createdAt: provenance.createdAt,
  };
}

function tidyText(text: string | null): string | null {
  const tidied = (text ?? '')
    .toWellFormed()
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, maxTextLength)
    .toWellFormed();
  return tidied === '' ? null : tidied;
}
