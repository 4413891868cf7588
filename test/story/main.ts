// The rehearsal's story (`make rehearse`): the way of a build from Bamboo's variables to a verdict, on this machine alone.
import { writeSync } from 'node:fs';
import path from 'node:path';
import { steps } from './steps.ts';
import { openStage } from './stage.ts';
import { closing, summaryTable, type StepResult } from './summary.ts';

function print(line: string): void {
  writeSync(1, `${line}\n`);
}

const startedAt = performance.now();
/** Tests play the story in a folder of their own, so that the records of a rehearsal stay. */
const folder = path.resolve(
  process.argv[2] ?? path.join(import.meta.dirname, '..', '..', 'target', 'rehearsal'),
);
const stage = await openStage(print, folder);
const results: StepResult[] = [];
try {
  for (const [index, step] of steps.entries()) {
    print('');
    print('─'.repeat(110));
    print(`Step ${index + 1} of ${steps.length}: ${step.title}`);
    print(`  ${step.story}`);
    print('─'.repeat(110));
    const from = performance.now();
    const outcome = await step.run(stage).catch((error: unknown) => ({
      ok: false,
      saw: `${error instanceof Error ? error.stack : String(error)}`,
    }));
    const result = { title: step.title, seconds: (performance.now() - from) / 1000, ...outcome };
    results.push(result);
    print(`${result.ok ? '✔' : '✘'} ${result.saw}`);
  }
  for (const line of [...summaryTable(results), ...closing(stage, (performance.now() - startedAt) / 1000)])
    print(line);
} finally {
  await stage.close();
}
process.exitCode = results.every((result) => result.ok) ? 0 : 1;
