// Prints "PASSED FAILED" for one vitest run: count-tests.mjs REPORT.json EXIT_CODE. A file that could not be loaded has
// no tests to fail, and a run that broke off has no report: so an exit code other than 0 is at least one failure.
import { existsSync, readFileSync } from 'node:fs';

const [path, exitCode] = process.argv.slice(2);
const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
const failed = exitCode === '0' ? report.numFailedTests : Math.max(1, report.numFailedTests);
console.log(report.numPassedTests, failed);
