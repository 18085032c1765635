/**
 * How the tests run: under Node 24, in groups one after the other, so that tests which fill the machine do not disturb each other. Two at a time is
 * what two processors do; where tests wait for a browser, a server or a floor's clock more go side by side. PRINTFLOOR_LONG=1 makes the fault tests long.
 */
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

if (!process.versions.node.startsWith('24.')) throw new Error(`The tests run under Node 24, this is ${process.version}: use npm test.`);

/** `npm test` has built the program: what a hub runs beside itself is then the built one, also where the hub itself runs in the test. */
const built =
  process.env['PRINTFLOOR_TEST_BUILT'] === '1'
    ? [{ find: /^.*\/entry\.ts$/, replacement: join(import.meta.dirname, 'test/built-entry.ts') }]
    : [];

const long = process.env['PRINTFLOOR_LONG'] === '1';

/**
 * One group after the other; `workers` at a time within it. `alone`: a process for each file, with modules of its own. Else files share processes, since to
 * load what they test takes as long as to test it: what they put in the place of something of the process they put back.
 */
function group(
  order: number,
  name: string,
  include: string[],
  workers: number,
  testTimeout: number,
  alone = false,
  exclude: string[] = [],
) {
  return {
    resolve: { alias: built },
    test: {
      name,
      include,
      exclude,
      pool: 'forks' as const,
      isolate: alone,
      restoreMocks: true,
      maxWorkers: workers,
      sequence: { groupOrder: order },
      testTimeout,
      hookTimeout: 60_000,
    },
  };
}

/** These mock a module, or open another store for all that is loaded after them. */
const alone = ['test/hub/hint-rests.test.ts', 'test/hub/store/postgres/*.test.ts'];

const ownGroup = ['stations', 'desktop', 'build', 'faults', 'flow', 'data-folders', 'simulation'].map((name) => `test/${name}/**`);

export default defineConfig({
  test: {
    projects: [
      group(0, 'rules', ['test/**/*.test.{ts,tsx}'], 5, 60_000, false, [...ownGroup, ...alone]),
      // In the same group, so that no processor waits for the last of one kind before the next begins.
      group(0, 'alone', alone, 5, 60_000, true),
      group(0, 'flow', ['test/{flow,data-folders}/**/*.test.ts'], 5, 120_000, false),
      group(1, 'screens', ['test/stations/**/*.test.{ts,tsx}'], 4, 60_000),
      group(2, 'desktop', ['test/desktop/**/*.test.ts', 'test/build/**/*.test.ts'], 2, 180_000, true),
      // Beside those of the desktop, which mostly wait: its floors keep one processor busy.
      group(2, 'simulation', ['test/simulation/**/*.test.ts'], 2, long ? 3_600_000 : 1_200_000, true),
      group(3, 'faults', ['test/faults/**/*.test.ts'], long ? 2 : 4, long ? 3_600_000 : 120_000, true),
    ],
  },
});
