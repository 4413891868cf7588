// Prints how each check ended, which tests failed, and the closing line of a test run: `N passed, N failed`.
// Arguments: the file of the checks, then jest's reports, one for each of its runs.
// Each check (format, lint, types, unused code) counts as one test; so does a test file that could not be run.
import { readFileSync } from 'node:fs';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numRuntimeErrorTestSuites: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly assertionResults: readonly { readonly status: string; readonly fullName: string }[];
  }[];
}

const [checksFile = 'target/checks.txt', ...reportFiles] = process.argv.slice(2);

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readReport(reportFile: string): JestReport | null {
  try {
    return JSON.parse(readFileSync(reportFile, 'utf8')) as JestReport;
  } catch (error) {
    say(`jest left no report in ${reportFile}: ${String(error)}`);
    return null;
  }
}

const checks = readFileSync(checksFile, 'utf8').trim().split('\n');
for (const check of checks) say(check);
let passed = checks.filter((check) => check.endsWith(' ok')).length;
let failed = checks.length - passed;
for (const report of reportFiles.map(readReport)) {
  if (report === null) {
    failed += 1;
    continue;
  }
  for (const { name, status, assertionResults } of report.testResults) {
    const wrong = assertionResults.filter((result) => result.status === 'failed');
    for (const { fullName } of wrong) say(`FAILED ${name}: ${fullName}`);
    if (status === 'failed' && wrong.length === 0) say(`FAILED ${name}: the file could not be run`);
  }
  passed += report.numPassedTests;
  failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
  if (report.numPendingTests > 0) say(`${report.numPendingTests} tests left out`);
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
