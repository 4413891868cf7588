// JFrog Artifactory as a repository.
import { RepositoryError } from '@bamboo-ecs/repository';
import type { RepositoryPort } from '@bamboo-ecs/repository';
import { makeConnections } from './agents.ts';
import { makeClient } from './client.ts';
import type { Context } from './context.ts';
import { makeCredentials } from './credentials.ts';
import { makeExchange } from './exchange.ts';
import { listFolder } from './list.ts';
import { makeLocator } from './locator.ts';
import { defaultRetry, defaultTimeouts, realClock } from './options.ts';
import type { ArtifactoryOptions } from './options.ts';
import { readFile } from './read.ts';
import { makeHider } from './secrets.ts';
import { statFile } from './stat.ts';
import { writeFile } from './write.ts';

/** Makes no request yet. Throws `misconfigured` with everything that is wrong with the options. */
export function createArtifactoryRepository(options: ArtifactoryOptions): RepositoryPort {
  const { address } = options;
  const credentials = makeCredentials(options);
  const timeouts = { ...defaultTimeouts, ...options.timeouts };
  const connections = makeConnections(options.proxyEnv, options.ca, timeouts.connect);
  if ('fault' in credentials || 'faults' in connections) {
    const faults = [
      ...('fault' in credentials ? [credentials.fault] : []),
      ...('faults' in connections ? connections.faults : []),
    ];
    throw new RepositoryError(
      'misconfigured',
      `The access to ${address.shown} is misconfigured. ${faults.join(' ')}`,
      'Correct artifactory-user, artifactory-password, ca-file or the proxy variables, whichever is named.',
    );
  }
  const retry = { ...defaultRetry, ...options.retry };
  const clock = options.clock ?? realClock;
  const context: Context = {
    client: makeClient({
      exchange: makeExchange(connections),
      headers: credentials.headers,
      timeouts,
      retry,
      clock,
      random: options.random ?? Math.random,
      onRequest: options.onRequest,
    }),
    locator: makeLocator(address),
    clock,
    retry,
    repository: address.repository,
    who: credentials.who,
    hide: makeHider([...credentials.secrets, ...connections.proxies.secrets]),
  };
  return {
    address: address.shown,
    read: (path, maxBytes) => readFile(context, path, maxBytes),
    stat: (path) => statFile(context, path),
    write: (path, bytes, writeOptions) => writeFile(context, path, bytes, writeOptions),
    list: (folder) => listFolder(context, folder),
  };
}
