// The setting `repository` as a value: where releases live.

export interface ArtifactoryAddress {
  readonly kind: 'artifactory';
  /** `https://host/artifactory`, without a slash at the end. */
  readonly base: string;
  /** The repository key. */
  readonly repository: string;
  /** Decoded, `/`-separated, empty when there is none. */
  readonly prefix: string;
  /** For the log. */
  readonly shown: string;
}
export interface S3Address {
  readonly kind: 's3';
  readonly bucket: string;
  /** Decoded, `/`-separated, empty when there is none. */
  readonly prefix: string;
  readonly shown: string;
}
export interface FileAddress {
  readonly kind: 'file';
  /** Absolute. */
  readonly directory: string;
  readonly shown: string;
}
export type RepositoryAddress = ArtifactoryAddress | S3Address | FileAddress;
