// The Artifactory stand-in as an HTTP server.
import * as http from 'node:http';
import { mkdirSync } from 'node:fs';
import { closeServer, listen, originOf } from '../http/serve.ts';
import { Authentication } from './auth.ts';
import { defaultRepositories, defaultUsers, type ArtifactoryStandInOptions } from './options.ts';
import type { World } from './exchange.ts';
import { type Fault, Faults } from './faults.ts';
import { readFolder, writeFolder } from './folder-data.ts';
import { answerRequest, type Machinery } from './answer-request.ts';
import { type LoggedRequest, RequestLog } from './request-log.ts';
import { SignedOrigin } from './signed-origin.ts';
import { Store } from './store.ts';

export interface ArtifactoryStandIn extends AsyncDisposable {
  /** `http://127.0.0.1:8081/artifactory` */
  readonly url: string;
  /** What was asked so far, oldest first; the last 10,000. */
  readonly requests: readonly LoggedRequest[];
  /** Sets faults that are to happen from now on, in place of those that were left; none: all well again. */
  setFault(...faults: readonly Fault[]): void;
  /** Empty repositories, no faults, no requests, nobody locked out. */
  reset(): void;
  close(): Promise<void>;
}

/** Rejects when the port is taken or the data folder cannot be read. See BEHAVIOUR.md for what it does. */
export async function startArtifactoryStandIn(
  options: ArtifactoryStandInOptions = {},
): Promise<ArtifactoryStandIn> {
  const { host = '127.0.0.1', port = 0, dir, now = Date.now } = options;
  const store = openStore(dir);
  const world: World = {
    store,
    edition: options.edition ?? 'oss',
    repositories: new Set(options.repositories ?? defaultRepositories),
    anonymousRead: options.anonymousRead ?? false,
    now,
  };
  const faults = new Faults();
  const log = new RequestLog();
  const origin = new SignedOrigin(host);
  const authentication = new Authentication(options.users ?? defaultUsers, now);
  const reset = () => {
    store.clear();
    faults.clear();
    log.clear();
    authentication.forget();
  };
  const machinery: Machinery = {
    world,
    faults,
    log,
    origin,
    authentication,
    reset,
    say: options.log ?? (() => {}),
  };
  const server = http.createServer((request, response) => {
    void answerRequest(machinery, request, response);
  });
  await listen(server, host, port);
  const close = async () => {
    await origin.close();
    await closeServer(server);
  };
  return {
    url: `${originOf(server, host)}/artifactory`,
    requests: log.requests,
    setFault: (...given) => {
      faults.clear();
      faults.add(given);
    },
    reset,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function openStore(dir: string | undefined): Store {
  if (dir === undefined) return new Store();
  mkdirSync(dir, { recursive: true });
  const store: Store = new Store(readFolder(dir), () => writeFolder(dir, store.all()));
  return store;
}
