// Bamboo's Docker task starts containers as root on a working directory of the agent: files that root left there
// could not be removed by the agent, so the program becomes the directory's owner before it does anything.

/** The part of `process` that is needed here. */
export interface Identity {
  readonly getuid: () => number;
  readonly setgroups: (groups: readonly number[]) => void;
  readonly setgid: (id: number) => void;
  readonly setuid: (id: number) => void;
}

export interface Directory {
  readonly path: string;
  readonly uid: number;
  readonly gid: number;
  readonly canWrite: () => boolean;
}

/**
 * Null when all is well: not root, a directory of root, or changed to its owner. Otherwise the sentence to refuse
 * with: root may not change its user here (`--cap-drop ALL`) and would leave files of root behind.
 */
export function becomeOwner(identity: Identity, directory: Directory): string | null {
  const { path, uid, gid, canWrite } = directory;
  if (identity.getuid() !== 0 || uid === 0) return null;
  try {
    // The user last: after it, groups cannot be given up any more.
    identity.setgroups([]);
    identity.setgid(gid);
    identity.setuid(uid);
    return null;
  } catch {
    if (!canWrite()) return null;
    return (
      `started as root, but the working directory ${path} belongs to ${uid}:${gid}, and this container may not change its user. ` +
      `Start it with --user ${uid}:${gid}, or allow the change with --cap-add SETUID --cap-add SETGID; otherwise files of root would be left behind.`
    );
  }
}
