/**
 * Finds a Chromium to test with and starts it. Owns nothing but the way there; whoever opens a browser closes it.
 * PRINTFLOOR_BROWSER names one; else the usual places are looked at; else the one Playwright fetched.
 */
import { existsSync, statfsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Needs a third of the time of those that can show a window. */
export const withoutWindows = '/usr/bin/chromium-headless-shell';
const usualPlaces = [
  withoutWindows,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

// No sandbox only for root, who cannot have one; the rest keeps the browser from talking to anybody but the page.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Path of the browser, or null when only Playwright's own may be there. Throws when PRINTFLOOR_BROWSER names nothing. */
export function findBrowser(): string | null {
  const named = process.env['PRINTFLOOR_BROWSER'];
  if (named !== undefined && named !== '') {
    if (!existsSync(named)) throw new Error(`PRINTFLOOR_BROWSER names ${named}, which is not there.`);
    return named;
  }
  return usualPlaces.find((place) => existsSync(place)) ?? null;
}

/** Flags for a Chromium that a test starts by itself. */
export function browserFlags(): string[] {
  return process.getuid?.() === 0 ? [...flags, '--no-sandbox'] : [...flags];
}

/** Pictures of the screen are handed on in memory where there is room for them; else in files, which takes a tenth more of the time. */
const sharedMemory = '/dev/shm';
const roomInMemory = 1_000_000_000;

function hasRoomInMemory(): boolean {
  if (!existsSync(sharedMemory)) return false;
  const { bavail, bsize } = statfsSync(sharedMemory);
  return bavail * bsize >= roomInMemory;
}

/** A headless Chromium. Throws with what to do when there is none. */
export async function openBrowser(): Promise<Browser> {
  const path = findBrowser();
  const args = browserFlags();
  try {
    return await chromium.launch({
      headless: true,
      args,
      ...(hasRoomInMemory() && { ignoreDefaultArgs: ['--disable-dev-shm-usage'] }),
      ...(path !== null && { executablePath: path }),
    });
  } catch (error) {
    if (path !== null) throw error;
    throw new Error('No Chromium or Chrome found: install one, or set PRINTFLOOR_BROWSER to its path.', { cause: error });
  }
}
