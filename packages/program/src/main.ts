// The process: streams, signals and the exit code are read and written only here.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workingDirectory } from './files.ts';
import { runProgram, type Program } from './run-program.ts';

/** Runs a program as this process. Output goes to stdout, in order; stderr stays empty, because Bamboo mixes the two out of order. */
export async function main(program: Program): Promise<void> {
  const stop = new AbortController();
  let answerProgress = (): void => {};
  // PID 1 ignores signals without a handler; Bamboo sends SIGQUIT, and SIGTERM 5 s later.
  process.on('SIGQUIT', () => answerProgress());
  for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, () => stop.abort(name));
  // A reader that goes away (head, a closed pipe) must not end an installation half-way.
  process.stdout.on('error', () => {});
  const exitCode = await runProgram(program, {
    argv: process.argv.slice(2),
    env: process.env,
    files: workingDirectory(process.cwd()),
    write: (line) => process.stdout.write(`${line}\n`),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    now: Date.now,
    signal: stop.signal,
    onProgressRequest: (answer) => {
      answerProgress = answer;
    },
  });
  process.stdout.write('', () => process.exit(exitCode));
}

/** `0.1.0 (Node v24.21.0)`, from the package.json beside or above `folder`. */
export function programVersion(folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${version} (Node ${process.version})`;
}
