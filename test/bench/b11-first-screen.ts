/**
 * B11: how long the first screen of a station takes on a slow PC: a browser whose processor is slowed down four times, with nothing in its cache, at a hub whose
 * press has fifty jobs; from the address to the job in focus with its actions. Beside it an empty page from the same hub, which is the least there is.
 */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { buildPage } from '../../build/build.mjs';
import { openBrowser } from '../browser.ts';
import { onePagePdf } from '../stations/one-page-pdf.ts';
import { until } from '../until.ts';
import { startBenchHub } from './hub.ts';
import { median, printRow, printTarget, runs, withFolder } from './measure.ts';

const slowness = 4;
const jobs = 50;

/** `mark`: what must be on the screen. */
async function msUntil(browser: Browser, url: string, token: string, mark: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  await context.addInitScript((key) => localStorage.setItem('printfloor.token', key), token);
  // Told by the page itself, in the moment it is drawn: to be asked again and again would cost what is measured.
  await context.addInitScript((selector) => {
    new MutationObserver((_, watcher) => {
      if (document.querySelector(selector) === null) return;
      watcher.disconnect();
      requestAnimationFrame(() => setTimeout(() => Object.assign(globalThis, { readyAt: performance.now() })));
    }).observe(document, { childList: true, subtree: true });
  }, mark);
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowness });
  await page.goto(url);
  const took = await page.waitForFunction(() => (globalThis as unknown as { readonly readyAt?: number }).readyAt);
  const ms = Number(await took.jsonValue());
  await context.close();
  return ms;
}

export async function firstScreen(): Promise<boolean> {
  return withFolder(async (root) => {
    await buildPage();
    const { hub, incoming, press } = await startBenchHub(join(root, 'data'));
    const browser = await openBrowser();
    try {
      const whole = join(root, 'whole.pdf');
      for (let at = 0; at < jobs; at += 1) {
        await writeFile(whole, Buffer.concat([onePagePdf(), Buffer.from(`%${at}\n%%EOF\n`)]));
        await rename(whole, join(incoming, `${2000 + at}-1 Flyer ${at}.pdf`));
      }
      const lying = z.object({ items: z.array(z.object({ status: z.string() })) });
      await until(
        async () => (await hub.ask(lying, 'GET', '/jobs?limit=200')).items.filter(({ status }) => status === 'InHotFolder').length === jobs,
        'all files lie there',
        120_000,
      );
      const [screens, empty]: [number[], number[]] = [[], []];
      for (let turn = 0; turn < runs; turn += 1) {
        empty.push(await msUntil(browser, `${hub.url}/api/docs`, hub.token, 'h1'));
        screens.push(await msUntil(browser, `${hub.url}/#/press/${press.id}`, hub.token, 'footer [data-action]'));
      }
      console.log(`B11: first screen of a press, ${jobs} jobs, processor slowed down ${slowness} times, nothing in the cache`);
      printRow({ name: 'press, with its actions', safety: 'only read', values: screens, unit: 'ms' });
      printRow({ name: 'the description of the API', safety: 'only read', values: empty, unit: 'ms' });
      return printTarget('first screen, median', median(screens), ' ms', { atMost: 2000 });
    } finally {
      await browser.close();
      await hub.clean();
    }
  });
}
