// Branch names as Bamboo and git spell them.

/**
 * Takes off what says where a branch stands, not what it is called: `refs/heads/master`, `origin/master` and
 * `refs/remotes/origin/master` are all `master`. Spaces around it go, too. What is
 * normalised stays so when it is normalised again.
 */
export function normaliseBranch(text: string): string {
  return text.trim().replace(/^(?:refs\/heads\/|(?:refs\/)?(?:remotes\/)?origin\/)+/, '');
}
