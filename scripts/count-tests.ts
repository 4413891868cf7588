// Prints the closing line of a test run from jest's JSON report: `N passed, N failed`.
// The checks (format, lint, types, unused code) count as one test of their own.
import { readFileSync } from 'node:fs';

interface JestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numFailedTestSuites: number;
  readonly numPendingTests: number;
}

const [file = 'target/jest.json', failedText = '0'] = process.argv.slice(2);
let report: JestReport = { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1, numPendingTests: 0 };
try {
  report = JSON.parse(readFileSync(file, 'utf8')) as JestReport;
} catch (error) {
  process.stdout.write(`jest left no report in ${file}: ${String(error)}\n`);
}
const suitesThatDidNotRun = report.numFailedTests === 0 ? report.numFailedTestSuites : 0;
let failed = report.numFailedTests + suitesThatDidNotRun;
let passed = report.numPassedTests;
if (failedText !== '0' && failed === 0) failed = 1;
else if (failedText === '0') passed += 1;
if (report.numPendingTests > 0) process.stdout.write(`${report.numPendingTests} left out\n`);
process.stdout.write(`${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
