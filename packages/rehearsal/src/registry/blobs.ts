// /v2/<name>/blobs/<digest> and /v2/<name>/blobs/uploads/[<id>]
import type { Contents } from './contents.ts';
import type { RegistryRequest } from './manifests.ts';
import { digestOf, isDigest } from './references.ts';
import { refusal, type RegistryReply } from './reply.ts';

export function blob(
  contents: Contents,
  request: RegistryRequest,
  name: string,
  digest: string,
): RegistryReply {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  if (!isDigest(digest)) return refusal(400, 'DIGEST_INVALID', 'invalid digest');
  const bytes = contents.find(name)?.blobs.get(digest);
  if (bytes === undefined) return refusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry', {}, digest);
  const headers = { 'Content-Type': 'application/octet-stream', 'Docker-Content-Digest': digest };
  return { status: 200, headers, body: bytes };
}

/** POST starts an upload, or carries the whole blob with `?digest=`, or takes one from another repository with `?mount=`. */
export function startUpload(contents: Contents, request: RegistryRequest, name: string): RegistryReply {
  if (request.method !== 'POST') return refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  const digest = request.query.get('digest');
  if (digest !== null) return store(contents, name, digest, request.body);
  const mount = request.query.get('mount');
  const from = request.query.get('from');
  const known = mount !== null && from !== null ? contents.find(from)?.blobs.get(mount) : undefined;
  if (mount !== null && known !== undefined) return store(contents, name, mount, known);
  return progress(202, name, contents.startUpload(name), 0);
}

export function continueUpload(
  contents: Contents,
  request: RegistryRequest,
  name: string,
  id: string,
): RegistryReply {
  const bytes = contents.upload(name, id);
  if (bytes === undefined) return refusal(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  switch (request.method) {
    case 'GET':
      return progress(204, name, id, bytes.length);
    case 'PATCH':
      return progress(202, name, id, contents.append(id, request.body));
    case 'PUT': {
      const digest = request.query.get('digest') ?? '';
      const reply = store(contents, name, digest, Buffer.concat([bytes, request.body]));
      if (reply.status === 201) contents.endUpload(id);
      return reply;
    }
    case 'DELETE':
      contents.endUpload(id);
      return { status: 204 };
    default:
      return refusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
}

function store(contents: Contents, name: string, digest: string, bytes: Buffer): RegistryReply {
  if (!isDigest(digest) || digestOf(bytes) !== digest) {
    return refusal(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  contents.putBlob(name, bytes);
  return {
    status: 201,
    headers: { Location: `/v2/${name}/blobs/${digest}`, 'Docker-Content-Digest': digest },
  };
}

function progress(status: number, name: string, id: string, size: number): RegistryReply {
  return {
    status,
    headers: {
      Location: `/v2/${name}/blobs/uploads/${id}`,
      'Docker-Upload-UUID': id,
      Range: `0-${Math.max(0, size - 1)}`,
    },
  };
}
