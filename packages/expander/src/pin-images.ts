// The image must be there before its descriptors are: asks the registry for the digest of each image of this version.
import { RunStopped, type RunContext } from '@bamboo-ecs/program';
import { carriesVersion, type ManifestImage, type Problem } from '@bamboo-ecs/release';
import type { ExpanderPorts } from './ports.ts';

/**
 * Digests of the images, in the order given. Only images that carry this version are looked up: others
 * (`nginx:1.27`) are not built here. `require`: a missing or unknown one is exit 3; `try`: a missing one is
 * exit 3, an unknown one a warning; `off`: nothing is asked.
 */
export async function pinImages(
  context: RunContext,
  openRegistry: ExpanderPorts['openRegistry'],
  images: readonly string[],
  version: string,
): Promise<readonly ManifestImage[]> {
  const mode = context.settings.text('image-digest') ?? 'try';
  const problems: Problem[] = [];
  const pinned: ManifestImage[] = [];
  const ours = mode === 'off' ? [] : await imagesOf(version, images);
  if (ours.length === 0) {
    const why = mode === 'off' ? 'image-digest is off' : `no image carries the tag ${version}`;
    context.say(`No registry is asked: ${why}`);
    return images.map((reference) => ({ reference, digest: digestIn(reference) }));
  }
  const registry = await openRegistry(context, ours);
  for (const reference of images) {
    if (!ours.includes(reference)) {
      pinned.push({ reference, digest: digestIn(reference) });
      continue;
    }
    const answer = await registry.lookUp(reference);
    if (answer.kind === 'found') {
      context.say(`${reference} is ${answer.digest}`);
      context.emit({ kind: 'check', suite: 'images', name: reference });
      pinned.push({ reference, digest: answer.digest });
      continue;
    }
    const strict = answer.kind === 'missing' || mode === 'require';
    problems.push({
      severity: strict ? 'error' : 'warning',
      code: answer.kind === 'missing' ? 'image-missing' : 'image-unknown',
      message: `${reference}: ${answer.message}`,
      hint:
        answer.kind === 'missing'
          ? 'Push the image before its descriptors are published: the task that pushes it must stand before this one.'
          : answer.hint,
    });
    pinned.push({ reference, digest: null });
  }
  if (context.warn(problems)) throw imagesMissing(problems);
  return pinned;
}

/** Loaded only here: `version` and `expand` ask no registry, and its HTTP client is a third of the start-up time. */
async function imagesOf(version: string, images: readonly string[]): Promise<readonly string[]> {
  const { parseImageReference } = await import('@bamboo-ecs/registry');
  return images.filter((reference) => {
    const parsed = parseImageReference(reference);
    return parsed.ok && parsed.value.tag !== null && carriesVersion(parsed.value.tag, version);
  });
}

function imagesMissing(problems: readonly Problem[]): RunStopped {
  const [first, ...more] = problems.filter(({ severity }) => severity === 'error');
  const message = first?.message ?? '';
  const sentence = more.length === 0 ? message : `${more.length + 1} images; the first: ${message}`;
  const todo = first?.hint === undefined ? {} : { todo: first.hint };
  return new RunStopped({ exitCode: 3, outcome: 'image missing', sentence, ...todo }, problems);
}

function digestIn(reference: string): string | null {
  return /@(sha256:[0-9a-f]{64})$/u.exec(reference)?.[1] ?? null;
}
