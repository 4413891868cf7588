// Images: is the tag or digest in its registry, and is it made for these machines?
import type { Finding } from '../finding.ts';
import { objectOf, textOf } from '../json.ts';
import type { Answers } from './answer.ts';
import { byId, placeOf, placesOf, type Place } from './place.ts';
import type { Subject } from './subject.ts';
import { eachKnown, finding } from './words.ts';

export interface ImageUse {
  /** As the task definition names it. */
  readonly reference: string;
  readonly places: readonly Place[];
}

/** Names as OCI has them: `linux`, `amd64`. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
}

export type ImageFact =
  | {
      readonly there: true;
      /** What it is made for; null when the registry does not say without more requests. */
      readonly platforms: readonly Platform[] | null;
    }
  /** `message`: the registry's answer. `sure`: it shows us the repository, and this is not in it. */
  | { readonly there: false; readonly message: string; readonly sure: boolean };

export function imageUses({ containers }: Subject): readonly ImageUse[] {
  const uses = containers.flatMap(({ json, path }) => {
    const reference = textOf(json, 'image');
    return reference ? [{ reference, places: [placeOf('task-definition', `${path}.image`)] }] : [];
  });
  return byId(uses, ({ reference }) => reference);
}

/** What the tasks are started on; null where the machines decide and nobody says what they are. */
export function wantedPlatform(subject: Subject): Platform | null {
  const platform = objectOf(subject.wanted.taskDefinition, 'runtimePlatform');
  const architecture = textOf(platform, 'cpuArchitecture');
  if (!platform && !subject.fargate) return null;
  // "RuntimePlatform", ECS API Reference; Fargate's defaults are LINUX and X86_64.
  if (architecture === undefined && !subject.fargate) return null;
  return {
    os: subject.windows ? 'windows' : 'linux',
    architecture: architecture === 'ARM64' ? 'arm64' : 'amd64',
  };
}

/** What the tasks will be started on: said by the task definition, or seen of the cluster's instances. */
export interface Machines {
  readonly wanted: Platform | null;
  readonly instances: readonly Platform[];
}

/** ECS's own attributes of an instance ("Amazon ECS-optimized AMI", container instance attributes); null when they say nothing. */
export function instancePlatform(attributes: Readonly<Record<string, string>>): Platform | null {
  const architecture = attributes['ecs.cpu-architecture'];
  if (architecture !== 'x86_64' && architecture !== 'arm64') return null;
  const os = attributes['ecs.os-type'] ?? 'linux';
  return { os: os.toLowerCase(), architecture: architecture === 'x86_64' ? 'amd64' : 'arm64' };
}

export function imageFindings(
  uses: readonly ImageUse[],
  answers: Answers<ImageFact>,
  machines: Machines,
): Finding[] {
  return eachKnown(
    'image',
    'image',
    uses,
    ({ reference }) => answers.get(reference),
    (use, fact) => {
      const at = `${use.reference} (${placesOf(use.places)})`;
      if (!fact.there)
        return [
          finding(
            'image',
            fact.sure ? 'error' : 'warning',
            `The image ${at} is not there: ${fact.message}.`,
            fact.sure
              ? 'Push the image, or install a release whose image exists.'
              : 'Push the image; or check the right to see it, which some registries answer in the same words.',
          ),
        ];
      return platformFindings(at, fact.platforms, machines);
    },
  );
}

function platformFindings(
  at: string,
  platforms: readonly Platform[] | null,
  { wanted, instances }: Machines,
): Finding[] {
  // Attestations of a build are listed as unknown/unknown.
  const made = (platforms ?? []).filter(({ os }) => os !== '' && os !== 'unknown');
  const unfit = (platform: Platform): boolean =>
    !made.some((one) => textOfPlatform(one) === textOfPlatform(platform));
  const those = made.slice(0, 8).map(textOfPlatform).join(', ');
  if (made.length === 0) return [];
  if (wanted !== null && unfit(wanted))
    return [
      finding(
        'image',
        'error',
        `The image ${at} is made for ${those}; the tasks run on ${textOfPlatform(wanted)}.`,
        'Build the image for that platform, or change runtimePlatform in the task definition.',
      ),
    ];
  // Instances may know how to run programs of another processor (binfmt), so that it is no refusal.
  const others = wanted === null ? instances.filter(unfit) : [];
  const [other] = others;
  if (other === undefined) return [];
  return [
    finding(
      'image',
      'warning',
      `The image ${at} is made for ${those}; ${others.length} of ${instances.length} instances of the cluster are ${textOfPlatform(other)}, where it would end with "exec format error".`,
      'Build the image for both, or set runtimePlatform so that ECS chooses the instances.',
    ),
  ];
}

function textOfPlatform({ os, architecture }: Platform): string {
  return `${os}/${architecture}`;
}
