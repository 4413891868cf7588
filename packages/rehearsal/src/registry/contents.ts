// What a registry holds: blobs and manifests by digest, tags by name, uploads that are under way.
import { randomUUID } from 'node:crypto';
import { digestOf } from './references.ts';

export interface StoredManifest {
  readonly bytes: Buffer;
  readonly mediaType: string;
}

interface Repository {
  readonly blobs: Map<string, Buffer>;
  readonly manifests: Map<string, StoredManifest>;
  /** Tag to digest. */
  readonly tags: Map<string, string>;
}

export class Contents {
  readonly #repositories = new Map<string, Repository>();
  readonly #uploads = new Map<string, { readonly name: string; bytes: Buffer }>();

  /** Undefined when nothing was ever pushed under this name. */
  find(name: string): Repository | undefined {
    return this.#repositories.get(name);
  }

  names(): string[] {
    return [...this.#repositories.keys()].sort();
  }

  /** By tag or digest, with its digest. */
  manifest(name: string, reference: string): (StoredManifest & { readonly digest: string }) | undefined {
    const repository = this.find(name);
    const digest = repository?.tags.get(reference) ?? reference;
    const manifest = repository?.manifests.get(digest);
    return manifest && { ...manifest, digest };
  }

  putManifest(name: string, tag: string | undefined, manifest: StoredManifest): string {
    const repository = this.#repository(name);
    const digest = digestOf(manifest.bytes);
    repository.manifests.set(digest, manifest);
    if (tag !== undefined) repository.tags.set(tag, digest);
    return digest;
  }

  putBlob(name: string, bytes: Buffer): string {
    const digest = digestOf(bytes);
    this.#repository(name).blobs.set(digest, bytes);
    return digest;
  }

  startUpload(name: string): string {
    const id = randomUUID();
    this.#uploads.set(id, { name, bytes: Buffer.alloc(0) });
    return id;
  }

  /** The bytes so far, or undefined when there is no such upload under this name. */
  upload(name: string, id: string): Buffer | undefined {
    const upload = this.#uploads.get(id);
    return upload?.name === name ? upload.bytes : undefined;
  }

  append(id: string, more: Buffer): number {
    const upload = this.#uploads.get(id);
    if (upload === undefined) return 0;
    upload.bytes = Buffer.concat([upload.bytes, more]);
    return upload.bytes.length;
  }

  endUpload(id: string): void {
    this.#uploads.delete(id);
  }

  clear(): void {
    this.#repositories.clear();
    this.#uploads.clear();
  }

  #repository(name: string): Repository {
    const known = this.#repositories.get(name);
    if (known !== undefined) return known;
    const repository = { blobs: new Map(), manifests: new Map(), tags: new Map() };
    this.#repositories.set(name, repository);
    return repository;
  }
}
