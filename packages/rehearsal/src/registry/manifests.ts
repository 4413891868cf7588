// /v2/<name>/manifests/<tag or digest>
import type { Contents } from './contents.ts';
import { digestOf, isDigest, isTag } from './references.ts';
import { json, refusal, type RegistryReply } from './reply.ts';

export interface RegistryRequest {
  readonly method: string;
  readonly query: URLSearchParams;
  readonly contentType: string;
  readonly body: Buffer;
}

export function manifests(
  contents: Contents,
  request: RegistryRequest,
  name: string,
  reference: string,
): RegistryReply {
  switch (request.method) {
    case 'GET':
    case 'HEAD':
      return read(contents, name, reference);
    case 'PUT':
      return write(contents, request, name, reference);
    case 'DELETE':
      return remove(contents, name, reference);
    default:
      return refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
}

function read(contents: Contents, name: string, reference: string): RegistryReply {
  const manifest = contents.manifest(name, reference);
  if (manifest === undefined) return unknownManifest(name, reference);
  return {
    status: 200,
    headers: {
      'Content-Type': manifest.mediaType,
      'Docker-Content-Digest': manifest.digest,
      Etag: `"${manifest.digest}"`,
    },
    body: manifest.bytes,
  };
}

function write(contents: Contents, request: RegistryRequest, name: string, reference: string): RegistryReply {
  if (!isTag(reference) && !isDigest(reference)) {
    return refusal(400, 'TAG_INVALID', 'manifest tag did not match URI', {}, { tag: reference });
  }
  const digest = digestOf(request.body);
  if (isDigest(reference) && reference !== digest) {
    return refusal(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  const parsed = parse(request.body);
  if (parsed === undefined) return refusal(400, 'MANIFEST_INVALID', 'manifest invalid');
  const missing = parsed.references.filter((each) => !holds(contents, name, each));
  if (missing.length > 0) {
    const errors = missing.map((each) => ({
      code: 'MANIFEST_BLOB_UNKNOWN',
      message: 'blob unknown to registry',
      detail: { digest: each },
    }));
    return json(400, { errors });
  }
  const mediaType = request.contentType === '' ? parsed.mediaType : request.contentType;
  contents.putManifest(name, isTag(reference) ? reference : undefined, { bytes: request.body, mediaType });
  return {
    status: 201,
    headers: { Location: `/v2/${name}/manifests/${digest}`, 'Docker-Content-Digest': digest },
  };
}

function remove(contents: Contents, name: string, reference: string): RegistryReply {
  const repository = contents.find(name);
  if (repository === undefined || contents.manifest(name, reference) === undefined) {
    return unknownManifest(name, reference);
  }
  if (isDigest(reference)) {
    repository.manifests.delete(reference);
    for (const [tag, digest] of repository.tags) if (digest === reference) repository.tags.delete(tag);
  } else {
    repository.tags.delete(reference);
  }
  return { status: 202 };
}

function unknownManifest(name: string, reference: string): RegistryReply {
  return refusal(404, 'MANIFEST_UNKNOWN', 'manifest unknown', {}, { Name: name, Tag: reference });
}

function holds(contents: Contents, name: string, digest: string): boolean {
  const repository = contents.find(name);
  return repository !== undefined && (repository.blobs.has(digest) || repository.manifests.has(digest));
}

/** The digests that a manifest or an index refers to; undefined when it is none. */
function parse(bytes: Buffer): { mediaType: string; references: readonly string[] } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { mediaType, config, layers, manifests } = value as Record<string, unknown>;
  const descriptors: unknown[] = [config, ...list(layers), ...list(manifests)].filter(
    (each) => each !== undefined,
  );
  const references = descriptors.map((each) => (each as { digest?: unknown } | null)?.digest);
  if (!references.every((each): each is string => typeof each === 'string')) return undefined;
  const otherwise = 'application/vnd.oci.image.manifest.v1+json';
  return { mediaType: typeof mediaType === 'string' ? mediaType : otherwise, references };
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
