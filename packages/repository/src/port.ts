// The port to a place that holds releases: folders of small files with checksums.

export interface StoredFile {
  /** Lower-case hex; null where the place does not say. */
  readonly sha256: string | null;
  readonly size: number | null;
}

/** Paths are relative to the repository's prefix, `/`-separated, without `.`/`..`: `hid-generator/1.0.15.RELEASE/x.json`. */
export interface RepositoryPort {
  /** For the log: the address without credentials. */
  readonly address: string;
  /** Null when there is none. Never more than `maxBytes`: a longer one is an error of kind `foreign`. */
  read(path: string, maxBytes: number): Promise<Uint8Array | null>;
  stat(path: string): Promise<StoredFile | null>;
  /** Stores the bytes with their checksums and properties. `exclusive`: fail with kind `conflict` if a file with other content is there, as far as the place can tell. */
  write(path: string, bytes: Uint8Array, options: WriteOptions): Promise<void>;
  /** Names of the children of a folder, folders and files alike, sorted; empty when the folder is not there. */
  list(folder: string): Promise<readonly string[]>;
}

export interface WriteOptions {
  readonly properties: Readonly<Record<string, string>>;
  readonly contentType?: string;
  readonly exclusive?: boolean;
}

export type RepositoryErrorKind =
  /** 401, or no credentials. */
  | 'unauthenticated'
  /** 403: the rights do not suffice. */
  | 'forbidden'
  | 'not-found'
  /** Another content is there and may not be replaced. */
  | 'conflict'
  /** Bytes arrived changed: checksum mismatch, truncated, tampered with. */
  | 'corrupt'
  /** Not ours: too large, HTML with status 200, a manifest of another schema, a name that leaves its folder. */
  | 'foreign'
  /** Network, time-out, 5xx after the retries. */
  | 'unreachable'
  /** Redirect on a write, wrong address, edition lacks the feature. */
  | 'misconfigured';

/** `message`: what, where (redacted address), the server's own words. `hint`: what to do. */
export class RepositoryError extends Error {
  override readonly name = 'RepositoryError';
  readonly kind: RepositoryErrorKind;
  readonly hint: string;
  readonly status?: number;
  constructor(
    kind: RepositoryErrorKind,
    message: string,
    hint: string,
    options?: { cause?: unknown; status?: number },
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.kind = kind;
    this.hint = hint;
    if (options?.status !== undefined) this.status = options.status;
  }
}
