// What the expander asks of a Docker registry.

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
