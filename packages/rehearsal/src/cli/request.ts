// What the command line asks for.

export type ServerName = 'artifactory' | 'registry' | 'ecs';

export interface ServeRequest {
  readonly kind: 'serve';
  readonly servers: readonly ServerName[];
  readonly host: string;
  readonly ports: Readonly<Record<ServerName, number>>;
  /** Folder for the data; absent: memory only. */
  readonly dir?: string;
  readonly edition: 'oss' | 'pro';
  readonly repositories: readonly string[];
  readonly clusters: readonly string[];
  /** EC2 instances in each cluster, by turns in two zones. */
  readonly instances: number;
  readonly region: string;
  readonly speed: number;
  readonly throttling: boolean;
  /** File with what tasks do. */
  readonly scenario?: string;
  /** No line for each request. */
  readonly quiet: boolean;
}

export interface PushRequest {
  readonly kind: 'push';
  readonly name: string;
  readonly tag: string;
  readonly content: string;
  readonly to: string;
}

export type Parsed =
  | ServeRequest
  | PushRequest
  | { readonly kind: 'print'; readonly text: string }
  /** What is wrong, one line for each problem. */
  | { readonly kind: 'wrong'; readonly problems: readonly string[] };

export const defaultPorts: Readonly<Record<ServerName, number>> = {
  artifactory: 8081,
  registry: 5055,
  ecs: 4566,
};
