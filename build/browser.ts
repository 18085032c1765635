/** A browser for the tests: Debian's without windows where it can be had, else one that is installed, else Playwright's. Answers its path; null when none can be had. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import { findBrowser, withoutWindows } from '../test/browser.ts';
import { root } from './build.mjs';

const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome.exe',
  'msedge.exe',
];
/** A fetch that takes longer is not worth the wait when Debian's is at hand. */
const fetchMs = 5 * 60_000;

function onPath(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}

function installed(): string | null {
  const fetched = chromium.executablePath();
  return findBrowser() ?? onPath() ?? (existsSync(fetched) ? fetched : null);
}

function fetchFromPlaywright(): void {
  console.log('No Chromium or Chrome found; fetching the one of Playwright ...');
  const cli = join(root, 'node_modules/playwright-core/cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: ['ignore', 'ignore', 'inherit'], timeout: fetchMs });
}

/** Installs Debian packages when that is possible without asking: on Debian, as root. */
export function installFromDebian(packages: readonly string[]): void {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log(`Installing from Debian: ${packages.join(', ')} ...`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const run = (...args: string[]): boolean =>
    spawnSync('apt-get', ['-q', '-y', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  if (!run('install', ...packages) && run('update')) run('install', ...packages);
}

export function findOrGetBrowser(): string | null {
  // Not in place of one that somebody named, or that was taken before
  if ((process.env['PRINTFLOOR_BROWSER'] ?? '') === '' && !existsSync(withoutWindows)) installFromDebian([basename(withoutWindows)]);
  if (installed() === null) fetchFromPlaywright();
  if (installed() === null) installFromDebian(['chromium']);
  return installed();
}
