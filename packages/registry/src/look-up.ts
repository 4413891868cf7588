// The look-up of one image: HEAD, the proof that is asked for, GET where HEAD does not say enough.
import { createHash } from 'node:crypto';
import {
  describeFailure,
  describeRefusal,
  describeStatus,
  saysMissing,
  shownAddress,
  unknown,
} from './answers.ts';
import { type Asking, authenticate, whoIs } from './authenticate.ts';
import { ask, manifestTypes, sameOrigin } from './ask.ts';
import type { Reply } from './exchange.ts';
import type { ImageReference } from './image-reference.ts';
import type { ImageLookup } from './port.ts';
import { originOf } from './registry-host.ts';

const digestPattern = /^sha256:[0-9a-f]{64}$/;

/** `reference` has a tag; `asking.credentials` are its host's. */
export async function lookUpTag(reference: ImageReference, asking: Asking): Promise<ImageLookup> {
  const tag = reference.tag ?? 'latest';
  const url = `${originOf(reference.host)}/v2/${reference.name}/manifests/${tag}`;
  let authorization: string | undefined;
  let head = await ask('HEAD', url, manifestTypes, authorization, asking);
  if (head.kind === 'reply' && head.status === 401 && sameOrigin(head.url, url)) {
    const proof = await authenticate(head, asking);
    if (proof.kind === 'unknown') return proof;
    authorization = proof.authorization;
    head = await ask('HEAD', url, manifestTypes, authorization, asking);
  }
  if (head.kind === 'failure') return describeFailure(head, asking.timeoutMs);
  const digest = digestOf(head);
  if (head.status === 200 && digest !== null) return { kind: 'found', digest };
  if (head.status === 401 || head.status === 403) return describeRefusal(head, whoIs(asking));

  // Without a digest, or with a 404 that has no body to tell a registry from another server: ask for all of it.
  const inFull = [200, 404, 405, 501].includes(head.status);
  const reply = inFull ? await ask('GET', url, manifestTypes, authorization, asking) : head;
  return reply.kind === 'failure' ? describeFailure(reply, asking.timeoutMs) : judge(reply, reference, tag);
}

function judge(reply: Reply, reference: ImageReference, tag: string): ImageLookup {
  const at = shownAddress(reply.url);
  if (reply.status === 404) {
    if (saysMissing(reply))
      return { kind: 'missing', message: `${reference.repository} has no tag ${tag}: ${at} answered 404` };
    return unknown(
      `${at} answered 404, but not as a registry does`,
      'Is the host right in the image reference? Otherwise set `image-digest` to `off`.',
    );
  }
  if (reply.status !== 200) return describeStatus(reply);
  if (!looksLikeManifest(reply.body)) {
    return unknown(
      `${at} answered 200 with something that is no manifest`,
      'Is the host right in the image reference, or does a log-in page stand before it?',
    );
  }
  const computed = `sha256:${createHash('sha256').update(reply.body).digest('hex')}`;
  const said = digestOf(reply);
  if (said === null || said === computed) return { kind: 'found', digest: computed };
  return unknown(
    `${at} says the digest ${said}, but its manifest has ${computed}`,
    'The manifest was changed on the way, or the registry is damaged.',
  );
}

function digestOf(reply: Reply): string | null {
  const header = reply.headers['docker-content-digest'];
  return typeof header === 'string' && digestPattern.test(header) ? header : null;
}

function looksLikeManifest(body: Buffer): boolean {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null && 'schemaVersion' in value;
  } catch {
    return false;
  }
}
