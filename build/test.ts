/**
 * `npm test [-- FILE ...]`: a browser and the built page first, then the tests; `--long` runs the disasters at length instead
 * (`npm run faults`). The last line is `N passed, N failed`; exits 1 when anything failed or nothing ran.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findOrGetBrowser } from './browser.ts';
import { buildPage, buildProgram, root } from './build.mjs';

const reportPath = join(root, 'test-results/report.json');

type Report = {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
};

/** A file that could not even be loaded has no tests to count; it counts as one failed. */
function count({ numPassedTests, numFailedTests, testResults }: Report): { passed: number; failed: number } {
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + unloaded };
}

function runVitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath}`];
    const child = spawn(process.execPath, [vitest, 'run', ...reporters, ...args], { cwd: root, env, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
}

const given = process.argv.slice(2);
const long = given.includes('--long');
const files = given.filter((arg) => arg !== '--long');

const browser = findOrGetBrowser();
if (browser === null) {
  console.error('No browser to test with: install Chromium or Chrome, or set PRINTFLOOR_BROWSER to its path.');
  process.exit(1);
}
await buildPage();
await buildProgram();
mkdirSync(join(root, 'test-results'), { recursive: true });
rmSync(reportPath, { force: true });
const env = {
  ...process.env,
  // A hub speaks the language of its computer, and the tests read English.
  LC_ALL: 'C.UTF-8',
  PRINTFLOOR_BROWSER: browser,
  PRINTFLOOR_TEST_BUILT: '1',
  ...(long ? { PRINTFLOOR_LONG: '1' } : {}),
};
const code = await runVitest(long && files.length === 0 ? ['test/faults', 'test/attacks', 'test/simulation'] : files, env);
let { passed, failed } = { passed: 0, failed: 1 };
try {
  ({ passed, failed } = count(JSON.parse(readFileSync(reportPath, 'utf8')) as Report));
} catch {
  console.error('The tests ended without a report.');
}
// An error outside any test (an unhandled rejection) fails the run and is in no count.
if (code !== 0 && failed === 0) failed = 1;
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
