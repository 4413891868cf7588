// What the tests with real containers share: ministack, which drives the Docker engine of this machine, a shop, images.
import { randomInt, randomUUID } from 'node:crypto';
import net from 'node:net';
import os from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { docker } from '../docker/engine.ts';
import { ecsCall, logsCall } from '../third-party/aws-calls.ts';
import { type CountingProxy, startCountingProxy } from '../third-party/counting-proxy.ts';
import { ministackOnDocker } from '../third-party/emulators.ts';
import { type Built, type Env, openShop, region, type Shop } from '../third-party/installer-shop.ts';
import { templatesOf, type Wanted } from './descriptors.ts';
import { type Behaviour, openTaskImages } from './task-images.ts';

/** Nobody listens there: a pull is refused at once, and the engine's own image is taken. */
export const nowhere = '127.0.0.1:1';

export interface Stage extends AsyncDisposable {
  /** ministack's own address: for the test's questions, which are not counted, and for the load balancers. */
  readonly url: string;
  /** The same behind a proxy that counts: for the programs. */
  readonly programsUrl: string;
  /** The calls of the programs since the last time. */
  readonly calls: () => readonly string[];
  readonly ask: (operation: string, request: unknown) => Promise<Record<string, unknown>>;
  /** The same of CloudWatch Logs. */
  readonly logs: (operation: string, request: unknown) => Promise<Record<string, unknown>>;
  /** A cluster of its own for a case. */
  readonly newCase: () => Promise<Case>;
}

/** One cluster with one service, `hid-generator`, and a repository and one image of its own. */
export interface Case extends AsyncDisposable {
  /** The real installer. */
  readonly install: Shop['installer'];
  readonly killable: Shop['killable'];
  readonly environment: Shop['environment'];
  readonly cluster: string;
  readonly image: string;
  /** Makes the image of a version, and publishes the release. */
  readonly publish: (
    version: string,
    behaviour: Behaviour | null,
    wanted: Omit<Wanted, 'image'>,
  ) => Promise<Built>;
  readonly service: () => Promise<Service>;
  readonly tasks: (desiredStatus: 'RUNNING' | 'STOPPED') => Promise<readonly Task[]>;
  readonly revisions: () => Promise<readonly string[]>;
}

export interface Deployment {
  readonly id: string;
  readonly status: string;
  readonly rolloutState: string;
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly pendingCount: number;
}

export interface Service {
  readonly taskDefinition: string;
  readonly desiredCount: number;
  readonly runningCount: number;
  readonly deployments: readonly Deployment[];
}

export interface Task {
  readonly taskArn: string;
  readonly taskDefinitionArn: string;
  readonly healthStatus: string;
  /** Of awsvpc tasks: their address. */
  readonly attachments: readonly {
    readonly details: readonly { readonly name: string; readonly value: string }[];
  }[];
  readonly containers: readonly {
    readonly exitCode?: number;
    readonly image: string;
    readonly imageDigest?: string;
  }[];
}

export async function openStage(env: Env = {}): Promise<Stage> {
  await using opened = new AsyncDisposableStack();
  const images = opened.use(openTaskImages());
  // A request through a load balancer names no region: ministack looks among those of its own.
  const emulator = await ministackOnDocker.start({ MINISTACK_REGION: region });
  // Tasks of its own it stops when it ends, but not those that are about to start just then.
  opened.defer(async () => removeContainers(emulator.url));
  opened.use(emulator);
  const proxy: CountingProxy = opened.use(await startCountingProxy(emulator.url));
  const ask = (operation: string, request: unknown) => ecsCall(emulator.url, operation, request);
  const all = opened.move();
  const run = randomUUID().slice(0, 8);
  let cases = 0;
  return {
    url: emulator.url,
    programsUrl: proxy.url,
    ask,
    logs: (operation, request) => logsCall(emulator.url, operation, request),
    calls: () => proxy.take(),
    async newCase() {
      cases += 1;
      const cluster = `containers-${run}-${cases}`;
      await ask('CreateCluster', { clusterName: cluster });
      const image = `${nowhere}/${cluster}`;
      const shop = all.use(openShop({ url: proxy.url, env }));
      return {
        install: shop.installer,
        killable: shop.killable,
        environment: shop.environment,
        cluster,
        image,
        async publish(version, behaviour, wanted) {
          if (behaviour) images.make(`${image}:${version}.RELEASE`, behaviour);
          return shop.publish(version, { cluster, edit: templatesOf({ image, ...wanted }) });
        },
        async service() {
          const request = { cluster, services: ['hid-generator'] };
          const { services } = await ask('DescribeServices', request);
          const [service] = services as Service[];
          if (service === undefined) throw new Error(`no service in ${cluster}`);
          return service;
        },
        async tasks(desiredStatus) {
          const { taskArns } = await ask('ListTasks', { cluster, desiredStatus });
          if ((taskArns as string[]).length === 0) return [];
          const { tasks } = await ask('DescribeTasks', { cluster, tasks: taskArns });
          return tasks as Task[];
        },
        async revisions() {
          const request = { familyPrefix: `hid-generator-${cluster}` };
          const { taskDefinitionArns } = await ask('ListTaskDefinitions', request);
          return taskDefinitionArns as string[];
        },
        // What crashes would be started again and again until the stage ends.
        [Symbol.asyncDispose]: async () => {
          await ask('DeleteService', { cluster, service: 'hid-generator', force: true }).catch(
            () => undefined,
          );
        },
      };
    },
    [Symbol.asyncDispose]: async () => all.disposeAsync(),
  };
}

async function removeContainers(url: string): Promise<void> {
  const label = `label=ministack.instance=${os.hostname()}:${new URL(url).port}`;
  const { stdout } = await docker('ps', '--all', '--quiet', '--filter', label);
  const left = stdout.split('\n').filter(Boolean);
  if (left.length > 0) await docker('rm', '--force', '--volumes', ...left);
}

/** `hid-generator-…:2` of an ARN. */
export function revisionOf(arn: string): number {
  return Number(arn.slice(arn.lastIndexOf(':') + 1));
}

/** Asks ten times a second until it is so, at most 60 s. */
export async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    if (await isSo()) return;
    await sleep(100);
  }
  throw new Error(`not within 60 s: ${String(isSo)}`);
}

/**
 * A port that nobody has, and that the system gives to nobody on its own: one of the range that it takes for the near end of
 * connections (from 32768 on) may be gone by the time that it is wanted.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = net.createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '0.0.0.0', () => resolve(true));
    });
    if (!isFree) continue;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }
}
