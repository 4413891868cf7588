// What stands around a service before it is installed: AWS's services and the Docker registries.
import type { RunContext } from '@bamboo-ecs/program';
import type { Answer, ImageFact, PreflightPort } from '@bamboo-ecs/rollout/preflight';
import { awsClient } from './open-ecs.ts';
import { openRegistry } from './open-registry.ts';

/** One request of a registry; several may be needed for an image. */
const registryLimitMs = 3000;
const once = { limit: 0, firstPause: 0, longestPause: 0 };

/** `images`: those that are in no registry of AWS. */
export async function openPreflight(context: RunContext, images: readonly string[]): Promise<PreflightPort> {
  const { createPreflightPort } = await import('@bamboo-ecs/neighbours');
  const aws = await awsClient(context);
  const registry = images.length > 0 ? await openRegistry(context, images, once, registryLimitMs) : null;
  const inspect = async (reference: string): Promise<Answer<ImageFact>> => {
    const inspection = await registry?.inspect(reference);
    switch (inspection?.kind) {
      case 'found':
        return { known: true, value: { there: true, platforms: inspection.platforms } };
      case 'missing': {
        const { message, sure } = inspection;
        return { known: true, value: { there: false, message, sure } };
      }
      case 'unknown':
        return { known: false, reason: inspection.message, hint };
      case undefined:
        return { known: false, reason: '' };
    }
  };
  return createPreflightPort({ aws, env: context.env, inspect });
}

const hint = 'To install without asking the registry, set skip-checks=image.';
