// A program as a process of its own: signals, users, streams and the file system as they really are.
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import path from 'node:path';
import type { Env } from './harness.ts';

const root = path.join(import.meta.dirname, '..', '..');

export interface ChildOptions {
  readonly program?: 'expander' | 'installer';
  readonly cwd: string;
  readonly env: Env;
  readonly argv?: readonly string[];
  /** In front of Node. */
  readonly prefix?: readonly string[];
  readonly nodeOptions?: readonly string[];
  readonly stdout?: number;
}

export interface Child {
  readonly process: ChildProcess;
  /** What was printed so far. */
  readonly log: () => string;
  /** Resolves once the log holds the text; rejects when the process ends before. */
  readonly said: (text: string) => Promise<void>;
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly log: string;
    readonly tookMs: number;
  }>;
}

/** Nothing of the caller's environment but PATH reaches the program. */
export function startChild(options: ChildOptions): Child {
  const { program = 'expander', cwd, env, argv = [], prefix = [], nodeOptions = [], stdout } = options;
  const script = path.join(root, 'images', program, 'main.ts');
  const [command = '', ...rest] = [...prefix, process.execPath, ...nodeOptions, script, ...argv];
  const stdio: StdioOptions = ['ignore', stdout ?? 'pipe', 'pipe'];
  const startedAt = performance.now();
  const child = spawn(command, rest, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', ...env },
    stdio,
  });
  let log = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      log += chunk;
      for (const watch of watchers) watch();
    });
  const ended = new Promise<{ exitCode: number | null; log: string; tookMs: number }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ exitCode, log, tookMs: performance.now() - startedAt }));
  });
  const said = async (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const watch = (): void => {
        if (!log.includes(text)) return;
        watchers.delete(watch);
        resolve();
      };
      watchers.add(watch);
      watch();
      ended.then(() => reject(new Error(`ended without ${text}:\n${log}`)), reject);
    });
  return { process: child, log: () => log, said, ended };
}

/** In front of Node: root minds the modes of files like everybody else. */
export function mindingModes(): readonly string[] {
  return process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-dac_override,-dac_read_search'] : [];
}
