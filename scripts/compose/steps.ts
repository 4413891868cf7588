// The steps of the story by docker compose: each starts containers as Bamboo would, and judges what was seen.
import { cpSync, existsSync } from 'node:fs';
import path from 'node:path';
import type { Ran, Stage } from './stage.ts';
import { startVisitor, tellVisits, visit, type Visits } from './visitor.ts';

export interface Outcome {
  readonly ok: boolean;
  /** One sentence. */
  readonly saw: string;
}

export interface Step {
  readonly title: string;
  readonly story: string;
  /** It needs tasks that are containers. */
  readonly containers?: true;
  readonly run: (on: Performance) => Promise<Outcome>;
}

export interface Performance {
  readonly stage: Stage;
  readonly containers: boolean;
  /** Through it a browser sees the service. */
  readonly loadBalancer: string;
  readonly recordsFolder: string;
  readonly print: (line: string) => void;
}

interface Build {
  readonly number: number;
  readonly version: string;
  readonly task?: 'serves' | 'crashes';
  readonly record: string;
}

async function oneShot(on: Performance, service: string, build: Build): Promise<Ran> {
  on.print(`$ docker compose run --rm ${service}`);
  const values = {
    REHEARSAL_VERSION: build.version,
    REHEARSAL_BUILD: String(build.number),
    REHEARSAL_TASK: build.task ?? 'serves',
  };
  const ran = await on.stage.run(service, values, (line) => on.print(`${service.padEnd(9)} | ${line}`));
  on.print(`${service.padEnd(9)} | exit code ${ran.exitCode}`);
  return ran;
}

/** A build plan and a deployment: the build's tasks, then the expander, then the installer. */
async function wayOf(on: Performance, build: Build): Promise<{ publish: Ran; install: Ran }> {
  const built = await oneShot(on, 'build', build);
  if (built.exitCode !== 0) throw new Error(`the build of ${build.version} failed, see above`);
  const publish = await oneShot(on, 'expander', build);
  const install = await oneShot(on, 'installer', build);
  keepRecord(on, build.record);
  return { publish, install };
}

function keepRecord({ stage, recordsFolder }: Performance, name: string): void {
  for (const ending of ['html', 'json']) {
    const source = path.join(stage.values.work, `checkout/target/bamboo-ecs/record.${ending}`);
    if (existsSync(source)) cpSync(source, path.join(recordsFolder, `${name}.${ending}`));
  }
}

const has = ({ lines }: Ran, text: string): boolean => lines.some((line) => line.includes(text));

async function underVisits<T>(
  on: Performance,
  act: () => Promise<T>,
): Promise<{ result: T; visits: Visits | null }> {
  const visitor = on.containers ? startVisitor(on.loadBalancer) : null;
  try {
    return { result: await act(), visits: (await visitor?.stop()) ?? null };
  } finally {
    await visitor?.stop();
  }
}

export const steps: readonly Step[] = [
  {
    title: '3.2.0: build 1 is published and installed',
    story: 'Everything starts in order: the servers until they are healthy, then build, expander, installer.',
    async run(on) {
      on.print('$ docker compose up --detach installer');
      const show = (service: string) => (line: string) => on.print(`${service.padEnd(9)} | ${line}`);
      try {
        await on.stage.up('installer');
      } catch (error) {
        const stopped = error instanceof Error && error.name === 'AbortError';
        if (!stopped) await on.stage.lastWords((line) => on.print(line));
        throw error;
      }
      for (const service of ['build', 'expander', 'cloud']) await on.stage.follow(service, show(service));
      const { exitCode } = await on.stage.follow('installer', show('installer'));
      keepRecord(on, '1-created-3.2.0');
      const answer = on.containers ? await visit(on.loadBalancer) : { version: '3.2.0.RELEASE' };
      const serves = 'version' in answer ? answer.version : answer.lost;
      return {
        ok: exitCode === 0 && serves === '3.2.0.RELEASE',
        saw: `created, exit ${exitCode}${on.containers ? `; ${on.loadBalancer} says: ${serves}` : ''}`,
      };
    },
  },
  {
    title: '3.2.1: build 2 replaces it',
    story: 'A new version: one more revision, one UpdateService, watched to its verdict.',
    async run(on) {
      const { result, visits } = await underVisits(on, async () =>
        wayOf(on, { number: 2, version: '3.2.1', record: '2-updated-3.2.1' }),
      );
      const seen = visits === null || (visits.versions['3.2.1.RELEASE'] ?? 0) > 0;
      const told = visits === null ? '' : `; ${tellVisits(visits)}`;
      return {
        ok: result.publish.exitCode === 0 && result.install.exitCode === 0 && seen,
        saw: `updated, exit ${result.install.exitCode}${told}`,
      };
    },
  },
  {
    title: 'build 2 is deployed again',
    story: 'Somebody presses the button twice: nothing is published, registered or deployed.',
    async run(on) {
      const again = { number: 2, version: '3.2.1', record: '3-unchanged-3.2.1' };
      const { publish, install } = await wayOf(on, again);
      const ok = install.exitCode === 0 && has(install, 'UNCHANGED') && has(publish, 'already published');
      return { ok, saw: `already published; unchanged, exit ${install.exitCode}` };
    },
  },
  {
    title: '3.3.0: build 3 crashes',
    story: 'Its container exits with 3 at once. The installer must notice, say why, and see 3.2.1 back.',
    containers: true,
    async run(on) {
      const crash = { number: 3, version: '3.3.0', task: 'crashes', record: '4-crash-3.3.0' } as const;
      const { result, visits } = await underVisits(on, async () => wayOf(on, crash));
      const wrong = visits?.versions['3.3.0.RELEASE'] ?? 0;
      const answer = await visit(on.loadBalancer);
      const serves = 'version' in answer ? answer.version : answer.lost;
      return {
        ok:
          result.publish.exitCode === 0 &&
          result.install.exitCode === 5 &&
          wrong === 0 &&
          serves === '3.2.1.RELEASE',
        saw: `exit ${result.install.exitCode}: caught, explained, rolled back to ${serves}; ${visits ? tellVisits(visits) : ''}`,
      };
    },
  },
];
