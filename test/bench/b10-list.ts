/**
 * B10: the list of the overview with 100,000 rows under ten pushes a second, in a real browser: what React needs for each, and whether a row is rendered that did
 * not change. The page is that of the product, built with React's own profiler.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import sirv from 'sirv';
import { build } from 'vite';
import { openBrowser } from '../browser.ts';
import type { Measured } from './b10-page/page.tsx';
import { printTarget, quantile, runs, scaled, withFolder } from './measure.ts';

const everyMs = 100;

async function buildPage(outDir: string): Promise<void> {
  await build({
    configFile: false,
    root: join(import.meta.dirname, 'b10-page'),
    base: './',
    logLevel: 'error',
    plugins: [react()],
    resolve: { alias: { 'react-dom/client': 'react-dom/profiling' } },
    build: { outDir, emptyOutDir: true, target: 'chrome123', chunkSizeWarningLimit: 5000 },
  });
}

export async function list(): Promise<boolean> {
  return withFolder(async (root) => {
    await buildPage(join(root, 'page'));
    const serve = sirv(join(root, 'page'));
    const server = createServer((request, response) => serve(request, response));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const browser = await openBrowser();
    try {
      const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ask = async (pushes: number, arrivals: boolean): Promise<Measured> => {
        await page.goto(url);
        await page.getByRole('row').nth(5).waitFor();
        return await page.evaluate(
          ([count, pause, come]) =>
            (globalThis as unknown as { measure: (...given: unknown[]) => Promise<Measured> }).measure(count, pause, come),
          [pushes, everyMs, arrivals] as const,
        );
      };
      const pushes = scaled(100, 20);
      const changes: Measured[] = [];
      const arrivals: Measured[] = [];
      for (let turn = 0; turn < runs; turn += 1) {
        changes.push(await ask(pushes, false));
        arrivals.push(await ask(pushes, true));
      }
      console.log(`B10: ${changes[0]?.rows ?? 0} rows, ${1000 / everyMs} pushes a second, ${pushes} pushes a run, ${runs} runs`);
      const say = (name: string, all: readonly Measured[]): number[] => {
        const commits = all.flatMap((one) => one.commits);
        const longest = all.map((one) => Math.max(...one.commits).toFixed(1)).join(' ');
        console.log(
          `  ${name.padEnd(34)} p50 ${quantile(commits, 0.5).toFixed(1)} p95 ${quantile(commits, 0.95).toFixed(1)} p99 ${quantile(commits, 0.99).toFixed(1)} ms; longest of each run ${longest} ms`,
        );
        const [rendered, needless] = [all.reduce((sum, one) => sum + one.rendered, 0), all.reduce((sum, one) => sum + one.needless, 0)];
        console.log(`  ${' '.repeat(34)} ${commits.length} commits, ${rendered} rows rendered, ${needless} for no reason`);
        return commits;
      };
      const changed = say('three jobs change', changes);
      const came = say('one job comes', arrivals);
      const needless = [...changes, ...arrivals].reduce((sum, one) => sum + one.needless, 0);
      return [
        printTarget('commit, three jobs change, p99', quantile(changed, 0.99), ' ms', { atMost: 8 }),
        printTarget('commit, one job comes, p99', quantile(came, 0.99), ' ms', { atMost: 8 }),
        printTarget('rows rendered that did not change', needless, '', { atMost: 0 }),
      ].every((reached) => reached);
    } finally {
      await browser.close();
      server.close();
    }
  });
}
