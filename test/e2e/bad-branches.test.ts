// Branches and branch maps: which are ignored, which are refused, nothing published.
import { rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { build, checkoutWith, expectRefused, outputsOf, publishedFiles } from './bad-input.ts';
import { openWorld, type Env, type Run, type World } from './harness.ts';

let world: World;
let cwd: string;
beforeEach(() => {
  world = openWorld();
  cwd = checkoutWith(world);
});
afterEach(() => world.close());

async function refused(env: Env, ...said: readonly string[]): Promise<Run> {
  const run = await world.expander(cwd, { ...build, ...env });
  expectRefused(cwd, run, 2, ...said);
  expect(publishedFiles(world)).toEqual([]);
  expect(outputsOf(cwd).properties).toMatchObject({ version: '', project: '' });
  return run;
}

async function version(env: Env = {}): Promise<string> {
  const run = await world.expander(cwd, { ...build, ...env }, 'version');
  if (run.exitCode !== 0) throw new Error(run.log);
  return outputsOf(cwd).properties['version'] ?? '';
}

describe('branches', () => {
  const withBranch = (branch: string): Env => ({ bamboo_planRepository_branchName: branch });

  test('none is known: the variables that are looked for are named', async () => {
    await refused(
      withBranch(''),
      'the branch is not known',
      'bamboo_planRepository_branchName',
      'bamboo_ecs_branch=master',
    );
  });

  test('two variables that disagree are told with their values; the setting decides', async () => {
    const env = { bamboo_repository_branch_name: 'development' };
    await refused(
      env,
      'bamboo_planRepository_branchName=master, bamboo_repository_branch_name=development',
      'Set branch to the one that is meant',
    );
    expect(await version({ ...env, bamboo_ecs_branch: 'development' })).toBe('1.0.15.MILESTONE');
  });

  test.each(['refs/heads/master', 'origin/master', 'refs/remotes/origin/master', ' master '])(
    '%j is master',
    async (branch) => {
      expect(await version(withBranch(branch))).toBe('1.0.15.RELEASE');
    },
  );

  test.each(['${bamboo.planRepository.branchName}', 'a..b c', 'a\nb', '\u0000'])(
    '%j is no branch',
    async (branch) => {
      await refused(withBranch(branch), 'is no name of a Git branch');
    },
  );

  test.each(['feature/x', 'Master', 'release/1.0', 'master-fix', 'origin', '__proto__', 'constructor'])(
    '%s is ignored: one clear line, exit 0, published=false',
    async (branch) => {
      const run = await world.expander(cwd, { ...build, ...withBranch(branch) });
      expect(run.exitCode).toBe(0);
      const line = `the branch map master=RELEASE,development=MILESTONE gives no tag for the branch ${branch}; nothing is published`;
      expect(run.log).toContain(`Ignored: ${line}\n`);
      expect(run.log).toContain(`IGNORED: ${line}\n`);
      expect(outputsOf(cwd).properties).toMatchObject({
        published: 'false',
        outcome: 'ignored',
        version: '',
        branch,
      });
      expect(publishedFiles(world)).toEqual([]);
    },
  );

  test.each([
    ['main', 'master=RELEASE,development=MILESTONE,main=RELEASE'],
    ['develop', 'master=RELEASE,development=MILESTONE,develop=MILESTONE'],
  ])('%s is ignored, and how to publish it is said', async (branch, map) => {
    const run = await world.expander(cwd, { ...build, ...withBranch(branch) });
    expect(run.exitCode).toBe(0);
    expect(run.log).toContain(
      `If ${branch} is to be published, set the Bamboo variable ecs.branches to ${map}.`,
    );
    expect(publishedFiles(world)).toEqual([]);
  });

  test('an ignored branch is ignored although everything else is missing', async () => {
    rmSync(path.join(cwd, 'package.json'));
    rmSync(path.join(cwd, 'descriptors'), { recursive: true });
    const run = await world.expander(cwd, {
      bamboo_planRepository_branchName: 'feature/x',
      bamboo_ecs_repository: '',
    });
    expect(run).toMatchObject({ exitCode: 0 });
  });

  test.each<[string, Env]>([
    ['a pull request', { bamboo_repository_pr_key: '12', bamboo_repository_pr_sourceBranch: 'feature/y' }],
    ['the branch of a pull request', withBranch('refs/pull/12/merge')],
  ])('%s is ignored, although it is to master', async (_, env) => {
    const run = await world.expander(cwd, { ...build, ...env });
    expect(run.exitCode).toBe(0);
    expect(run.log).toMatch(/Ignored: .*pull request.*; nothing is published/u);
    expect(outputsOf(cwd).properties).toMatchObject({ published: 'false', outcome: 'ignored' });
    expect(publishedFiles(world)).toEqual([]);
  });

  test('a branch map that is nonsense: every entry is told', async () => {
    await refused(
      { bamboo_ecs_branches: 'master=RELESE,,develop,=RELEASE,x=MILESTONE,x=RELEASE' },
      '5 errors:',
      "has the unknown tag 'RELESE'",
      'Did you mean RELEASE?',
      'Entry 2 of the map of branches is empty',
      'has no "="',
      'names no branch',
      'is given twice',
    );
  });
});
