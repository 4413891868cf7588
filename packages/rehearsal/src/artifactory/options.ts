// How a stand-in of Artifactory is set up.

/** OSS lacks setting properties after the deployment, `?list`, copy, move and sorted AQL. */
export type Edition = 'oss' | 'pro';

export interface ArtifactoryUser {
  readonly name: string;
  readonly password: string;
  readonly apiKey?: string;
  /** Access token, for `Authorization: Bearer` or as a password. */
  readonly token?: string;
  /** A token that has expired: it is refused as such. */
  readonly expiredToken?: string;
  /** Default true. Without it a file may be deployed once and never replaced. */
  readonly canDelete?: boolean;
  /** Default true. */
  readonly canDeploy?: boolean;
  /** Default false: only an administrator may leave repo, path and name out of an AQL query's fields. */
  readonly admin?: boolean;
}

export interface ArtifactoryStandInOptions {
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Folder for the data; default: memory only. */
  readonly dir?: string;
  /** Default `oss`. */
  readonly edition?: Edition;
  /** Default: `admin` with the password `password`, as a fresh Artifactory has it. */
  readonly users?: readonly ArtifactoryUser[];
  /** Keys of local repositories; default `example-repo-local`, as a fresh Artifactory OSS has it. */
  readonly repositories?: readonly string[];
  /** May anybody read without logging in? Default false. */
  readonly anonymousRead?: boolean;
  /** Told of every request, one line each. */
  readonly log?: (line: string) => void;
  /** Milliseconds since the epoch; default the computer's clock. */
  readonly now?: () => number;
}

export const defaultUsers: readonly ArtifactoryUser[] = [
  { name: 'admin', password: 'password', admin: true },
];
export const defaultRepositories: readonly string[] = ['example-repo-local'];

/** The version that the stand-in gives itself out for. */
export const standInVersion = { version: '7.161.20', revision: '86120900' } as const;
