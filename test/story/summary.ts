// The end of the story: what happened in each step, and where to look.
import type { Stage } from './stage.ts';

export interface StepResult {
  readonly title: string;
  readonly ok: boolean;
  /** One sentence: what was seen. */
  readonly saw: string;
  readonly seconds: number;
}

export function summaryTable(results: readonly StepResult[]): string[] {
  const width = Math.max(...results.map((result) => result.title.length));
  const rows = results.map(
    (result, index) =>
      `${result.ok ? '✔' : '✘'} ${String(index + 1).padStart(2)}  ${result.title.padEnd(width)}  ${result.seconds.toFixed(1).padStart(5)} s  ${result.saw.split('\n')[0]}`,
  );
  return ['', '═'.repeat(110), 'What happened', '', ...rows, ''];
}

export function closing(stage: Stage, seconds: number): string[] {
  return [
    `Records of the installations (open them in a browser): ${stage.recordsFolder}`,
    ...stage.records().map((record) => `  ${record}`),
    '',
    'By hand: npx rehearsal up starts the servers and prints the variables to set; then, in a folder with descriptors/,',
    '  npx expander --help    npx installer --help',
    '',
    `The whole story took ${seconds.toFixed(0)} s.`,
  ];
}
