// From parsed JSON to the types of a manifest: every member checked, none taken over unchecked.
import { descriptorKinds } from './descriptor.ts';
import type { DescriptorKind } from './descriptor.ts';
import {
  buildAddress,
  maxDescriptorBytes,
  maxImages,
  maxLateVariables,
  maxTextLength,
} from './manifest-limits.ts';
import { manifestSchema } from './manifest.ts';
import type { LateVariable, Manifest, ManifestDescriptor, ManifestImage, Provenance } from './manifest.ts';
import type { Item, Members, ShapeReader } from './shape-reader.ts';

const sha256 = /^[0-9a-f]{64}$/;
const digest = /^sha256:[0-9a-f]{64}$/;
// No white space, no control characters: what is printed in a log and sent to ECS.
const reference = /^[\x21-\x7E]+$/;
const lateName = /^[^\s\p{C}]{1,200}$/u;
const isoTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?Z$/;
const types = ['string', 'number', 'boolean'] as const;

/** Null when there was a problem; the reader has them. */
export function readManifestShape(value: unknown, reader: ShapeReader): Manifest | null {
  const members = reader.object(value, '$', [
    'schema',
    'project',
    'version',
    'identity',
    'descriptors',
    'images',
    'lateVariables',
    'provenance',
  ]);
  const manifest: Manifest = {
    schema: manifestSchema,
    project: reader.text(members, 'project', { max: maxTextLength }),
    version: reader.text(members, 'version', { max: maxTextLength }),
    identity: reader.text(members, 'identity', { pattern: sha256, what: 'a sha256 in lower-case hex' }),
    descriptors: reader
      .list(members, 'descriptors', descriptorKinds.length)
      .map((item) => readDescriptor(item, reader)),
    images: reader.list(members, 'images', maxImages).map((item) => readImage(item, reader)),
    lateVariables: reader
      .list(members, 'lateVariables', maxLateVariables)
      .map((item) => readLateVariable(item, reader)),
    provenance: readProvenance(members, reader),
  };
  return reader.problems.length > 0 ? null : manifest;
}

function readDescriptor({ value, path }: Item, reader: ShapeReader): ManifestDescriptor {
  const members = reader.object(value, path, ['kind', 'name', 'sha256', 'size', 'content', 'late']);
  return {
    kind: reader.choice(members, 'kind', descriptorKinds),
    name: reader.text(members, 'name', { max: maxTextLength }),
    sha256: reader.text(members, 'sha256', { pattern: sha256, what: 'a sha256 in lower-case hex' }),
    size: reader.count(members, 'size', maxDescriptorBytes),
    content: reader.text(members, 'content', { max: maxDescriptorBytes }),
    late: reader
      .list(members, 'late', maxLateVariables)
      .map((item) => reader.itemText(item, lateName, 'the name of a late variable')),
  };
}

function readImage({ value, path }: Item, reader: ShapeReader): ManifestImage {
  const members = reader.object(value, path, ['reference', 'digest']);
  return {
    reference: reader.text(members, 'reference', {
      pattern: reference,
      max: maxTextLength,
      what: 'an image reference',
    }),
    digest: reader.textOrNull(members, 'digest', { pattern: digest, what: 'sha256:… or null' }),
  };
}

function readLateVariable({ value, path }: Item, reader: ShapeReader): LateVariable {
  const members = reader.object(value, path, ['name', 'type', 'descriptors']);
  return {
    name: reader.text(members, 'name', { pattern: lateName, what: 'the name of a late variable' }),
    type: reader.choice(members, 'type', types),
    descriptors: reader
      .list(members, 'descriptors', descriptorKinds.length)
      .map((item): DescriptorKind => reader.itemChoice(item, descriptorKinds)),
  };
}

function readProvenance(parent: Members, reader: ShapeReader): Provenance {
  const members = reader.member(parent, 'provenance', [
    'revision',
    'branch',
    'buildKey',
    'buildNumber',
    'buildUrl',
    'createdAt',
  ]);
  const plain = { pattern: /^[^\p{Cc}]*$/u, max: maxTextLength, what: 'text on one line' };
  return {
    revision: reader.textOrNull(members, 'revision', plain),
    branch: reader.textOrNull(members, 'branch', plain),
    buildKey: reader.textOrNull(members, 'buildKey', plain),
    buildNumber: reader.textOrNull(members, 'buildNumber', plain),
    buildUrl: reader.textOrNull(members, 'buildUrl', {
      pattern: buildAddress,
      max: maxTextLength,
      what: 'an http or https address',
    }),
    createdAt: reader.text(members, 'createdAt', {
      pattern: isoTime,
      what: 'a time in UTC as in 2026-11-23T22:00:00Z',
    }),
  };
}
