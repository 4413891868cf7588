// The installer as a process of its own, against the stand-ins: to be signalled and killed.
import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import {
  startArtifactoryStandIn,
  startEcsStandIn,
  type ArtifactoryStandIn,
  type EcsStandIn,
  type EcsStandInOptions,
} from '@bamboo-ecs/rehearsal';
import { masterBuild } from '../e2e/harness.ts';
import { bare, openShop, project, type Shop } from '../e2e/shop.ts';

const script = path.join(import.meta.dirname, '..', '..', 'images', 'installer', 'main.ts');
const user = { name: 'bamboo', password: 'rehearsal-password', canDelete: false };
const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1a', 'eu-west-1b'].map((zone) => ({ zone }));

export interface Ended {
  /** The exit code, or the name of the signal that ended it. */
  readonly code: number | string;
  readonly log: string;
  /** Reads a file of the output folder. */
  readonly output: (name: string) => string;
}

export interface Installer {
  /** Resolves once a line of the log matches, or the process has ended. */
  readonly says: (pattern: RegExp) => Promise<void>;
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<Ended>;
}

/** The state of an ECS in a folder. */
export interface SavedSite {
  readonly dir: string;
}

let sites = 0;

export interface Site extends AsyncDisposable {
  readonly ecs: EcsStandIn;
  readonly artifactory: ArtifactoryStandIn;
  readonly start: (version: string, env?: Readonly<Record<string, string>>) => Installer;
  /** Runs the installer to its end. */
  readonly install: (version: string, env?: Readonly<Record<string, string>>) => Promise<Ended>;
  /** Closes it; others go on from where it is. */
  readonly save: () => Promise<SavedSite>;
  readonly fault: (...faults: readonly object[]) => Promise<void>;
}

/** The releases that all sites get, published once. */
export interface Published {
  readonly shop: Shop;
  readonly artifactory: ArtifactoryStandIn;
}

/** An Artifactory with these versions. */
export async function publishTo(versions: readonly string[]): Promise<Published> {
  const artifactory = await startArtifactoryStandIn({
    users: [user],
    repositories: ['descriptors-release-local'],
  });
  const shop = openShop({ edit: bare });
  for (const version of versions) {
    await shop.publish(version);
    const cwd = path.join(
      shop.world.folder,
      'checkouts',
      `build-${version}-${Number(version.split('.').at(-1))}`,
    );
    const run = await shop.world.expander(cwd, {
      ...masterBuild(Number(version.split('.').at(-1))),
      bamboo_ecs_version: version,
      ...credentials(artifactory),
    });
    if (run.exitCode !== 0) throw new Error(run.log);
  }
  return { shop, artifactory };
}

function credentials(artifactory: ArtifactoryStandIn): Record<string, string> {
  return {
    bamboo_ecs_repository: `${artifactory.url}/descriptors-{tag}-local`,
    bamboo_ecs_artifactory_user: user.name,
    bamboo_ecs_artifactory_password: user.password,
  };
}

/** An ECS of its own for one case, several times as quick as the quick pace; each run gets a working directory of its own. */
export async function openSite(
  { shop, artifactory }: Published,
  options: EcsStandInOptions & { readonly from?: SavedSite } = {},
): Promise<Site> {
  const { from, ...rest } = options;
  const dir = path.join(shop.world.folder, 'ecs', String((sites += 1)));
  if (from) cpSync(from.dir, dir, { recursive: true });
  const ecs = await startEcsStandIn({
    region: 'eu-west-1',
    clusters: [{ name: 'production', instances: zones }],
    speed: 4,
    dir,
    ...rest,
  });
  let number = 0;
  const save = async (): Promise<SavedSite> => {
    await ecs.close();
    return { dir };
  };
  const start = (version: string, env: Readonly<Record<string, string>> = {}): Installer => {
    number += 1;
    const cwd = shop.world.checkout(project, `run-${new URL(ecs.url).port}-${number}`);
    return startInstaller(cwd, {
      PATH: process.env['PATH'] ?? '',
      ...masterBuild(Number(version.split('.').at(-1))),
      bamboo_inject_version: `${version}.RELEASE`,
      bamboo_inject_project: project,
      bamboo_deploy_environment: 'Production',
      ...credentials(artifactory),
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL: ecs.url,
      AWS_ACCESS_KEY_ID: 'rehearsal',
      AWS_SECRET_ACCESS_KEY: 'rehearsal-secret-key',
      ...env,
    });
  };
  return {
    ecs,
    artifactory,
    start,
    install: async (version, env) => start(version, env).ended,
    save,
    async fault(...faults) {
      const answer = await fetch(`${ecs.url}/_rehearsal/faults`, {
        method: 'PUT',
        body: JSON.stringify(faults),
      });
      if (!answer.ok) throw new Error(await answer.text());
    },
    [Symbol.asyncDispose]: async () => ecs.close(),
  };
}

function startInstaller(cwd: string, env: Readonly<Record<string, string>>): Installer {
  const child = spawn(process.execPath, [script, 'install'], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const waiting = new Set<{ readonly pattern: RegExp; readonly resolve: () => void }>();
  const take = (line: string): void => {
    lines.push(line);
    for (const one of waiting) if (one.pattern.test(line)) one.resolve();
  };
  createInterface({ input: child.stdout }).on('line', take);
  createInterface({ input: child.stderr }).on('line', (line) => take(`stderr: ${line}`));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      for (const one of waiting) one.resolve();
      resolve({
        code: code ?? signal ?? 'unknown',
        log: lines.join('\n'),
        output: (name) => readFileSync(path.join(cwd, 'target/bamboo-ecs', name), 'utf8'),
      });
    });
  });
  return {
    says: async (pattern) =>
      new Promise((resolve) => {
        if (lines.some((line) => pattern.test(line))) resolve();
        else waiting.add({ pattern, resolve });
      }),
    kill: (signal) => child.kill(signal),
    ended,
  };
}
