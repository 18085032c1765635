/** What the hub refuses stands on the screen in the language of the screen: a real hub and its page in a real browser. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { type RunningHub, startHub } from '../../electron/hub/hub.ts';
import { openBrowser } from '../browser.ts';
import { openStation, type Station } from './station.ts';

let browser: Browser;
let hub: RunningHub;
let dataPath: string;
let stations: Station[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  dataPath = await mkdtemp(join(tmpdir(), 'printfloor-refused-'));
  hub = await startHub({ dataPath, port: 0, uiPath: join(import.meta.dirname, '../../dist/renderer') });
  stations = [];
});
afterEach(async () => {
  await Promise.all(stations.map((station) => station.close()));
  await hub.stop();
  await rm(dataPath, { recursive: true });
});

async function newJob(): Promise<number> {
  const headers = { authorization: `Bearer ${hub.token}`, 'content-type': 'application/json' };
  const answer = await fetch(`${hub.url}/api/jobs`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ order: '1001', job: '1', title: 'Flyer' }),
  });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}

/** `browserSpeaks` what its user chose long ago; the screen what was chosen on it. */
async function open(hash: string, browserSpeaks: 'en' | 'de', screen: 'en' | 'de'): Promise<Page> {
  const kept = { 'printfloor.token': hub.token, 'printfloor.language': screen };
  const before = (page: Page) =>
    page.addInitScript((items) => {
      for (const [key, value] of Object.entries(items)) localStorage.setItem(key, value);
    }, kept);
  const station = await openStation(browser, hub.url, hash, { language: browserSpeaks, signedIn: false, before });
  stations.push(station);
  return station.page;
}

it.each([
  ['en', 'de', 'Die Datei ist leer. Neu exportieren und in den Eingangsordner legen.'],
  ['de', 'en', 'The file is empty. Export it again and put it into the incoming folder.'],
] as const)('an upload, in a browser that speaks %s on a screen in %s', async (browserSpeaks, screen, words) => {
  const page = await open(`#/job/${await newJob()}`, browserSpeaks, screen);
  await page.locator('input[type=file]').setInputFiles({ name: 'flyer.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await page.getByText(words).waitFor();
});
