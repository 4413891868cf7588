// The image must be there before its descriptors are: asks the registry for the digest of each image of this version.
import type { RunContext } from '@bamboo-ecs/program';
import { RunStopped } from '@bamboo-ecs/program';
import { parseImageReference } from '@bamboo-ecs/registry';
import type { ManifestImage, Problem } from '@bamboo-ecs/release';
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
  const ours = images.filter((reference) => mode !== 'off' && carries(reference, version));
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
          ? 'Push the image before its descriptors are published: the Docker task stands before this one.'
          : answer.hint,
    });
    pinned.push({ reference, digest: null });
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  if (errors.length > 0)
    throw new RunStopped(
      {
        exitCode: 3,
        outcome: 'image missing',
        sentence: errors[0]!.message,
        ...(errors[0]!.hint ? { todo: errors[0]!.hint } : {}),
      },
      problems,
    );
  context.warn(problems);
  return pinned;
}

function digestIn(reference: string): string | null {
  return /@(sha256:[0-9a-f]{64})$/u.exec(reference)?.[1] ?? null;
}

function carries(reference: string, version: string): boolean {
  const parsed = parseImageReference(reference);
  return parsed.ok && parsed.value.tag !== null && parsed.value.tag.includes(version);
}
