// One image before it is installed: is it there, by tag or digest, and what is it made for?
import { imageConfigDigest, imagePlatforms, platformOf, type ImagePlatform } from '@bamboo-ecs/release';
import { ask, manifestTypes, sameOrigin } from './ask.ts';
import { describeFailure, describeRefusal, describeStatus, saysMissing, shownAddress } from './answers.ts';
import { type Asking, authenticate, whoIs } from './authenticate.ts';
import type { Reply } from './exchange.ts';
import { dockerHub, type ImageReference } from './image-reference.ts';
import type { ImageInspection } from './port.ts';
import { originOf } from './registry-host.ts';

const configTypes =
  'application/vnd.oci.image.config.v1+json, application/vnd.docker.container.image.v1+json';

/**
 * "Docker Hub pull usage and limits": a GET of a manifest counts as a pull, a HEAD does not. There the platform stays unknown
 * rather than that an agent uses up what the cluster needs.
 */
export async function inspectImage(reference: ImageReference, asking: Asking): Promise<ImageInspection> {
  const named = reference.digest ?? reference.tag ?? 'latest';
  const repository = `${originOf(reference.host)}/v2/${reference.name}`;
  const url = `${repository}/manifests/${named}`;
  const method = reference.host === dockerHub ? 'HEAD' : 'GET';
  let authorization: string | undefined;
  let reply = await ask(method, url, manifestTypes, authorization, asking);
  if (reply.kind === 'reply' && reply.status === 401 && sameOrigin(reply.url, url)) {
    const proof = await authenticate(reply, asking);
    if (proof.kind === 'unknown') return { kind: 'unknown', message: proof.message };
    authorization = proof.authorization;
    reply = await ask(method, url, manifestTypes, authorization, asking);
  }
  if (reply.kind === 'failure')
    return { kind: 'unknown', message: describeFailure(reply, asking.timeoutMs).message };
  if (reply.status === 401 || reply.status === 403)
    return { kind: 'unknown', message: describeRefusal(reply, whoIs(asking)).message };
  if (reply.status === 404) return whenMissing(reply, reference, named, repository, authorization, asking);
  if (reply.status !== 200) return { kind: 'unknown', message: describeStatus(reply).message };
  if (method === 'HEAD') return { kind: 'found', platforms: null };
  const manifest = parsed(reply.body);
  if (manifest === null)
    return {
      kind: 'unknown',
      message: `${shownAddress(reply.url)} answered 200 with something that is no manifest`,
    };
  const listed = imagePlatforms(manifest);
  const platforms = listed ?? (await platformOfConfig(manifest, repository, authorization, asking));
  return { kind: 'found', platforms };
}

/** Some registries answer 404 for what they do not show; that they show the repository's tags proves that they would show the image. */
async function whenMissing(
  reply: Reply,
  reference: ImageReference,
  named: string,
  repository: string,
  authorization: string | undefined,
  asking: Asking,
): Promise<ImageInspection> {
  const kind = reference.digest === null ? 'tag' : 'digest';
  const at = shownAddress(reply.url);
  const tags = await ask('GET', `${repository}/tags/list?n=1`, 'application/json', authorization, asking);
  const shown = tags.kind === 'reply' && tags.status === 200 && isTagList(tags.body);
  if (!shown && !saysMissing(reply))
    return { kind: 'unknown', message: `${at} answered 404, but not as a registry does` };
  return {
    kind: 'missing',
    message: `${reference.repository} has no ${kind} ${named}: ${at} answered 404`,
    sure: shown,
  };
}

async function platformOfConfig(
  manifest: object,
  repository: string,
  authorization: string | undefined,
  asking: Asking,
): Promise<readonly ImagePlatform[] | null> {
  const digest = imageConfigDigest(manifest);
  if (digest === null) return null;
  const config = await ask('GET', `${repository}/blobs/${digest}`, configTypes, authorization, asking);
  if (config.kind === 'failure' || config.status !== 200) return null;
  const platform = platformOf(parsed(config.body));
  return platform === null ? null : [platform];
}

function isTagList(body: Buffer): boolean {
  const list = parsed(body);
  return list !== null && 'tags' in list;
}

function parsed(body: Buffer): object | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
