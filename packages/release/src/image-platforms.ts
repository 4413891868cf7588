// What an image is made for, as its manifest says.

/** Names as OCI has them: `linux`, `amd64`. */
export interface ImagePlatform {
  readonly os: string;
  readonly architecture: string;
}

/**
 * The platforms of an index or manifest list ("OCI Image Index Specification"); null for the manifest of a single image, whose
 * configuration says it, and for anything else.
 */
export function imagePlatforms(manifest: unknown): readonly ImagePlatform[] | null {
  const { manifests } = membersOf(manifest);
  if (!Array.isArray(manifests)) return null;
  return manifests.flatMap((entry: unknown) => platformOf(membersOf(entry)['platform']) ?? []);
}

/** Of `{"os": "linux", "architecture": "amd64"}`: an entry of an index, or an image's configuration. */
export function platformOf(value: unknown): ImagePlatform | null {
  const { os, architecture } = membersOf(value);
  return typeof os === 'string' && typeof architecture === 'string' ? { os, architecture } : null;
}

/** `sha256:…` of the configuration that the manifest of a single image names. */
export function imageConfigDigest(manifest: unknown): string | null {
  const { digest } = membersOf(membersOf(manifest)['config']);
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/u.test(digest) ? digest : null;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
