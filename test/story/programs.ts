// Runs the two programs as Bamboo does: a process with `bamboo_*` variables in its environment, in a working directory.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';

const root = path.join(import.meta.dirname, '..', '..');

export interface Invocation {
  readonly program: 'expander' | 'installer';
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Each line as it comes. */
  readonly onLine: (line: string) => void;
  /** Ends the program by SIGKILL when it aborts. */
  readonly kill?: AbortSignal;
}

export interface Ended {
  readonly exitCode: number;
  readonly lines: readonly string[];
  readonly seconds: number;
}

/** Nothing of the caller's environment but PATH and HOME reaches the program. */
export async function runProgram(invocation: Invocation): Promise<Ended> {
  const startedAt = performance.now();
  const script = path.join(root, 'images', invocation.program, 'main.ts');
  const child = spawn(process.execPath, [script, ...invocation.args], {
    cwd: invocation.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...invocation.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = (): void => void child.kill('SIGKILL');
  invocation.kill?.addEventListener('abort', kill, { once: true });
  if (invocation.kill?.aborted) kill();
  const lines: string[] = [];
  const take = (line: string): void => {
    lines.push(line);
    invocation.onLine(line);
  };
  createInterface({ input: child.stdout }).on('line', take);
  createInterface({ input: child.stderr }).on('line', take);
  const exitCode = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal ? 128 : 1)));
  });
  return { exitCode, lines, seconds: (performance.now() - startedAt) / 1000 };
}
