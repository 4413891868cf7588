// `make rehearse-compose`: the story by docker compose, from images to a summary, and all of it taken down at the end.
// CONTAINERS=1 gives ministack the Docker socket; KEEP=1 leaves all up to look at; `main.ts down` takes that down.
// COMPOSE="docker-compose", TAG=…, OFFLINE=1, AWS=localstack, REPOSITORY=artifactory, REHEARSAL_…_PORT: docs/rehearsal.md.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { whyNoEngine } from '../images/docker.ts';
import { findCompose, type Compose } from './find-compose.ts';
import { makeImages } from './images.ts';
import { openStage, whyNoSocket, type Stage } from './stage.ts';
import { play } from './play.ts';
import { valuesOf, writeValues, type Values } from './values.ts';

const root = path.join(import.meta.dirname, '../..');
const folder = path.resolve(process.env['REHEARSAL_FOLDER'] || path.join(root, 'target/compose'));
const say = (line: string): void => void writeSync(1, `${line}\n`);

class Missing extends Error {}

function composeHere(): Compose {
  const compose = findCompose();
  const problems = [whyNoEngine(), typeof compose === 'string' ? compose : null].filter(
    (each) => each !== null,
  );
  if (typeof compose === 'string' || problems.length > 0) throw new Missing(problems.join('\n'));
  return compose;
}

function checked(images: Readonly<Record<string, string>>): Values {
  const values = valuesOf(process.env, folder, images);
  if (!('project' in values)) throw new Missing(values.join('\n'));
  const { REHEARSAL_CONTAINERS: containers, REHEARSAL_SOCKET: socket = '' } = values.environment;
  const noSocket = containers === '1' ? whyNoSocket(socket) : null;
  if (noSocket !== null) throw new Missing(noSocket);
  return values;
}

async function rehearse(): Promise<boolean> {
  const compose = composeHere();
  checked({});
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string;
  };
  const tag = process.env['TAG'] || version;
  say(`Images, for ${compose.name}:`);
  const { registry, aws } = await makeImages(tag, (line) => say(`  ${line.replaceAll('\n', '\n  ')}`));
  const values = checked({
    REHEARSAL_TAG: tag,
    REHEARSAL_REGISTRY_IMAGE: registry,
    REHEARSAL_AWS_IMAGE: aws,
  });
  const recordsFolder = path.join(folder, 'records');
  rmSync(recordsFolder, { recursive: true, force: true });
  mkdirSync(recordsFolder, { recursive: true });
  writeValues(values);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const stage = openStage(compose, values, say, stop.signal);
  const keep = process.env['KEEP'] === '1';
  try {
    // What a rehearsal that was killed has left.
    await stage.down();
    const ok = await play({ stage, recordsFolder, print: say, stopped: () => stop.signal.aborted });
    for (const name of readdirSync(recordsFolder)
      .filter((each) => each.endsWith('.html'))
      .sort())
      say(`  ${path.join(recordsFolder, name)}`);
    if (keep && !stop.signal.aborted) tellHowToGoOn(stage);
    return ok;
  } finally {
    if (!keep || stop.signal.aborted) {
      tellDown(await stage.down());
    }
  }
}

function tellHowToGoOn({ byHand }: Stage): void {
  say('');
  say('All is still up (KEEP=1). More builds and installations by hand:');
  for (const service of ['build', 'expander', 'installer'])
    say(`  REHEARSAL_VERSION=3.4.0 REHEARSAL_BUILD=4 ${byHand} run --rm --no-deps ${service}`);
  say('To take it down: make rehearse-compose-down');
}

async function down(): Promise<boolean> {
  const compose = composeHere();
  const file = path.join(folder, 'env');
  if (!existsSync(file)) {
    say('Nothing was left up: there is no target/compose/env.');
    return true;
  }
  const kept = Object.fromEntries(
    readFileSync(file, 'utf8')
      .split('\n')
      .flatMap((line) => Array.from(line.matchAll(/^(\w+)='(.*)'$/gu)))
      .map(([, name, value]) => [name, value]),
  ) as Record<string, string>;
  const values = valuesOf(
    { ...process.env, ...kept, CONTAINERS: kept['REHEARSAL_CONTAINERS'] },
    folder,
    kept,
  );
  if (!('project' in values)) throw new Missing(values.join('\n'));
  return tellDown(await openStage(compose, values, say, new AbortController().signal).down());
}

function tellDown(done: boolean): boolean {
  say(
    done
      ? 'Everything is taken down: containers, network, volumes, the images of tasks.'
      : 'Not everything could be taken down, see above.',
  );
  return done;
}

try {
  const ok = await (process.argv[2] === 'down' ? down() : rehearse());
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  say(error instanceof Missing ? error.message : error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof Missing ? 2 : 1;
}
