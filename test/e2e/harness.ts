// Whole programs in one process: real flows, real files, a repository in a folder, ECS's stand-in on a virtual clock.
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEcsClient, createEcsPort } from '@bamboo-ecs/ecs';
import {
  explainExpanderError,
  expanderCommands,
  runExpander,
  type ExpanderPorts,
} from '@bamboo-ecs/expander';
import {
  explainInstallerError,
  installerCommands,
  publishRecord,
  runInstaller,
  type InstallerPorts,
} from '@bamboo-ecs/installer';
import type { EcsPort } from '@bamboo-ecs/rollout';
import { createAlarmPort, createHealthPort, createLogsPort } from '@bamboo-ecs/neighbours';
import { runProgram, workingDirectory, type Program } from '@bamboo-ecs/program';
import { inProcessHandler, type InProcessHandler } from '@bamboo-ecs/rehearsal';
import {
  EcsSimulation,
  VirtualClock,
  type SavedSimulation,
  type SimulationOptions,
} from '@bamboo-ecs/rollout/simulation';
import { notify, openRegistry, openRepository } from '@bamboo-ecs/wiring';
import { FakeNeighbours } from './neighbours.ts';

const root = path.join(import.meta.dirname, '..', '..');
export const startMs = Date.UTC(2026, 10, 24, 2, 0, 0);

export interface Run {
  readonly exitCode: number;
  readonly log: string;
  /** Reads a file of the output folder as text. */
  readonly output: (name: string) => string;
}

export interface World {
  readonly folder: string;
  readonly clock: VirtualClock;
  readonly simulation: EcsSimulation;
  readonly ecs: InProcessHandler;
  /** Stands between the installer and ECS, when set. */
  between: ((port: EcsPort) => EcsPort) | null;
  /** What stands around the services; everything is there until a test takes it away. */
  readonly neighbours: FakeNeighbours;
  /** A copy of an example's folder; `change` edits its files. */
  readonly checkout: (example: string, name?: string) => string;
  readonly expander: (cwd: string, env: Env, ...argv: string[]) => Promise<Run>;
  /** The same, told to stop as soon as its log says this. */
  readonly expanderUntil: (text: string, cwd: string, env: Env, ...argv: string[]) => Promise<Run>;
  readonly installer: (cwd: string, env: Env, ...argv: string[]) => Promise<Run>;
  /** The same with a signal that the caller aborts. */
  readonly installerUntil: (signal: AbortSignal, cwd: string, env: Env, ...argv: string[]) => Promise<Run>;
  /** What is published and what ECS has, for other worlds to begin with. Good until this one is closed. */
  readonly save: () => SavedWorld;
  readonly close: () => void;
}

export interface SavedWorld {
  readonly ecs: SavedSimulation;
  readonly repository: string;
}

export interface WorldOptions extends SimulationOptions {
  /** Begins where another world was. */
  readonly from?: SavedWorld;
}
export type Env = Readonly<Record<string, string>>;

/** What hid-generator's templates ask for, and the settings that every run of this world shares. */
export const planVariables: Env = {
  bamboo_clusterName: 'production',
  bamboo_serviceName: 'hid-generator',
  bamboo_family: 'hid-generator',
  bamboo_containerName: 'hid-generator',
  bamboo_imageName: 'hid-generator',
  bamboo_registry: 'registry.example.com',
  bamboo_desiredCount: '2',
  bamboo_ecsInstanceRole: 'ecsServiceRole',
  bamboo_loadBalancerName: 'hid-generator',
};

export function masterBuild(number: number): Env {
  return {
    ...planVariables,
    bamboo_planRepository_branchName: 'master',
    bamboo_planRepository_revision: String(number).padStart(4, '0').repeat(10),
    bamboo_buildKey: 'HID-GEN-JOB1',
    bamboo_buildResultKey: `HID-GEN-JOB1-${number}`,
    bamboo_buildNumber: String(number),
    bamboo_ecs_image_digest: 'off',
  };
}

/** The expander asks servers twice at most, without much of a pause; a test may have a port of its own. */
const impatient: ExpanderPorts = {
  openRepository: async (context, tag) =>
    openRepository(context, tag, {
      timeouts: { connect: 500, response: 1000, request: 2000, total: 5000 },
      retry: { limit: 1, firstPause: 1, longestPause: 10, longestRetryAfter: 10 },
    }),
  openRegistry: async (context, references) =>
    openRegistry(context, references, { limit: 1, firstPause: 1, longestPause: 10 }),
};

export function openWorld({ from, ...options }: WorldOptions = {}, expanderPorts = impatient): World {
  const folder = mkdtempSync(path.join(tmpdir(), 'bamboo ecs '));
  const repository = path.join(folder, 'repository');
  if (from) cpSync(from.repository, repository, { recursive: true });
  const settings: SimulationOptions = {
    startMs,
    region: 'eu-west-1',
    clusters: [
      { name: 'production', instances: ['a', 'b', 'a', 'b'].map((zone) => ({ zone: `eu-west-1${zone}` })) },
    ],
    ...options,
  };
  const simulation = from ? EcsSimulation.restore(from.ecs, settings) : new EcsSimulation(settings);
  const clock = new VirtualClock(simulation.now, simulation);
  const ecs = inProcessHandler(simulation);
  const client = createEcsClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test-secret-key' },
    requestHandler: ecs,
  });
  const ports: InstallerPorts = {
    openRepository,
    openEcs: async () => {
      const port = createEcsPort({ clock, client });
      return world.between?.(port) ?? port;
    },
    openLogs: async () => createLogsPort(client),
    openHealth: async () => createHealthPort(client),
    openAlarms: async () => createAlarmPort(client),
    openPreflight: async () => world.neighbours,
    clock,
  };
  const expander: Program = {
    name: 'expander',
    version: '0.0.0',
    commands: expanderCommands,
    flow: async (context) => runExpander(context, expanderPorts),
    explain: explainExpanderError,
  };
  const installer: Program = {
    name: 'installer',
    version: '0.0.0',
    commands: installerCommands,
    flow: async (context) => runInstaller(context, ports),
    publishRecord: async (context, record) => publishRecord(context, ports, record),
    notify,
    explain: explainInstallerError,
  };
  const run = async (
    program: Program,
    signal: AbortSignal,
    cwd: string,
    env: Env,
    argv: string[],
    onLine: (line: string) => void = () => {},
  ): Promise<Run> => {
    const lines: string[] = [];
    const exitCode = await runProgram(program, {
      argv,
      env: {
        bamboo_ecs_repository: `file:${repository}`,
        AWS_REGION: 'eu-west-1',
        ...env,
      },
      files: workingDirectory(cwd),
      write: (line) => {
        lines.push(line);
        onLine(line);
      },
      colour: false,
      now: () => clock.now(),
      signal,
      onProgressRequest: () => {},
    });
    const output = (name: string): string => readFileSync(path.join(cwd, 'target/bamboo-ecs', name), 'utf8');
    return { exitCode, log: lines.join('\n'), output };
  };
  const never = new AbortController().signal;
  const world: World = {
    between: null,
    neighbours: new FakeNeighbours(),
    folder,
    clock,
    simulation,
    ecs,
    checkout(example, name = example) {
      const target = path.join(folder, 'checkouts', name);
      cpSync(path.join(root, 'examples', example), target, { recursive: true });
      return target;
    },
    expander: async (cwd, env, ...argv) => run(expander, never, cwd, env, argv),
    async expanderUntil(text, cwd, env, ...argv) {
      const stop = new AbortController();
      return run(expander, stop.signal, cwd, env, argv, (line) => {
        if (line.includes(text)) stop.abort('SIGTERM');
      });
    },
    installer: async (cwd, env, ...argv) => run(installer, never, cwd, env, argv),
    installerUntil: async (signal, cwd, env, ...argv) => run(installer, signal, cwd, env, argv),
    save: () => ({ ecs: simulation.save(), repository }),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
  return world;
}
