// A shop for the real programs: projects, a repository and Bamboo's variables, with an AWS that somebody else wrote.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildVariables, deploymentVariables, injectedFrom, type Build } from '../story/bamboo-server.ts';
import { runProgram } from '../story/programs.ts';

const examples = path.join(import.meta.dirname, '../../examples');
export const region = 'eu-west-1';

export type Env = Readonly<Record<string, string>>;

export interface Ran {
  readonly exitCode: number;
  readonly log: string;
  /** Each line of the log, and when it came (ms since the epoch). */
  readonly lines: readonly { readonly at: number; readonly text: string }[];
}

/** One build of a project: its checkout and its variables. */
export interface Built {
  readonly checkout: string;
  readonly build: Build;
}

export interface Shop extends Disposable {
  readonly folder: string;
  /** Expands and publishes an example at a version; throws when that fails. */
  readonly publish: (version: string, change?: Change) => Promise<Built>;
  /** Runs the installer of a build's deployment; the default command is `install`. */
  readonly installer: (built: Built, env?: Env, ...args: string[]) => Promise<Ran>;
  /** The whole environment of that installer, for a program that is run otherwise. */
  readonly environment: (built: Built) => Env;
  /** Its `install`, ended by SIGKILL when `kill` aborts. */
  readonly killable: (built: Built, kill: AbortSignal, env?: Env) => Promise<Ran>;
}

export interface Change {
  /** Default `hid-generator`. */
  readonly example?: 'hid-generator' | 'python-service';
  /** Default `production`. */
  readonly cluster?: string;
  /** Plan variables, without the prefix. */
  readonly variables?: Env;
  /** Default `master`. */
  readonly branch?: string;
  /** Changes the checkout, which is a copy of the example, before it is expanded. */
  readonly edit?: (checkout: string) => void;
  /** More of the expander's environment. */
  readonly env?: Env;
}

export interface ShopOptions {
  /** For AWS_ENDPOINT_URL. */
  readonly url: string;
  /** Default: a folder of the shop. */
  readonly repository?: string;
  readonly credentials?: Env;
  /** More for both programs. */
  readonly env?: Env;
}

export const testCredentials: Env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test-secret-key' };

export function openShop(options: ShopOptions): Shop {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'third party shop '));
  const shared: Env = {
    AWS_ENDPOINT_URL: options.url,
    AWS_REGION: region,
    // Nothing of the machine's own: no profile, no instance role.
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: path.join(folder, 'no-config'),
    AWS_SHARED_CREDENTIALS_FILE: path.join(folder, 'no-credentials'),
    bamboo_ecs_repository: options.repository ?? `file:${path.join(folder, 'repository')}`,
    bamboo_ecs_image_digest: 'off',
    // The roles, networks and load balancers that the descriptors name are made by preflight.test.ts only.
    bamboo_ecs_preflight: 'off',
    ...(options.credentials ?? testCredentials),
    ...options.env,
  };
  let builds = 0;
  const run = async (
    program: 'expander' | 'installer',
    cwd: string,
    env: Env,
    args: readonly string[],
    kill?: AbortSignal,
  ): Promise<Ran> => {
    const all = { ...shared, ...env };
    const lines: { at: number; text: string }[] = [];
    const onLine = (text: string): void => void lines.push({ at: Date.now(), text });
    const ended = await runProgram({ program, args, cwd, env: all, onLine, ...(kill && { kill }) });
    return { exitCode: ended.exitCode, log: ended.lines.join('\n'), lines };
  };
  return {
    folder,
    async publish(version, change = {}) {
      builds += 1;
      const checkout = path.join(folder, 'checkouts', String(builds));
      cpSync(path.join(examples, change.example ?? 'hid-generator'), checkout, { recursive: true });
      const revision = String(builds).padStart(4, '0').repeat(10);
      const variables = { ...planVariables(change.cluster ?? 'production'), ...change.variables };
      const build = {
        plan: 'HID-GEN',
        number: builds,
        branch: change.branch ?? 'master',
        revision,
        variables,
      };
      change.edit?.(checkout);
      const env = { ...buildVariables(build), ...change.env };
      const ran = await run('expander', checkout, env, ['publish', `--version=${version}`]);
      if (ran.exitCode !== 0) throw new Error(`not published, exit code ${ran.exitCode}:\n${ran.log}`);
      return { checkout, build };
    },
    installer: async (built, env = {}, ...args) =>
      run('installer', built.checkout, { ...deploymentOf(built), ...env }, args),
    environment: (built) => ({ ...shared, ...deploymentOf(built) }),
    killable: async (built, kill, env = {}) =>
      run('installer', built.checkout, { ...deploymentOf(built), ...env }, ['install'], kill),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function deploymentOf({ checkout, build }: Built): Env {
  const injected = injectedFrom(path.join(checkout, 'target/bamboo-ecs/bamboo.properties'));
  return deploymentVariables(build, {
    environment: 'Production',
    project: 'Deploy',
    id: build.number,
    injected,
  });
}

function planVariables(cluster: string): Env {
  return {
    clusterName: cluster,
    serviceName: 'hid-generator',
    family: `hid-generator-${cluster}`,
    containerName: 'hid-generator',
    imageName: 'hid-generator',
    registry: 'registry.example.com',
    desiredCount: '2',
    ecsInstanceRole: 'ecsServiceRole',
    loadBalancerName: 'hid-generator',
  };
}
