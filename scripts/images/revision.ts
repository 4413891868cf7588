// Which sources an image is built from.
import { spawnSync } from 'node:child_process';

function git(root: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync('git', args, { cwd: root, encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}

/** The commit, with `-changed` when files differ from it; REVISION, or `unknown`, where there is no git (a source archive). */
export function revisionOf(root: string): string {
  const given = process.env['REVISION'];
  if (given) return given;
  const commit = git(root, ['rev-parse', '--short=12', 'HEAD']);
  if (commit === null) return 'unknown';
  const changed = git(root, [
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    'packages',
    'images',
    'scripts/images',
  ]);
  return changed ? `${commit}-changed` : commit;
}

/** The address of the origin without credentials; empty when there is none that others could use. */
export function sourceOf(root: string): string {
  const address = git(root, ['config', '--get', 'remote.origin.url']) ?? '';
  if (!URL.canParse(address)) return '';
  const url = new URL(address);
  if (!['https:', 'http:', 'ssh:', 'git:'].includes(url.protocol)) return '';
  url.username = '';
  url.password = '';
  return url.href;
}
