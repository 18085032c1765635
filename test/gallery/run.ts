/**
 * `npm run gallery [-- FOLDER]`: a picture of every screen of the demo shop in each size, theme and language, and at 200 % zoom; to be looked at, not compared.
 * Into `test-results/gallery` when no folder is named. `-- --readme` makes the pictures of the README instead.
 */
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { findOrGetBrowser } from '../../build/browser.ts';
import { buildPage, buildProgram, builtHub, root } from '../../build/build.mjs';
import { type Language, languages } from '../../shared/words/say.ts';
import { openBrowser } from '../browser.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { locales } from '../stations/station.ts';
import { until } from '../until.ts';

type Look = {
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  readonly language: Language;
  readonly zoom: number;
};
type Screen = { readonly name: string; readonly hash: string; readonly signedIn?: boolean };

const desk: Look = { width: 1280, height: 800, theme: 'light', language: 'en', zoom: 1 };
const looks: readonly Look[] = [
  ...[desk, { ...desk, width: 1920, height: 1080 }].flatMap((size) =>
    (['light', 'dark'] as const).flatMap((theme) => languages.map((language) => ({ ...size, theme, language }))),
  ),
  { ...desk, language: 'de', zoom: 2 },
];
/** Of which there is something of everything to be seen. */
const jobsToSee = 24;
const withinMs = 5 * 60_000;

const some = z.object({ items: z.array(z.object({ id: z.number() })) });
async function firstOf(hub: TestHub, question: string): Promise<number> {
  return (await hub.ask(some, 'GET', question)).items[0]?.id ?? 1;
}

/** When the demo has made enough to be seen. */
async function screensOf(hub: TestHub): Promise<Screen[]> {
  await until(
    async () => (await hub.ask(some, 'GET', `/jobs?limit=${jobsToSee}`)).items.length === jobsToSee,
    'the shop is busy',
    withinMs,
  );
  const jobId = await firstOf(hub, '/jobs?limit=1&stage=press');
  const folderId = await firstOf(hub, '/hot-folders');
  return [
    { name: 'overview', hash: '#/' },
    { name: 'job', hash: `#/job/${jobId}` },
    { name: 'beside', hash: `#/overview/${jobId}` },
    { name: 'press', hash: `#/press/${folderId}` },
    { name: 'folders', hash: '#/folders' },
    { name: 'folder', hash: `#/folders/${folderId}` },
    { name: 'guide', hash: '#/statuses/CopyToHotFolderFailed' },
    { name: 'settings', hash: '#/settings' },
    { name: 'security', hash: '#/security' },
    { name: 'set-up', hash: '#/welcome' },
    { name: 'sign-in', hash: '#/', signedIn: false },
  ];
}

/** At 200 % a browser has half the room, and draws each point twice as large. */
async function take(browser: Browser, hub: TestHub, { hash, signedIn = true }: Screen, look: Look, path: string): Promise<void> {
  const { width, height, theme, language, zoom } = look;
  const context = await browser.newContext({
    viewport: { width: width / zoom, height: height / zoom },
    deviceScaleFactor: zoom,
    locale: locales[language],
    colorScheme: theme,
    reducedMotion: 'reduce',
  });
  await context.addInitScript(
    ([key, own]) => {
      if (key !== null) localStorage.setItem('printfloor.token', key);
      localStorage.setItem('printfloor.language', own);
    },
    [signedIn ? hub.token : null, language] as const,
  );
  const page = await context.newPage();
  await page.goto(`${hub.url}/${hash}`);
  await page.waitForLoadState('networkidle');
  // What comes may itself have to wait for something, as a job for its preview
  let still = 0;
  await until(async () => {
    still = (await page.locator('.shape_shape, .job-list_rowShapes, .preview_undrawn').count()) === 0 ? still + 1 : 0;
    return still > 10;
  }, `all of ${hash} is drawn`);
  await page.screenshot({ path });
  await context.close();
}

const [given] = process.argv.slice(2);
const readme = given === '--readme';
const folder = readme ? join(root, 'build/pictures') : resolve(given ?? join(root, 'test-results/gallery'));
process.env['PRINTFLOOR_BROWSER'] ??= findOrGetBrowser() ?? '';
await buildPage();
await buildProgram();
await mkdir(folder, { recursive: true });
const browser = await openBrowser();
const hub = await startTestHub({ program: builtHub, args: ['--demo'], env: { LC_ALL: 'C.UTF-8' } });
try {
  for (const screen of await screensOf(hub)) {
    if (readme) {
      if (['overview', 'press', 'job'].includes(screen.name)) await take(browser, hub, screen, desk, join(folder, `${screen.name}.png`));
      continue;
    }
    for (const look of looks) {
      const { width, height, theme, language, zoom } = look;
      const path = join(folder, `${screen.name} ${width}x${height} ${theme} ${language}${zoom === 1 ? '' : ` ${zoom * 100} %`}.png`);
      await take(browser, hub, screen, look, path);
    }
    console.log(screen.name);
  }
} finally {
  await browser.close();
  await hub.clean();
}
console.log(`The pictures are in ${folder}`);
