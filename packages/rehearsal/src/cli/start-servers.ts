// Starts what was asked for, or nothing: a server that cannot start takes the others down again.
import { rehearsalPassword } from './environment.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseScenario, quickPace, type Scenario } from '@bamboo-ecs/rollout/simulation';
import { startArtifactoryStandIn } from '../artifactory/server.ts';
import { startEcsStandIn } from '../ecs/server.ts';
import { startRegistryStandIn } from '../registry/server.ts';
import type { ServeRequest, ServerName } from './request.ts';

export interface Running {
  readonly name: ServerName;
  readonly url: string;
  close(): Promise<void>;
}

/** Something that the user can put right; the message says what. */
export class CannotStart extends Error {}

export async function startServers(
  request: ServeRequest,
  log: (line: string) => void,
): Promise<readonly Running[]> {
  const scenario = request.scenario === undefined ? undefined : readScenario(request.scenario);
  const running: Running[] = [];
  try {
    for (const name of request.servers) running.push(await startOne(name, request, scenario, log));
    return running;
  } catch (error) {
    await stopServers(running);
    throw error;
  }
}

export async function stopServers(running: readonly Running[]): Promise<void> {
  await Promise.all(running.map((server) => server.close()));
}

async function startOne(
  name: ServerName,
  request: ServeRequest,
  scenario: Scenario | undefined,
  log: (line: string) => void,
): Promise<Running> {
  const { host } = request;
  const port = request.ports[name];
  const say = (line: string) => {
    if (!request.quiet) log(`${name.padEnd(11)} ${line}`);
  };
  const dir = request.dir === undefined ? {} : { dir: join(request.dir, name) };
  const options = { host, port, log: say };
  try {
    const { url, close } = await start(name, request, { ...options, ...dir }, scenario);
    return { name, url, close };
  } catch (error) {
    throw explain(error, name, request);
  }
}

type Place = { host: string; port: number; log: (line: string) => void; dir?: string };

async function start(
  name: ServerName,
  request: ServeRequest,
  place: Place,
  scenario: Scenario | undefined,
): Promise<{ url: string; close: () => Promise<void> }> {
  if (name === 'artifactory') {
    return startArtifactoryStandIn({
      ...place,
      edition: request.edition,
      users: [{ name: 'admin', password: rehearsalPassword, admin: true }],
      repositories: request.repositories,
    });
  }
  if (name === 'registry') return startRegistryStandIn(place);
  const instances = Array.from({ length: request.instances }, (_, index) => ({
    zone: `${request.region}${index % 2 === 0 ? 'a' : 'b'}`,
  }));
  return startEcsStandIn({
    ...place,
    region: request.region,
    clusters: request.clusters.map((cluster) => ({ name: cluster, instances })),
    speed: request.speed,
    throttling: request.throttling,
    pace: quickPace,
    ...(scenario === undefined ? {} : { scenario }),
  });
}

function readScenario(file: string): Scenario {
  try {
    return parseScenario(JSON.parse(readFileSync(file, 'utf8')) as unknown);
  } catch (error) {
    throw new CannotStart(`--scenario ${file}: ${messageOf(error)}`, { cause: error });
  }
}

function explain(error: unknown, name: ServerName, request: ServeRequest): unknown {
  const code = (error as { code?: unknown }).code;
  const where = `port ${request.ports[name]} of ${request.host}`;
  const option = request.servers.length > 1 ? `--${name}-port` : '--port';
  const texts = new Map([
    ['EADDRINUSE', `${where} is taken by another program. End it, or choose another port with ${option}.`],
    ['EACCES', `${where} may not be used without more rights. Choose one over 1023 with ${option}.`],
    ['EADDRNOTAVAIL', `${request.host} is no address of this machine. Choose another with --host.`],
    ['ENOTFOUND', `${request.host} is no address of this machine. Choose another with --host.`],
  ]);
  const text = texts.get(String(code));
  // What is wrong with the folder of the data is said by whoever reads it.
  const known = text ?? (request.dir === undefined ? undefined : messageOf(error));
  return known === undefined
    ? error
    : new CannotStart(`The ${name} stand-in cannot start: ${known}`, { cause: error });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
