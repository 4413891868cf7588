// A program of a few lines, run in a folder of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { runProgram, workingDirectory, type Files, type Program, type ProcessLike } from '../src/index.ts';

export interface Ran {
  readonly exitCode: number;
  readonly log: string;
  readonly output: (name: string) => string;
}

export class Place implements Disposable {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'bamboo ecs program '));
  readonly files: Files = workingDirectory(this.folder);

  async run(program: Partial<Program>, process: Partial<ProcessLike> = {}): Promise<Ran> {
    const lines: string[] = [];
    const exitCode = await runProgram(
      {
        name: 'expander',
        version: '1.2.3 (Node v24)',
        commands: [{ name: 'go', describe: 'does it' }],
        flow: async () => ({ exitCode: 0, outcome: 'done', sentence: 'it is done' }),
        explain: () => undefined,
        ...program,
      },
      {
        argv: [],
        env: {},
        files: this.files,
        write: (line) => lines.push(line),
        colour: false,
        now: () => 1_000_000,
        signal: new AbortController().signal,
        onProgressRequest: () => {},
        ...process,
      },
    );
    const output = (name: string): string =>
      readFileSync(path.join(this.folder, 'target/bamboo-ecs', name), 'utf8');
    return { exitCode, log: lines.join('\n'), output };
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
