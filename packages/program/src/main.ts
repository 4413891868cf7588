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
  // What escapes the flow (an event without a listener) is a mistake of ours, and still ends with a record.
  const crashed = new Promise<never>((_, reject) => {
    process.on('uncaughtException', reject);
  });
  // Left without anything to wait for, Node would end with 0 although the run did not.
  process.exitCode = 1;
  const exitCode = await runProgram(program, {
    argv: process.argv.slice(2),
    env: process.env,
    files: workingDirectory(process.cwd()),
    write: (line) => process.stdout.write(`${line}\n`),
    colour: process.stdout.isTTY && process.env['NO_COLOR'] === undefined,
    now: Date.now,
    signal: stop.signal,
    crashed,
    onProgressRequest: (answer) => {
      answerProgress = answer;
    },
  });
  process.stdout.write('', () => process.exit(exitCode));
}

/** What the bundler of the images puts in; not there when the sources run as they are. */
declare const BAMBOO_ECS_BUILD: { readonly version: string; readonly revision: string } | undefined;

/** `0.1.0 (revision 38fcb73, Node v24.21.0)` in an image; from the sources `0.1.0 (Node v24.21.0)`, by the package.json in `folder`. */
export function programVersion(folder: string): string {
  if (typeof BAMBOO_ECS_BUILD !== 'undefined')
    return `${BAMBOO_ECS_BUILD.version} (revision ${BAMBOO_ECS_BUILD.revision}, Node ${process.version})`;
  const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return `${version} (Node ${process.version})`;
}
