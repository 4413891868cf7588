// Which part of the registry answers an address.
import { blob, continueUpload, startUpload } from './blobs.ts';
import type { Contents } from './contents.ts';
import { manifests, type RegistryRequest } from './manifests.ts';
import { isName } from './references.ts';
import { json, refusal, type RegistryReply } from './reply.ts';

export function route(contents: Contents, request: RegistryRequest, path: string): RegistryReply {
  if (path === '/v2/' || path === '/v2') return json(200, {});
  if (path === '/v2/_catalog') return json(200, { repositories: contents.names() });
  const [, name, kind, rest] =
    /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^/]+|uploads\/[^/]*)$/u.exec(path) ?? [];
  if (name === undefined || rest === undefined) return refusal(404, 'UNSUPPORTED', 'no such address');
  if (!isName(name)) return refusal(400, 'NAME_INVALID', 'invalid repository name', {}, name);
  if (kind === 'manifests') return manifests(contents, request, name, rest);
  if (kind === 'tags')
    return rest === 'list' ? tags(contents, name) : refusal(404, 'UNSUPPORTED', 'no such address');
  if (rest === 'uploads/' || rest === 'uploads') return startUpload(contents, request, name);
  if (rest.startsWith('uploads/'))
    return continueUpload(contents, request, name, rest.slice('uploads/'.length));
  return blob(contents, request, name, rest);
}

function tags(contents: Contents, name: string): RegistryReply {
  const repository = contents.find(name);
  if (repository === undefined) {
    return refusal(404, 'NAME_UNKNOWN', 'repository name not known to registry', {}, { name });
  }
  return json(200, { name, tags: [...repository.tags.keys()].sort() });
}
