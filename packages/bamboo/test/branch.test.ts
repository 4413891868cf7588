import { describe, expect, test } from '@jest/globals';
import { normaliseBranch } from '@bamboo-ecs/release';
import { branchVariables, plainBranch, resolveBranch } from '../src/index.ts';
import { told, variables } from './helpers.ts';

const resolve = (entries: Readonly<Record<string, string>>, setting?: string) =>
  resolveBranch(variables(entries), setting);

describe('the branch of a build', () => {
  const cases: [Readonly<Record<string, string>>, string | undefined, string, string][] = [
    [{ bamboo_planRepository_branchName: 'master' }, undefined, 'master', 'bamboo_planRepository_branchName'],
    [
      { bamboo_planRepository_branchName: ' refs/heads/feature/x ' },
      undefined,
      'feature/x',
      'bamboo_planRepository_branchName',
    ],
    [
      { bamboo_repository_branch_name: 'origin/master' },
      undefined,
      'master',
      'bamboo_repository_branch_name',
    ],
    [
      { bamboo_planRepository_branchName: '', bamboo_repository_git_branch: 'master' },
      undefined,
      'master',
      'bamboo_repository_git_branch',
    ],
    [
      Object.fromEntries(
        branchVariables.map((name, index) => [
          name,
          ['master', 'origin/master', 'refs/heads/master'][index % 3] ?? '',
        ]),
      ),
      undefined,
      'master',
      'bamboo_planRepository_branchName',
    ],
    // The second repository of the plan is none of our business.
    [
      { bamboo_planRepository_branchName: 'master', bamboo_planRepository_2_branchName: 'other' },
      undefined,
      'master',
      'bamboo_planRepository_branchName',
    ],
    [
      { bamboo_planRepository_branchName: 'a', bamboo_planRepository_branch: 'b' },
      'origin/c',
      'c',
      'the setting branch',
    ],
    [{}, 'master', 'master', 'the setting branch'],
    [
      { bamboo_planRepository_branchName: 'größe/💥' },
      undefined,
      'größe/💥',
      'bamboo_planRepository_branchName',
    ],
    [
      { bamboo_planRepository_branchName: '__proto__' },
      undefined,
      '__proto__',
      'bamboo_planRepository_branchName',
    ],
  ];
  test.each(cases)('%j %j', (entries, setting, branch, origin) => {
    expect(resolve(entries, setting)).toEqual({ kind: 'branch', branch, origin });
  });

  test.each(branchVariables)('%s alone is enough', (name) => {
    expect(resolve({ [name]: 'master' })).toMatchObject({ kind: 'branch', branch: 'master', origin: name });
  });
});

describe('a pull request is ignored', () => {
  test.each([
    [
      { bamboo_repository_pr_key: '7', bamboo_planRepository_branchName: 'master' },
      undefined,
      'master',
      /pull request 7/,
    ],
    [
      { bamboo_repository_pr_key: '7', bamboo_repository_pr_sourceBranch: 'refs/heads/fix' },
      'master',
      'fix',
      /pull request 7/,
    ],
    [{ bamboo_repository_pr_key: '7' }, undefined, '', /pull request 7/],
    [
      {
        bamboo_repository_pr_key: '7',
        bamboo_planRepository_branchName: 'a',
        bamboo_planRepository_branch: 'b',
      },
      undefined,
      'a',
      /pull request/,
    ],
    [
      { bamboo_planRepository_branchName: 'refs/pull-requests/7/from' },
      undefined,
      'refs/pull-requests/7/from',
      /branch of a pull request/,
    ],
    [
      { bamboo_planRepository_branchName: 'refs/pull/7/merge' },
      undefined,
      'refs/pull/7/merge',
      /branch of a pull request/,
    ],
  ])('%j', (entries, setting, branch, reason) => {
    const answer = resolve(entries, setting);
    expect(answer).toMatchObject({ kind: 'pull-request', branch });
    expect(answer).toHaveProperty('reason', expect.stringMatching(reason));
  });
});

describe('problems', () => {
  test.each([
    [{}, /none of bamboo_planRepository_branchName, .*bamboo_repository_branch_name is there/],
    [{ bamboo_planRepository_branchName: '  ' }, /the branch is not known/],
    [
      { bamboo_planRepository_branchName: 'master', bamboo_repository_branch_name: 'development' },
      /different branches: bamboo_planRepository_branchName=master, bamboo_repository_branch_name=development → Set branch/,
    ],
    [
      { bamboo_planRepository_branchName: 'master', bamboo_planRepository_1_branchName: 'Master' },
      /different branches/,
    ],
    [
      { bamboo_planRepository_branchName: '${bamboo.planRepository.branchName}' },
      /is no name of a Git branch/,
    ],
    [{ bamboo_planRepository_branchName: 'a b' }, /is no name of a Git branch/],
    [{ bamboo_planRepository_branchName: 'a\nb' }, /is no name of a Git branch/],
    [{ bamboo_planRepository_branchName: 'refs/heads/' }, /the branch has no name/],
  ])('%j', (entries, reason) => {
    const answer = resolve(entries);
    expect(answer.kind === 'problem' ? told(answer.problems) : answer).toMatch(reason);
  });
});

test('a branch is spelt here as the branch map spells it', () => {
  const texts = [
    'master',
    ' refs/heads/x ',
    'origin/x',
    'refs/remotes/origin/x',
    'remotes/origin/x',
    'refs/heads/origin/x',
    'origin/refs/heads/x',
    'heads/x',
    'refs/tags/x',
    'refs/heads/',
    '',
  ];
  for (const text of texts) {
    expect(plainBranch(text)).toBe(normaliseBranch(text));
    expect(plainBranch(plainBranch(text))).toBe(plainBranch(text));
  }
});
