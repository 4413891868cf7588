// One request as the handlers see it, and what they work on.
import type { IncomingHttpHeaders } from 'node:http';
import { loginNeeded } from './auth.ts';
import type { ArtifactoryUser, Edition } from './options.ts';
import type { Query } from './query.ts';
import { proOnly, Refusal } from './reply.ts';
import type { RepoPath } from './paths.ts';
import type { Store } from './store.ts';

export interface Exchange {
  readonly method: string;
  /** Undecoded path behind `/artifactory/`. */
  readonly rawPath: string;
  readonly query: Query;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Null when nobody has logged in. */
  readonly user: ArtifactoryUser | null;
  /** Address of this Artifactory as the client knows it, `http://host:port/artifactory`. */
  readonly base: string;
}

export interface World {
  readonly store: Store;
  readonly edition: Edition;
  readonly repositories: ReadonlySet<string>;
  readonly anonymousRead: boolean;
  readonly now: () => number;
}

export function requirePro(world: World): void {
  if (world.edition !== 'pro') proOnly();
}

export function requireReader(world: World, exchange: Exchange): void {
  if (exchange.user === null && !world.anonymousRead) throw loginNeeded();
}

/** Whoever writes must have logged in, anonymous reading or not. */
export function requireUser(exchange: Exchange): ArtifactoryUser {
  if (exchange.user === null) throw loginNeeded();
  return exchange.user;
}

export function mayDelete(user: ArtifactoryUser): boolean {
  return user.canDelete !== false;
}

export function mayDeploy(user: ArtifactoryUser): boolean {
  return user.canDeploy !== false;
}

export function noDeleteRight(target: RepoPath, user: ArtifactoryUser): Refusal {
  return new Refusal(
    403,
    `Not enough permissions to delete/overwrite artifact '${target.repo}:${target.path}' ` +
      `(user: '${user.name}' needs DELETE permission).`,
  );
}

export function noDeployRight(target: RepoPath, user: ArtifactoryUser): Refusal {
  const { repo, path } = target;
  return new Refusal(403, `User ${user.name} is not permitted to deploy '${path}' into '${repo}:${path}'.`);
}
