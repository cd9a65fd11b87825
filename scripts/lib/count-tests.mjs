// Usage: node count-tests.mjs VITEST_REPORT.json EXIT_CODE
// Prints `PASSED FAILED`. Skipped tests, files that could not be run and errors outside of any test count as failed.
import { readFileSync } from 'node:fs';

const [reportFile, exitCode] = process.argv.slice(2);
let passed = 0;
let failed = 0;
try {
  for (const file of JSON.parse(readFileSync(reportFile, 'utf8')).testResults) {
    const good = file.assertionResults.filter(({ status }) => status === 'passed').length;
    const bad = file.assertionResults.length - good;
    passed += good;
    // A file fails as a whole when a hook of it does, or when it does not load.
    failed += file.status === 'failed' ? Math.max(bad, 1) : bad;
  }
} catch (error) {
  console.error(`no report of the tests: ${error.message}`);
}
if (failed === 0 && (exitCode !== '0' || passed === 0)) failed = 1;
console.log(`${passed} ${failed}`);
