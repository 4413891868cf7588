// Installations that between them make every call to AWS that the installer can make, on the virtual clock.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { openWorld, startMs, type Env, type Run, type World } from '../e2e/harness.ts';
import { masterBuild } from '../e2e/harness.ts';

export type Command = 'plan' | 'install' | 'status' | 'rollback' | 'continue';

export interface WireCall {
  readonly command: Command;
  readonly operation: string;
  readonly request: Readonly<Record<string, unknown>>;
}

export interface Observed {
  readonly calls: readonly WireCall[];
  /** Exit codes and logs by the name of the step. */
  readonly runs: Readonly<Record<string, Run>>;
}

interface Step {
  readonly name: string;
  readonly example: 'hid-generator' | 'python-service';
  readonly version: string;
  readonly command: Command;
  readonly env?: Env;
  /** Its updates wait at a PAUSE hook. */
  readonly pauses?: true;
  /** Published by an earlier step. */
  readonly again?: true;
}

const steps: readonly Step[] = [
  { name: 'plan of a new service', example: 'hid-generator', version: '1.0.14', command: 'plan' },
  { name: 'create', example: 'hid-generator', version: '1.0.14', command: 'install' },
  { name: 'unchanged', example: 'hid-generator', version: '1.0.14', command: 'install' },
  { name: 'plan of an update', example: 'hid-generator', version: '1.0.15', command: 'plan' },
  { name: 'update', example: 'hid-generator', version: '1.0.15', command: 'install' },
  {
    name: 'plan of another desired count',
    example: 'hid-generator',
    version: '1.0.16',
    command: 'plan',
    env: { bamboo_desiredCount: '3' },
  },
  {
    name: 'another desired count',
    example: 'hid-generator',
    version: '1.0.16',
    command: 'install',
    env: { bamboo_desiredCount: '3' },
  },
  { name: 'crash, roll back by an update', example: 'hid-generator', version: '9.0.0', command: 'install' },
  { name: 'second service', example: 'python-service', version: '2.4.0', command: 'install' },
  {
    name: 'crash, ECS is told to stop the deployment',
    example: 'python-service',
    version: '9.0.0',
    command: 'install',
  },
  {
    name: 'old revisions are deregistered',
    example: 'hid-generator',
    version: '1.0.17',
    command: 'install',
    env: { bamboo_ecs_keep_revisions: '1' },
  },
  { name: 'status', example: 'hid-generator', version: '1.0.17', command: 'status' },
  {
    name: 'pause',
    example: 'python-service',
    version: '2.4.1',
    command: 'install',
    env: { bamboo_ecs_on_pause: 'stop' },
    pauses: true,
  },
  { name: 'continue', example: 'python-service', version: '2.4.1', command: 'continue', again: true },
  { name: 'back by hand', example: 'hid-generator', version: '1.0.17', command: 'rollback' },
];

const lateVariables: Env = {
  bamboo_environment_cluster: 'production',
  bamboo_environment_desiredCount: '2',
  bamboo_environment_printer: 'basement',
};

export async function observeInstallations(): Promise<Observed> {
  const world = openWorld({
    startMs,
    clusters: [
      {
        name: 'production',
        instances: ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `eu-west-1${zone}` })),
        capacityProviders: [{ name: 'large', managedScaling: true }],
      },
    ],
    scenario: { rules: [{ match: '9.0.0.RELEASE', outcome: { kind: 'exits', afterMs: 2000, exitCode: 1 } }] },
  });
  try {
    const calls: WireCall[] = [];
    const runs: Record<string, Run> = {};
    for (const [index, step] of steps.entries()) {
      const before = world.ecs.requests.length;
      runs[step.name] = await run(world, step, index + 1);
      for (const { operation, body } of world.ecs.requests.slice(before)) {
        const request = (
          body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
        ) as Record<string, unknown>;
        calls.push({ command: step.command, operation, request });
      }
    }
    return { calls, runs };
  } finally {
    world.close();
  }
}

async function run(world: World, step: Step, number: number): Promise<Run> {
  const cwd = world.checkout(step.example, `build-${number}`);
  if (step.pauses) addPause(path.join(cwd, 'descriptors', 'service-update.json'));
  const env = { ...masterBuild(number), ...step.env, bamboo_ecs_version: step.version };
  const published = step.again ? null : await world.expander(cwd, env);
  if (published && published.exitCode !== 0)
    throw new Error(`${step.name} was not published:\n${published.log}`);
  const project = step.example === 'python-service' ? 'label-printer' : step.example;
  return world.installer(
    cwd,
    {
      ...masterBuild(number),
      ...lateVariables,
      bamboo_inject_version: `${step.version}.RELEASE`,
      bamboo_inject_project: project,
      ...step.env,
      bamboo_deploy_environment: 'Production',
    },
    step.command,
  );
}

function addPause(file: string): void {
  const hook = '"lifecycleHooks": [{ "targetType": "PAUSE", "lifecycleStages": ["POST_SCALE_UP"] }],';
  const text = readFileSync(file, 'utf8').replace(/"deploymentConfiguration": \{/u, `$& ${hook}`);
  writeFileSync(file, text);
}
