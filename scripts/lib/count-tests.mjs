// Usage: node count-tests.mjs EXIT_CODE VITEST_REPORT.json...
//   Prints `PASSED FAILED`. Skipped tests, files that could not be run and errors outside tests count as failed.
//   A later report of a file replaces an earlier one; EXIT_CODE belongs to the latest.
// Usage: node count-tests.mjs --failed-files VITEST_REPORT.json
//   Prints the test files with failures, one per line.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Counts of one file. A failed hook or a load error fails the whole file. */
function countsOf(file) {
  const good = file.assertionResults.filter(({ status }) => status === 'passed').length;
  const bad = file.assertionResults.length - good;
  return [good, file.status === 'failed' ? Math.max(bad, 1) : bad];
}

function counts(exitCode, reports) {
  const files = new Map();
  let isComplete = true;
  for (const report of reports) {
    try {
      for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) files.set(file.name, countsOf(file));
    } catch (error) {
      isComplete = false;
      console.error(`no report of the tests: ${error.message}`);
    }
  }
  const [passed, failed] = [0, 1].map((at) => [...files.values()].reduce((sum, count) => sum + count[at], 0));
  const isSound = isComplete && exitCode === '0' && passed > 0;
  return [passed, failed === 0 && !isSound ? 1 : failed];
}

const [what, ...reports] = process.argv.slice(2);
if (what === '--failed-files') {
  const { testResults } = JSON.parse(readFileSync(reports[0], 'utf8'));
  const names = testResults.filter((file) => countsOf(file)[1] > 0).map(({ name }) => path.relative('.', name));
  console.log(names.join('\n'));
} else {
  console.log(counts(what, reports).join(' '));
}
