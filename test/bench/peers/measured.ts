// One program, run to its end or to a limit: how long, how it ended, what it used.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const python = path.join(import.meta.dirname, '../../../.venv/bin/python');

/** Starts the program, and kills it with all that it started at the limit; what the system counted for it goes to a file. */
const wrapper = `
import json, os, resource, signal, subprocess, sys
figures, limit, command = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
child = subprocess.Popen(command, start_new_session=True)
try:
    code = child.wait(limit)
except subprocess.TimeoutExpired:
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    code = None
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(figures, "w") as file:
    json.dump({"code": code, "cpu": used.ru_utime + used.ru_stime, "memory": used.ru_maxrss / 1024}, file)
`;

export interface Command {
  readonly words: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Measured {
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly wallMs: number;
  /** Null: still running at the limit, killed. */
  readonly exitCode: number | null;
  readonly cpuSeconds: number;
  readonly memoryMb: number;
  readonly output: string;
}

export async function measured({ words, cwd, env }: Command, limitSeconds: number): Promise<Measured> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'peer-'));
  const figures = path.join(folder, 'figures.json');
  const startedAt = Date.now();
  const child = spawn(python, ['-c', wrapper, figures, String(limitSeconds), ...words], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  const wallMs = Date.now() - startedAt;
  try {
    const used = JSON.parse(readFileSync(figures, 'utf8')) as {
      code: number | null;
      cpu: number;
      memory: number;
    };
    const { code: exitCode, cpu: cpuSeconds, memory: memoryMb } = used;
    return { startedAt, wallMs, exitCode, cpuSeconds, memoryMb, output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
