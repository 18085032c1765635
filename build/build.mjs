/**
 * Builds the page (dist/renderer) and the program (dist/electron) when their sources changed since the last time.
 * Never touches what is up to date: a second start only looks at names, sizes and times. Plain JavaScript, since the hub then lives in the very process that
 * asked for it, and stripping types from so much as one source takes 50 MB that never come back.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSetUpLock } from './set-up-lock.mjs';

export const root = join(import.meta.dirname, '..');

/** @typedef {{ readonly name: string, readonly command: readonly string[], readonly proof: string, readonly sources: readonly string[] }} Product */

/** @type {Product} */
const page = {
  name: 'the page',
  command: ['node_modules/vite/bin/vite.js', 'build', '-c', 'build/vite.renderer.ts', '--logLevel', 'warn'],
  proof: 'dist/renderer/index.html',
  sources: ['renderer/**/*', 'shared/**/*', 'build/vite.renderer.ts', 'build/pack.ts', 'package-lock.json'],
};
/** @type {Product} */
const program = {
  name: 'the program',
  command: ['node_modules/rolldown/bin/cli.mjs', '-c', 'build/rolldown.electron.ts', '--logLevel', 'warn'],
  proof: 'dist/electron/main.js',
  sources: ['electron/**/*', 'shared/**/*', 'build/rolldown.electron.ts', 'package.json', 'package-lock.json'],
};

/**
 * Changes when a source comes, goes or is written.
 * @param {Product} product
 */
function fingerprint({ sources }) {
  const hash = createHash('sha256');
  for (const file of globSync([...sources], { cwd: root }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** @param {Product['command']} command @returns {Promise<number>} */
function run(command) {
  return new Promise((done, fail) => {
    // What is built is what a shop runs, also where a test or a developer's shell asks for it: React else comes with its checks, and takes twice the time.
    const env = { ...process.env, NODE_ENV: 'production' };
    const child = spawn(process.execPath, [...command], { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** @param {Product} product */
async function makeUpToDate(product) {
  const stampPath = join(root, `${product.proof.replace(/\/[^/]*$/, '')}.stamp`);
  const isUpToDate = () =>
    existsSync(join(root, product.proof)) && existsSync(stampPath) && readFileSync(stampPath, 'utf8') === fingerprint(product);
  if (isUpToDate()) return;
  await withSetUpLock(async () => {
    if (isUpToDate()) return;
    console.log(`Printfloor: building ${product.name} ...`);
    // Taken before: a source written meanwhile makes the next start build again.
    const built = fingerprint(product);
    if ((await run(product.command)) !== 0) throw new Error(`Building ${product.name} failed; the lines above say why.`);
    writeFileSync(stampPath, built);
  });
}

/** @throws Error when it does not build */
export const buildPage = () => makeUpToDate(page);
/** What Electron runs, and the hub alone. @throws Error when it does not build */
export const buildProgram = () => makeUpToDate(program);

/** The hub alone, as a shop runs it. */
export const builtHub = join(root, 'dist/electron/headless.js');
