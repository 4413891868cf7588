// Images for the containers of tasks: Debian's static busybox and one script, 2 MB, made on this machine.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { docker } from '../docker/engine.ts';

const busybox = '/bin/busybox';
const label = 'bamboo-ecs.task-image-of-tests';

/** Busybox may be linked against libraries that an empty image does not have. */
export const busyboxIsHere =
  existsSync(busybox) && spawnSync('ldd', [busybox], { encoding: 'utf8' }).status !== 0;
export const howToGetBusybox = 'apt-get install -y --no-install-recommends busybox-static';

/**
 * What a task's container does. Each that serves answers any request for / with its tag, and ends 0.2 s after SIGTERM; `drain`
 * says another time.
 */
export type Behaviour =
  | { readonly kind: 'serves'; readonly drain?: number; readonly says?: string }
  /** Says why on stderr, ends with this exit code at once, or after so many seconds in which it does not listen yet. */
  | { readonly kind: 'crashes'; readonly exitCode: number; readonly says: string; readonly after?: number }
  /** Serves for so many seconds, then ends with exit code 1. */
  | { readonly kind: 'serves for'; readonly seconds: number }
  /** Listens after so many seconds only. */
  | { readonly kind: 'serves late'; readonly seconds: number }
  /** Its HEALTHCHECK fails for ever, though it serves. */
  | { readonly kind: 'unhealthy' }
  /** Its command is not in it. */
  | { readonly kind: 'has no program' };

export interface TaskImages extends AsyncDisposable {
  /** Makes `<repository>:<tag>` in the engine; the repository's name as the descriptors say it. */
  readonly make: (reference: string, behaviour: Behaviour) => void;
}

export function openTaskImages(): TaskImages {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'task image '));
  // Pushed and pulled they keep their label. What runs that were killed left is taken away, but not from one that is going on.
  const run = randomUUID();
  spawnSync('docker', [
    'image',
    'prune',
    '--all',
    '--force',
    '--filter',
    `label=${label}`,
    '--filter',
    'until=2h',
  ]);
  return {
    make(reference, behaviour) {
      const root = path.join(folder, 'root');
      rmSync(root, { recursive: true, force: true });
      mkdirSync(path.join(root, 'bin'), { recursive: true });
      mkdirSync(path.join(root, 'www'));
      cpSync(busybox, path.join(root, 'bin/busybox'));
      for (const applet of ['sh', 'sleep', 'httpd']) symlinkSync('busybox', path.join(root, 'bin', applet));
      const tag = reference.slice(reference.lastIndexOf(':') + 1);
      const text = behaviour.kind === 'serves' ? behaviour.says : undefined;
      writeFileSync(path.join(root, 'www/index.html'), text ?? tag);
      writeFileSync(path.join(root, 'task'), `#!/bin/sh\n${scriptOf(behaviour)}\n`);
      chmodSync(path.join(root, 'task'), 0o755);
      importFrom(root, reference, behaviour, run);
    },
    async [Symbol.asyncDispose]() {
      rmSync(folder, { recursive: true, force: true });
      const { stdout } = await docker('images', '--quiet', '--filter', `label=${label}=${run}`);
      const made = new Set(stdout.split('\n').filter(Boolean));
      if (made.size > 0) await docker('rmi', '--force', ...made);
    },
  };
}

function importFrom(root: string, reference: string, behaviour: Behaviour, run: string): void {
  const command = behaviour.kind === 'has no program' ? '/no/such/program' : '/task';
  const changes = [`CMD ["${command}"]`, `LABEL ${label}=${run}`];
  if (behaviour.kind === 'unhealthy')
    changes.push('HEALTHCHECK --interval=1s --retries=1 CMD ["/bin/sh", "-c", "exit 1"]');
  const tar = ['--sort=name', '--owner=0', '--group=0', '--numeric-owner', '-C', root, '-c', '.'];
  const archive = spawnSync('tar', tar, { maxBuffer: 64 * 1024 * 1024 });
  const options = changes.flatMap((change) => ['--change', change]);
  const imported = spawnSync('docker', ['import', ...options, '-', reference], { input: archive.stdout });
  if (imported.status !== 0) throw new Error(`${reference} was not made: ${String(imported.stderr)}`);
}

const listen = 'httpd -f -p 8080 -h /www &';

function scriptOf(behaviour: Behaviour): string {
  switch (behaviour.kind) {
    case 'serves':
      return `${listen}\n${untilTerm(behaviour.drain ?? 0.2)}`;
    case 'unhealthy':
      return `${listen}\n${untilTerm(0)}`;
    case 'serves late':
      return `trap 'exit 0' TERM\nsleep ${behaviour.seconds} & wait\n${listen}\n${untilTerm(0.2)}`;
    case 'serves for':
      return `${listen}\nsleep ${behaviour.seconds}\nexit 1`;
    case 'crashes':
      return `sleep ${behaviour.after ?? 0}\necho '${behaviour.says}' >&2\nexit ${behaviour.exitCode}`;
    case 'has no program':
      return 'exit 0';
  }
}

/** Requests that it has begun are answered before it goes. */
function untilTerm(drain: number): string {
  return `trap 'sleep ${drain}; exit 0' TERM\nwait`;
}
