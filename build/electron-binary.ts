/**
 * Finds Electron's program, or fetches it once. Where it cannot be had that is an answer, not an error: it is remembered for an hour, so
 * that an offline shop does not wait at every start.
 */
import { spawn } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build.mjs';

export type ElectronBinary = { readonly path: string } | { readonly missing: string };

const packagePath = join(root, 'node_modules/electron');
const failurePath = join(root, 'dist/electron-missing');
const downloadPath = join(root, 'dist/electron-download');
const rememberMs = 60 * 60 * 1000;
/** So long without a new byte, and the fetch is given up. */
const stallMs = 30_000;

/** Path of the program if it is already here. */
export function installedElectron(): string | null {
  const pathFile = join(packagePath, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const path = join(process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(packagePath, 'dist'), readFileSync(pathFile, 'utf8'));
  return existsSync(path) ? path : null;
}

function downloadedBytes(): number {
  return globSync('**/*', { cwd: downloadPath }).reduce(
    (sum, name) => sum + (statSync(join(downloadPath, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

/** Answers null when it came, else why not. */
function fetchElectron(): Promise<string | null> {
  mkdirSync(downloadPath, { recursive: true });
  return new Promise((done) => {
    // Electron's own installer keeps the half-loaded file in the temporary folder; a folder of our own shows whether it grows.
    const env = { ...process.env, TMPDIR: downloadPath, TEMP: downloadPath, TMP: downloadPath };
    const child = spawn(process.execPath, [join(packagePath, 'install.js')], { cwd: root, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    let bytes = 0;
    let grewAt = Date.now();
    const watch = setInterval(() => {
      const now = downloadedBytes();
      if (now !== bytes) grewAt = Date.now();
      bytes = now;
      if (Date.now() - grewAt < stallMs) return;
      said = 'Error: no answer from the network';
      child.kill('SIGKILL');
    }, 1000);
    child.stderr.on('data', (data: Buffer) => (said += data.toString()));
    child.on('close', (code) => {
      clearInterval(watch);
      rmSync(downloadPath, { recursive: true, force: true });
      done(code === 0 && installedElectron() !== null ? null : (/Error: (.{1,120})/.exec(said)?.[1] ?? 'its installer failed'));
    });
  });
}

/** Fetches it when needed; says so before, since it takes a while. */
export async function findElectron(): Promise<ElectronBinary> {
  const path = installedElectron();
  if (path !== null) return { path };
  const failedAt = statSync(failurePath, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (Date.now() - failedAt < rememberMs) return { missing: `${readFileSync(failurePath, 'utf8')}; tried again after an hour` };
  console.log('Printfloor: fetching Electron (once, about 120 MB) ...');
  const trouble = await fetchElectron();
  const fetched = installedElectron();
  if (trouble === null && fetched !== null) return { path: fetched };
  const missing = trouble ?? 'its installer failed';
  writeFileSync(failurePath, missing);
  return { missing };
}
