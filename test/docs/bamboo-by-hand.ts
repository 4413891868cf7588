// A spec carried out as Bamboo would: scripts by a shell, our images by the programs on the virtual clock, docker by a note of its arguments.
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Env, Run, World } from '../e2e/harness.ts';
import { passedBy, readProperties, runScript } from './agent.ts';
import {
  environmentName,
  fieldsOf,
  invocationOf,
  listOf,
  textOf,
  type Spec,
  type Task,
  type Work,
} from './spec.ts';

const script = path.join(import.meta.dirname, '../../docs/bamboo-variables.sh');

export interface Build {
  readonly branch: string;
  readonly number: number;
  readonly revision?: string;
  /** Run customised: variables that were given by hand. */
  readonly customised?: Env;
}

export interface BuildResult {
  readonly build: Build;
  readonly ok: boolean;
  /** What the deployment gets: the build's own variables and those injected with scope RESULT. */
  readonly variables: Env;
  /** Arguments of each call of docker. */
  readonly docker: readonly string[];
  readonly runs: readonly Run[];
  /** Shared artifacts by name: the folder that holds them. */
  readonly artifacts: ReadonlyMap<string, string>;
  /** What the JUnit parser found, or would have failed for. */
  readonly reports: readonly string[];
}

/** Variables that the administration of Bamboo gives to everything (docs/bamboo.md). */
const globals: Env = {
  bamboo_registry: 'registry.example.com',
  bamboo_ecs_artifactory_user: 'bamboo',
  bamboo_ecs_artifactory_password: 'a "secret" with $HOME and \\',
  bamboo_releaseNotes: 'first line\nbamboo_ecs_repository=file:/elsewhere\n',
  // No registry is there to be asked.
  bamboo_ecs_image_digest: 'off',
};

export class BambooByHand {
  readonly #world: World;
  readonly #spec: Spec;
  readonly #makeCheckout: (name: string) => string;
  #rooms = 0;

  /** `makeCheckout` gives a fresh copy of the project's repository. */
  constructor(world: World, spec: Spec, makeCheckout: (name: string) => string) {
    this.#world = world;
    this.#spec = spec;
    this.#makeCheckout = makeCheckout;
  }

  async build(build: Build): Promise<BuildResult> {
    const { plan, jobs } = this.#spec;
    const header = fieldsOf(plan['plan'], 'plan');
    const planKey = `${textOf(header['project-key'])}-${textOf(header['key'])}`;
    const base: Record<string, string> = {
      ...globals,
      ...spelled(plan['variables']),
      ...this.#branchVariables(build.branch),
      ...build.customised,
      bamboo_planKey: planKey,
      bamboo_buildNumber: String(build.number),
      bamboo_planRepository_branchName: build.branch,
      bamboo_planRepository_revision: build.revision ?? String(build.number).repeat(8),
    };
    const result = { docker: [] as string[], runs: [] as Run[], reports: [] as string[] };
    const artifacts = new Map<string, string>();
    let ok = true;
    for (const job of jobs) {
      const cwd = this.#makeCheckout(`room-${++this.#rooms}`);
      mkdirSync(path.join(cwd, 'bamboo-specs'), { recursive: true });
      cpSync(script, path.join(cwd, 'bamboo-specs/bamboo-variables.sh'));
      const key = `${planKey}-${textOf(job.fields['key'])}`;
      const own = { bamboo_buildKey: key, bamboo_buildResultKey: `${key}-${build.number}` };
      ok = await this.#work(job, cwd, { shared: base, own, ...result });
      for (const artifact of listOf(job.fields['artifacts']).map((each) => fieldsOf(each, 'artifact'))) {
        const location = path.join(cwd, textOf(artifact['location']));
        const found = existsSync(path.join(location, textOf(artifact['pattern'])));
        if (artifact['required'] === true && !found) ok = false;
        if (artifact['shared'] === true) artifacts.set(textOf(artifact['name']), location);
      }
      if (!ok) break;
    }
    return { build, ok, variables: base, artifacts, ...result };
  }

  /** Deploys the release that was made of a build; `extra` says what Bamboo says beside, as `bamboo_deploy_rollback`. */
  async deploy(
    from: BuildResult,
    environment: string,
    extra: Env = {},
  ): Promise<{ ok: boolean; runs: readonly Run[] }> {
    const work = this.#spec.environments.find((each) => each.name === environment);
    if (!work) throw new Error(`no environment ${environment}`);
    const cwd = path.join(this.#world.folder, `deployment-${++this.#rooms}`);
    mkdirSync(cwd, { recursive: true });
    const own = {
      ...spelled(work.fields['variables']),
      bamboo_deploy_environment: environment,
      bamboo_deploy_project: 'by hand',
      bamboo_deploy_release: `release-${from.build.number}`,
      bamboo_deploy_rollback: 'false',
      ...extra,
    };
    const runs: Run[] = [];
    const shared = { ...from.variables };
    const ok = await this.#work(work, cwd, {
      shared,
      own,
      runs,
      docker: [],
      reports: [],
      artifacts: from.artifacts,
    });
    return { ok, runs };
  }

  #branchVariables(branch: string): Env {
    const overrides = listOf(this.#spec.plan['branch-overrides']).flatMap((each) =>
      Object.entries(fieldsOf(each, 'branch-overrides')),
    );
    const found = overrides.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'u').test(branch));
    return found ? spelled(fieldsOf(found[1], 'override')['variables']) : {};
  }

  /** Tasks up to the first failure, then the final tasks. */
  async #work(work: Work, cwd: string, room: Room): Promise<boolean> {
    let ok = true;
    for (const task of work.tasks) {
      ok = await this.#task(task, cwd, room);
      if (!ok) break;
    }
    for (const task of work.finalTasks) ok = (await this.#task(task, cwd, room)) && ok;
    if (readdirSync(cwd).some((name) => name.startsWith('bamboo-variables.env')))
      throw new Error('passwords stay');
    return ok;
  }

  async #task(task: Task, cwd: string, room: Room): Promise<boolean> {
    const { kind, fields } = task;
    const env = (): Env => ({ ...room.shared, ...room.own, ...room.local });
    const invocation = invocationOf(task);
    if (invocation) {
      // Docker Runner: the script of the task sees Bamboo's variables. A Docker task sees what its field passes.
      const passed = kind === 'any-task' ? passedBy(task, env()) : env();
      const run = await this.#world[invocation.program](cwd, passed, ...invocation.args);
      room.runs.push(run);
      return run.exitCode === 0;
    }
    switch (kind) {
      case 'checkout':
      case 'clean':
        return true;
      case 'script':
        return runScript(textOf(listOf(fields['scripts'])[0]), cwd, env(), room.docker);
      case 'inject-variables': {
        const injected = readProperties(path.join(cwd, textOf(fields['file'])));
        const entries = Object.entries(injected).map(
          ([key, value]) => [environmentName(`${textOf(fields['namespace'])}.${key}`), value] as const,
        );
        room.local = { ...room.local, ...Object.fromEntries(entries) };
        if (fields['scope'] === 'RESULT') Object.assign(room.shared, Object.fromEntries(entries));
        return true;
      }
      case 'artifact-download':
        for (const artifact of listOf(fields['artifacts']).map((each) => fieldsOf(each, 'artifact'))) {
          const source = room.artifacts?.get(textOf(artifact['name']));
          if (source === undefined) return false;
          cpSync(source, path.join(cwd, textOf(artifact['destination'])), { recursive: true });
        }
        return true;
      case 'test-parser': {
        const folders = listOf(fields['test-results']).map((pattern) => path.dirname(textOf(pattern)));
        const files = folders.flatMap((folder) => {
          const place = path.join(cwd, folder);
          return existsSync(place)
            ? readdirSync(place).map((name) => readFileSync(path.join(place, name), 'utf8'))
            : [];
        });
        room.reports.push(...files);
        return (
          files.length > 0 &&
          files.every((text) => text.includes('<testcase') && !/<(?:failure|error)\b/u.test(text))
        );
      }
      default:
        throw new Error(`no idea how Bamboo does ${kind}`);
    }
  }
}

interface Room {
  /** Of the result: later jobs and the deployment see them. */
  readonly shared: Record<string, string>;
  readonly own: Env;
  local?: Env;
  readonly docker: string[];
  readonly runs: Run[];
  readonly reports: string[];
  readonly artifacts?: ReadonlyMap<string, string>;
}

function spelled(variables: unknown): Env {
  if (variables === undefined) return {};
  return Object.fromEntries(
    Object.entries(fieldsOf(variables, 'variables')).map(([name, value]) => [
      environmentName(name),
      textOf(value),
    ]),
  );
}
