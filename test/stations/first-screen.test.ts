/** The first screen of a station, as the hub hands it out over the wire, and what a page does for which a part of it cannot be had. */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { root } from '../../build/build.mjs';
import type { Language } from '../../shared/words/form.ts';
import { openBrowser } from '../browser.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { until } from '../until.ts';
import { onePagePdf } from './one-page-pdf.ts';
import { locales } from './station.ts';

const mostBytes = 300_000;
/** What reads and draws a PDF comes when the screen stands, and is no part of it. */
const isPdfReader = (path: string): boolean => /\/pdf[-/]/.test(path);

let browser: Browser;
let hub: TestHub;
beforeAll(async () => {
  browser = await openBrowser();
  hub = await startTestHub({ env: { LC_ALL: 'C.UTF-8' } });
  await mkdir(join(hub.data, 'incoming'), { recursive: true });
  await writeFile(join(hub.data, 'whole.pdf'), onePagePdf());
  await rename(join(hub.data, 'whole.pdf'), join(hub.data, 'incoming/1001-2 Flyer für Zoë.pdf'));
  const lying = z.object({ items: z.array(z.object({ status: z.string() })) });
  await until(
    async () => (await hub.ask(lying, 'GET', '/jobs')).items.some(({ status }) => status === 'InHotFolder'),
    'the file lies there',
  );
}, 60_000);
afterAll(async () => {
  await browser.close();
  await hub.clean();
});

type Loaded = { readonly path: string; readonly bytes: number };

/** Every file of the page that comes over the wire, with its head. */
async function listen(page: Page): Promise<Loaded[]> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const paths = new Map<string, string>();
  const loaded: Loaded[] = [];
  cdp.on('Network.responseReceived', ({ requestId, response }) => paths.set(requestId, new URL(response.url).pathname));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const path = paths.get(requestId) ?? '';
    if (!path.startsWith('/api/')) loaded.push({ path, bytes: encodedDataLength });
  });
  return loaded;
}

/** `idle` false: nothing is loaded that the screen does not need. */
async function openPress(language: Language, idle: boolean): Promise<{ readonly page: Page; readonly loaded: Loaded[] }> {
  const context = await browser.newContext({ locale: locales[language], viewport: { width: 1280, height: 800 } });
  await context.addInitScript(
    ([key, own]) => {
      localStorage.setItem('printfloor.token', key);
      localStorage.setItem('printfloor.language', own);
    },
    [hub.token, language] as const,
  );
  if (!idle)
    await context.addInitScript(() => {
      globalThis.requestIdleCallback = () => 0;
    });
  const page = await context.newPage();
  const loaded = await listen(page);
  await page.goto(`${hub.url}/#/press/1`);

  await page.getByText('1001-2').first().waitFor();
  await page.evaluate(() => document.fonts.ready);
  return { page, loaded };
}

const sum = (loaded: readonly Loaded[]): number => loaded.reduce((bytes, one) => bytes + one.bytes, 0);
/** By which file each language and each other screen is known. */
const languageIn = (path: string): string | null => /\/assets\/(de|fr|es)-/.exec(path)?.[1] ?? null;
const elsewhere = /\/assets\/(?:overview|job|folders|statuses|settings|security|welcome|sign-in|palette|keys-sheet|frame)-/;

describe('the first screen of a press', () => {
  it.each(['en', 'de', 'fr', 'es'] as const)(
    'in %s is less than 300 kB over the wire, with nothing of other screens and languages',
    async (language) => {
      const { page, loaded } = await openPress(language, false);
      await page.waitForLoadState('networkidle');
      const needed = loaded.filter(({ path }) => !isPdfReader(path));
      const table = needed.toSorted((a, b) => b.bytes - a.bytes).map(({ path, bytes }) => `${bytes} ${path}`);
      expect(sum(needed), table.join('\n')).toBeLessThan(mostBytes);
      // All kinds were counted
      for (const ending of ['/', '.js', '.css', '.woff2']) expect(needed.some(({ path }) => path.endsWith(ending))).toBe(true);
      expect(new Set(needed.flatMap(({ path }) => languageIn(path) ?? []))).toEqual(new Set(language === 'en' ? [] : [language]));
      expect(needed.filter(({ path }) => elsewhere.test(path))).toEqual([]);
      await page.context().close();
    },
  );

  it('has the rest at hand soon: a line that is lost opens every screen all the same', async () => {
    const built = await readdir(join(root, 'dist/renderer/assets'));
    const others = built.filter((name) => elsewhere.test(`/assets/${name}`) && name.endsWith('.js'));
    expect(others.length).toBeGreaterThan(5);
    const { page, loaded } = await openPress('en', true);
    await until(() => others.every((name) => loaded.some(({ path }) => path.endsWith(`/${name}`))), 'the rest is loaded');
    await page.context().setOffline(true);
    await hub.kill9();
    await page.getByTestId('lost').waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').getByRole('heading', { name: 'Keys' }).first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.evaluate(() => (location.hash = '#/folders'));
    await page.getByRole('main').getByRole('heading').first().waitFor();
    await page.context().close();
  });
});
