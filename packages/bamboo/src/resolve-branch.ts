// Which branch is built: the setting, or Bamboo's variables, which must agree.
import { branchVariables } from './context.ts';
import { error, type Problem } from './problem.ts';
import { given } from './variables.ts';

export type ResolvedBranch =
  | { readonly kind: 'branch'; readonly branch: string; readonly origin: string }
  /** A pull request is never published, whatever its branch is called. */
  | { readonly kind: 'pull-request'; readonly branch: string; readonly reason: string }
  | { readonly kind: 'problem'; readonly problems: readonly Problem[] };

/** Takes off what Git and Bamboo put in front: `refs/heads/`, `refs/remotes/origin/`, `origin/`. */
export function plainBranch(text: string): string {
  return text.trim().replace(/^(?:refs\/heads\/|(?:refs\/)?(?:remotes\/)?origin\/)+/u, '');
}

/** What Bitbucket and GitHub call the branches of pull requests. */
const pullRequestBranch = /^refs\/pull(?:-requests)?\//u;

export function resolveBranch(variables: Readonly<Record<string, string>>, setting?: string): ResolvedBranch {
  const pullRequest = given(variables, 'bamboo_repository_pr_key');
  const candidates = branchVariables.flatMap((name) => {
    const value = given(variables, name);
    return value === undefined ? [] : [{ name, branch: plainBranch(value) }];
  });
  const [first] = candidates;
  if (pullRequest !== undefined) {
    const branch = given(variables, 'bamboo_repository_pr_sourceBranch') ?? first?.branch ?? setting ?? '';
    return {
      kind: 'pull-request',
      branch: plainBranch(branch),
      reason: `this is the build of pull request ${pullRequest}`,
    };
  }
  if (setting !== undefined) return checked(plainBranch(setting), 'the setting branch', 'branch');
  if (!first) return { kind: 'problem', problems: [missing()] };
  if (candidates.some(({ branch }) => branch !== first.branch)) {
    const each = candidates.map(({ name, branch }) => `${name}=${branch}`).join(', ');
    const message = `Bamboo's variables name different branches: ${each}`;
    return {
      kind: 'problem',
      problems: [
        error(
          'branches-disagree',
          message,
          { variable: first.name },
          'Set branch to the one that is meant, e.g. ecs.branch=${bamboo.planRepository.branchName}.',
        ),
      ],
    };
  }
  return checked(first.branch, first.name, first.name);
}

function checked(branch: string, origin: string, variable: string): ResolvedBranch {
  if (pullRequestBranch.test(branch))
    return { kind: 'pull-request', branch, reason: `${branch} is the branch of a pull request (${origin})` };
  // What git check-ref-format forbids, and `${…}`, which Bamboo did not replace.
  if (branch !== '' && !/[\s\p{Cc}~^:?*[\\]|\$\{/u.test(branch)) return { kind: 'branch', branch, origin };
  const message =
    branch === ''
      ? 'the branch has no name'
      : `${JSON.stringify(branch.slice(0, 200))} is no name of a Git branch`;
  return {
    kind: 'problem',
    problems: [
      error(
        'branch-name',
        message,
        { variable },
        'Check the variable; a branch looks like master or release/1.2.',
      ),
    ],
  };
}

function missing(): Problem {
  return error(
    'no-branch',
    `the branch is not known: none of ${branchVariables.join(', ')} is there`,
    { variable: 'branch' },
    'Pass the variables into the container (docs/bamboo.md), or set branch: bamboo_ecs_branch=master.',
  );
}
