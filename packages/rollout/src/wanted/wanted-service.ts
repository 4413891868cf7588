// What the installer wants to run: one service of a release, its descriptors filled in and its images pinned.
import type { DescriptorKind, JsonObject, Manifest, Problem, Result } from '@bamboo-ecs/release';
import { plainName } from '../arn.ts';
import { textOf } from '../json.ts';
import { pinImages } from './pin-images.ts';

export interface WantedService {
  readonly project: string;
  readonly version: string;
  /** The manifest's identity, sha256 hex. */
  readonly identity: string;
  readonly environment: string | null;
  readonly buildKey: string | null;
  readonly buildNumber: string | null;
  /** Where it is going to run, as far as known; only the client token is made of them. */
  readonly account: string | null;
  readonly region: string | null;
  /** Name or ARN, as the descriptors give it; `default` when they do not. */
  readonly cluster: string;
  readonly service: string;
  /** RegisterTaskDefinition request, images pinned. */
  readonly taskDefinition: JsonObject;
  /** CreateService request. */
  readonly serviceDefinition: JsonObject;
  /** UpdateService request. */
  readonly serviceUpdate: JsonObject;
}

export interface WantedInput {
  readonly manifest: Manifest;
  /** Parsed, late variables filled in. */
  readonly descriptors: ReadonlyMap<DescriptorKind, JsonObject>;
  readonly environment: string | null;
  readonly account?: string | null;
  readonly region?: string | null;
}

/** Refuses, with every reason, a release whose descriptors are not all there or name different services or clusters. */
export function wantedService(input: WantedInput): Result<WantedService> {
  const { manifest, descriptors } = input;
  const taskDefinition = descriptors.get('task-definition');
  const serviceDefinition = descriptors.get('service-definition');
  const serviceUpdate = descriptors.get('service-update');
  const problems = [
    ...missing(manifest, 'task-definition', taskDefinition, 'family'),
    ...missing(manifest, 'service-definition', serviceDefinition, 'serviceName'),
    ...missing(manifest, 'service-update', serviceUpdate, 'service'),
    ...disagreements(serviceDefinition, serviceUpdate),
  ];
  if (problems.length > 0 || !taskDefinition || !serviceDefinition || !serviceUpdate) {
    return { ok: false, problems };
  }
  const value: WantedService = {
    project: manifest.project,
    version: manifest.version,
    identity: manifest.identity,
    environment: input.environment,
    buildKey: manifest.provenance.buildKey,
    buildNumber: manifest.provenance.buildNumber,
    account: input.account ?? null,
    region: input.region ?? null,
    cluster: textOf(serviceDefinition, 'cluster') || textOf(serviceUpdate, 'cluster') || 'default',
    service: textOf(serviceDefinition, 'serviceName') ?? '',
    taskDefinition: pinImages(taskDefinition, manifest.images),
    serviceDefinition,
    serviceUpdate,
  };
  return { ok: true, value };
}

function missing(
  manifest: Manifest,
  kind: DescriptorKind,
  descriptor: JsonObject | undefined,
  name: string,
): Problem[] {
  if (!descriptor) {
    return [
      {
        severity: 'error',
        code: 'descriptor-missing',
        message: `The release ${manifest.project} ${manifest.version} has no ${kind}; all three descriptors are needed to install it.`,
        hint: 'Publish the release again with a current expander.',
      },
    ];
  }
  if (textOf(descriptor, name)) return [];
  return [
    {
      severity: 'error',
      code: 'name-missing',
      message: `The ${kind} of ${manifest.project} ${manifest.version} says no ${name}.`,
      place: { file: kind, path: `$.${name}` },
      hint: `Give ${name} in the template of the ${kind}.`,
    },
  ];
}

/** One service at one place: otherwise the plan would be made for one and the update sent to another. */
function disagreements(create: JsonObject | undefined, update: JsonObject | undefined): Problem[] {
  const pairs = [
    ['service', textOf(create, 'serviceName'), textOf(update, 'service')],
    [
      'cluster',
      create && (textOf(create, 'cluster') || 'default'),
      update && (textOf(update, 'cluster') || 'default'),
    ],
  ] as const;
  return pairs.flatMap(([what, left, right]): Problem[] => {
    if (!left || !right || plainName(left) === plainName(right)) return [];
    return [
      {
        severity: 'error',
        code: `${what}s-differ`,
        message: `The service-definition names the ${what} ${JSON.stringify(left)}, the service-update ${JSON.stringify(right)}.`,
        place: { file: 'service-update', path: `$.${what}` },
        hint: `Use the same ${what} in both templates.`,
      },
    ];
  });
}
