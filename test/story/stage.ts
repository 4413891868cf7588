// The stage of the story: the servers, a folder for the projects, and Bamboo's part played by hand.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  pushImage,
  startArtifactoryStandIn,
  startEcsStandIn,
  startRegistryStandIn,
} from '@bamboo-ecs/rehearsal';
import { quickPace, type Pace } from '@bamboo-ecs/rollout/simulation';
import { injectedFrom } from './bamboo-server.ts';
import { runProgram, type Ended, type Invocation } from './programs.ts';

const root = path.join(import.meta.dirname, '..', '..');
/** How long things take on the stand-in, against its own quick pace: a rollout is over in seconds, in real time. */
const haste = 0.4;

export const password = 'rehearsal-password';

export interface Stage {
  readonly ecsUrl: string;
  readonly registryHost: string;
  readonly repository: string;
  readonly recordsFolder: string;
  readonly records: () => readonly string[];
  /** Address of a service through the stand-in's load balancer. */
  readonly loadBalancer: (name: string) => string;
  /** A fresh checkout of an example; `change` edits its files by name. */
  readonly checkout: (
    example: string,
    name: string,
    change?: Readonly<Record<string, (text: string) => string>>,
  ) => string;
  /** "Builds" an image and pushes it; the same content gives the same digest. Returns the digest. */
  readonly push: (name: string, tag: string, content: string) => Promise<string>;
  /** Runs a program with the settings of the shop, its lines printed as Bamboo's log shows them. */
  readonly run: (invocation: Omit<Invocation, 'onLine'>) => Promise<Ended>;
  readonly injected: (checkout: string) => Record<string, string>;
  readonly keepRecord: (checkout: string, name: string) => void;
  readonly close: () => Promise<void>;
}

/** Tasks stay describable for as long as ever; everything else is quicker. */
function hasty(pace: Pace): Pace {
  const quicker = Object.entries(pace).map(([name, ms]) => [
    name,
    ms !== null && ms < 60_000 ? Math.round(ms * haste) : ms,
  ]);
  return { ...pace, ...Object.fromEntries(quicker) };
}

const zones = ['eu-west-1a', 'eu-west-1b', 'eu-west-1a', 'eu-west-1b'].map((zone) => ({ zone }));

export async function openStage(print: (line: string) => void, folder: string): Promise<Stage> {
  rmSync(folder, { recursive: true, force: true });
  const recordsFolder = path.join(folder, 'records');
  mkdirSync(recordsFolder, { recursive: true });
  const artifactory = await startArtifactoryStandIn({
    users: [
      { name: 'bamboo', password, canDelete: false },
      { name: 'bamboo-milestone', password, canDelete: true },
    ],
    repositories: ['descriptors-release-local', 'descriptors-milestone-local'],
  });
  const registry = await startRegistryStandIn({});
  const ecs = await startEcsStandIn({
    pace: hasty(quickPace),
    clusters: ['production', 'qa'].map((name) => ({ name, instances: zones })),
    scenario: {
      rules: [
        {
          match: '1.0.16.RELEASE',
          outcome: {
            kind: 'exits',
            afterMs: 150,
            exitCode: 1,
            output: [
              'INFO hid-generator 1.0.16 starting',
              'INFO connecting to postgres://hid:swordfish@db.internal:5432/hid',
              'Error: connect ECONNREFUSED 10.0.3.7:5432',
            ],
          },
        },
      ],
    },
  });
  print(`Artifactory stand-in  ${artifactory.url}`);
  print(`Registry stand-in     ${registry.url}`);
  print(
    `Amazon ECS stand-in   ${ecs.url}  (everything takes seconds; clusters production and qa, 4 instances in 2 zones each)`,
  );
  const repository = `${artifactory.url}/descriptors-{tag}-local`;
  return {
    ecsUrl: ecs.url,
    registryHost: new URL(registry.url).host,
    repository,
    recordsFolder,
    records: () =>
      readdirSync(recordsFolder)
        .filter((name) => name.endsWith('.html'))
        .sort(),
    loadBalancer: (name) => ecs.loadBalancerUrl(name),
    checkout(example, name, change = {}) {
      const target = path.join(folder, 'checkouts', name);
      rmSync(target, { recursive: true, force: true });
      cpSync(path.join(root, 'examples', example), target, { recursive: true });
      for (const [file, edit] of Object.entries(change)) {
        const full = path.join(target, file);
        writeFileSync(full, edit(readFileSync(full, 'utf8')));
      }
      return target;
    },
    push: async (name, tag, content) => pushImage(registry.url, name, tag, content),
    async run({ program, args, cwd, env }) {
      print(
        `simple\t${stamp()}\tStarting task '${program}' (a Docker task): docker run … ${program} ${args.join(' ')}`,
      );
      const ended = await runProgram({
        program,
        args,
        cwd,
        env: {
          bamboo_ecs_repository: repository,
          bamboo_ecs_artifactory_user:
            env['bamboo_planRepository_branchName'] === 'development' ? 'bamboo-milestone' : 'bamboo',
          bamboo_ecs_artifactory_password: password,
          AWS_REGION: 'eu-west-1',
          AWS_ENDPOINT_URL: ecs.url,
          AWS_ACCESS_KEY_ID: 'rehearsal',
          AWS_SECRET_ACCESS_KEY: 'rehearsal-secret-key',
          ...env,
        },
        onLine: (line) => print(`build\t${stamp()}\t${line}`),
      });
      print(`simple\t${stamp()}\tFinished task '${program}' with exit code ${ended.exitCode}`);
      return ended;
    },
    injected: (checkout) => injectedFrom(path.join(checkout, 'target/bamboo-ecs/bamboo.properties')),
    keepRecord(checkout, name) {
      for (const ending of ['html', 'json']) {
        const source = path.join(checkout, `target/bamboo-ecs/record.${ending}`);
        if (existsSync(source)) cpSync(source, path.join(recordsFolder, `${name}.${ending}`));
      }
    },
    async close() {
      await Promise.all([artifactory.close(), registry.close(), ecs.close()]);
    },
  };
}

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Bamboo's own time stamp in build logs: `24-Nov-2026 09:15:34`. */
function stamp(): string {
  const now = new Date();
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(now.getDate())}-${months[now.getMonth()]}-${now.getFullYear()} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}
