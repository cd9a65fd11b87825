// Usage: node count-tests.mjs EXIT_CODE VITEST_REPORT.json...
//   Prints `PASSED FAILED`. Skipped tests, files that could not be run and errors outside tests count as failed.
//   A later report of a file replaces an earlier one; EXIT_CODE belongs to the latest.
// Usage: node count-tests.mjs --failed-files VITEST_REPORT.json
//   Prints the test files with failures, one per line.
// Usage: node count-tests.mjs --failed-tests VITEST_REPORT.json...
//   Prints what failed and the first line of its error, one per line.
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** Counts of one file. A failed hook or a load error fails the whole file. */
function countsOf(file) {
  const good = file.assertionResults.filter(({ status }) => status === 'passed').length;
  const bad = file.assertionResults.length - good;
  return [good, file.status === 'failed' ? Math.max(bad, 1) : bad];
}

/** The latest result of each file, by its name; and whether all reports could be read. */
function latest(reports) {
  const files = new Map();
  let isComplete = true;
  for (const report of reports) {
    try {
      for (const file of JSON.parse(readFileSync(report, 'utf8')).testResults) files.set(file.name, file);
    } catch (error) {
      isComplete = false;
      console.error(`no report of the tests: ${error.message}`);
    }
  }
  return { files: [...files.values()], isComplete };
}

function counts(exitCode, reports) {
  const { files, isComplete } = latest(reports);
  const [passed, failed] = [0, 1].map((at) => files.reduce((sum, file) => sum + countsOf(file)[at], 0));
  const isSound = isComplete && exitCode === '0' && passed > 0;
  return [passed, failed === 0 && !isSound ? 1 : failed];
}

const ESCAPES = new RegExp(String.raw`\u001b\[[0-9;]*m`, 'g');
const firstLine = (text = '') => text.replaceAll(ESCAPES, '').split('\n')[0].slice(0, 200);

/** A line for each test that did not pass; one for the file if it failed outside its tests. */
function failuresOf(file) {
  const tests = file.assertionResults.filter(({ status }) => status !== 'passed');
  const name = path.relative('.', file.name);
  if (tests.length === 0) return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : [];
  return tests.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? test.status)}`);
}

const [what, ...reports] = process.argv.slice(2);
if (what === '--failed-files') {
  const { testResults } = JSON.parse(readFileSync(reports[0], 'utf8'));
  const names = testResults.filter((file) => countsOf(file)[1] > 0).map(({ name }) => path.relative('.', name));
  console.log(names.join('\n'));
} else if (what === '--failed-tests') {
  console.log(latest(reports).files.flatMap(failuresOf).join('\n'));
} else {
  console.log(counts(what, reports).join(' '));
}
