// One project of a shop in a world: publish a version, install it, look at what ECS has.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Scenario, ServiceState, TaskDefinitionState } from '@bamboo-ecs/rollout/simulation';
import { masterBuild, openWorld, type Env, type Run, type World, type WorldOptions } from './harness.ts';

export type Descriptor = Record<string, unknown>;
export type Descriptors = Readonly<
  Record<'task-definition' | 'service-definition' | 'service-update', Descriptor>
>;

export interface Installed extends Run {
  /** Operation → how often it was called by this run. */
  readonly calls: Readonly<Record<string, number>>;
  readonly total: number;
  /** How long the run took by the virtual clock, ms. */
  readonly tookMs: number;
}

export interface Shop {
  readonly world: World;
  /** Publishes a version; the number is its build's and decides nothing else. */
  readonly publish: (version: string, number?: number) => Promise<void>;
  /** `install` of a RELEASE that was published. `env` on top of Bamboo's variables, `argv` after the command. */
  readonly install: (version: string, env?: Env, ...argv: string[]) => Promise<Installed>;
  readonly installUntil: (signal: AbortSignal, version: string, env?: Env) => Promise<Installed>;
  /** Does something once the virtual clock, moved by a run, has come so far from now. */
  readonly after: (ms: number, action: () => void) => void;
  readonly service: () => ServiceState;
  readonly revisions: () => readonly TaskDefinitionState[];
  /** `hid-generator:2 COMPLETED` of the PRIMARY deployment. */
  readonly running: () => string;
}

export const project = 'hid-generator';
export const targetGroupArn =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/hid-generator/0123456789abcdef';

/** Behind a target group, so that ECS shows a rolloutState and minds its circuit breaker. */
export function behindTargetGroup({ 'service-definition': create }: Descriptors): void {
  create['loadBalancers'] = [{ targetGroupArn, containerName: project, containerPort: 8080 }];
  delete create['role'];
}

export function withBreaker(rollback: boolean): (descriptors: Descriptors) => void {
  return (descriptors) => {
    behindTargetGroup(descriptors);
    for (const kind of ['service-definition', 'service-update'] as const)
      (descriptors[kind]['deploymentConfiguration'] as Descriptor)['deploymentCircuitBreaker'] = {
        enable: true,
        rollback,
      };
  };
}

/** Without any load balancer: a rollout is over in a minute or two. */
export function bare({ 'service-definition': create }: Descriptors): void {
  delete create['loadBalancers'];
  delete create['role'];
}

export function crashing(...versions: readonly string[]): Scenario {
  return crashingAfter(3000, ...versions);
}

export function crashingAfter(afterMs: number, ...versions: readonly string[]): Scenario {
  return {
    rules: versions.map((version) => ({
      match: `${version}.RELEASE`,
      outcome: { kind: 'exits', afterMs, exitCode: 1 },
    })),
  };
}

export interface ShopOptions extends WorldOptions {
  /** Edits the descriptors after the expansion of the placeholders has been prepared: they are templates. */
  readonly edit?: (descriptors: Descriptors) => void;
}

export function openShop({ edit = () => {}, ...options }: ShopOptions = {}): Shop {
  const world = openWorld(options);
  const folders = new Map<string, string>();
  const variables = (version: string): Env => ({
    ...masterBuild(Number(version.split('.').at(-1))),
    bamboo_inject_version: `${version}.RELEASE`,
    bamboo_inject_project: project,
    bamboo_deploy_environment: 'Production',
  });
  const measured = async (run: () => Promise<Run>): Promise<Installed> => {
    const before = { ...world.ecs.counts() };
    const from = world.clock.now();
    const ended = await run();
    const calls = Object.fromEntries(
      Object.entries(world.ecs.counts())
        .map(([operation, count]) => [operation, count - (before[operation] ?? 0)] as const)
        .filter(([, count]) => count > 0),
    );
    const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
    return { ...ended, calls, total, tookMs: world.clock.now() - from };
  };
  const folderOf = (version: string): string =>
    folders.get(version) ?? world.checkout(project, `other-${version}`);
  const service = (): ServiceState => {
    const found = world.simulation.state.services.get(`production/${project}`);
    if (!found) throw new Error('there is no service');
    return found;
  };
  return {
    world,
    async publish(version, number = Number(version.split('.').at(-1))) {
      const cwd = world.checkout(project, `build-${version}-${number}`);
      folders.set(version, cwd);
      editTemplates(path.join(cwd, 'descriptors'), edit);
      const run = await world.expander(cwd, { ...masterBuild(number), bamboo_ecs_version: version });
      if (run.exitCode !== 0) throw new Error(run.log);
    },
    install: async (version, env = {}, ...argv) =>
      measured(async () => world.installer(folderOf(version), { ...variables(version), ...env }, ...argv)),
    installUntil: async (signal, version, env = {}) =>
      measured(async () =>
        world.installerUntil(signal, folderOf(version), { ...variables(version), ...env }),
      ),
    after(ms, action) {
      const at = world.clock.now() + ms;
      let done = false;
      world.clock.bind({
        advanceTo(now) {
          if (done || now < at) return;
          done = true;
          action();
        },
      });
    },
    service,
    revisions: () => world.simulation.state.taskDefinitions.get(project) ?? [],
    running() {
      const primary = service().deployments[0];
      return `${primary?.taskDefinition.split('/').at(-1) ?? 'nothing'} ${primary?.progress ?? ''}`;
    },
  };
}

/** `${desiredCount}` stands without quotes in the templates: it is put into some while they are JSON. */
function editTemplates(folder: string, edit: (descriptors: Descriptors) => void): void {
  const file = (kind: string): string => path.join(folder, `${kind}.json`);
  const read = (kind: string): Descriptor =>
    JSON.parse(readFileSync(file(kind), 'utf8').replace(/: \$\{(\w+)\}/gu, ': "<$1>"')) as Descriptor;
  const descriptors = {
    'task-definition': read('task-definition'),
    'service-definition': read('service-definition'),
    'service-update': read('service-update'),
  };
  edit(descriptors);
  for (const [kind, descriptor] of Object.entries(descriptors))
    writeFileSync(file(kind), JSON.stringify(descriptor, null, 2).replace(/"<([\w.]+)>"/gu, '${$1}'));
}

/** Without a load balancer, if nothing else is said; each version published and installed, one after the other. */
export async function openInstalled(options: ShopOptions, ...versions: readonly string[]): Promise<Shop> {
  const shop = openShop({ edit: bare, ...options });
  for (const version of versions) {
    await shop.publish(version);
    await shop.install(version);
  }
  return shop;
}
