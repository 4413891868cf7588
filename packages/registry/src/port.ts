// What is asked of a Docker registry.
import type { ImagePlatform } from '@bamboo-ecs/release';

export type ImageLookup =
  /** `digest` is `sha256:…`, from Docker-Content-Digest. */
  | { readonly kind: 'found'; readonly digest: string }
  /** The registry answered: there is no such tag (or no such repository). */
  | { readonly kind: 'missing'; readonly message: string }
  /** The registry could not be asked: network, access, time-out. `message` says why, `hint` what to do. */
  | { readonly kind: 'unknown'; readonly message: string; readonly hint: string };

export interface RegistryPort {
  /** `reference` as in a task definition: `host[:port]/name:tag`, `name:tag` (Docker Hub), or with a digest. */
  lookUp(reference: string): Promise<ImageLookup>;
}

export type ImageInspection =
  /** `platforms`: null when the registry does not say. */
  | { readonly kind: 'found'; readonly platforms: readonly ImagePlatform[] | null }
  /** `sure`: the registry shows us this repository, and no such image in it; otherwise it may only be hidden from us. */
  | { readonly kind: 'missing'; readonly message: string; readonly sure: boolean }
  | { readonly kind: 'unknown'; readonly message: string };

export interface ImageInspector {
  /** Is this image, by tag or digest, really there, and what is it made for? A few requests; never rejects. */
  inspect(reference: string): Promise<ImageInspection>;
}
