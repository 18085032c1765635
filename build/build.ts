/**
 * Builds the page (dist/renderer) and the desktop program (dist/electron) when their sources changed since the last time.
 * Never touches what is up to date: a second start only looks at names, sizes and times.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withSetUpLock } from './set-up-lock.mjs';

export const root = join(import.meta.dirname, '..');

type Product = {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly proof: string;
  readonly sources: readonly string[];
};

const page: Product = {
  name: 'the page',
  command: ['node_modules/vite/bin/vite.js', 'build', '-c', 'build/vite.renderer.ts', '--logLevel', 'warn'],
  proof: 'dist/renderer/index.html',
  sources: ['renderer/**/*', 'shared/**/*', 'build/vite.renderer.ts', 'package-lock.json'],
};
const desktop: Product = {
  name: 'the desktop program',
  command: ['node_modules/rolldown/bin/cli.mjs', '-c', 'build/rolldown.electron.ts', '--logLevel', 'warn'],
  proof: 'dist/electron/main.js',
  sources: ['electron/**/*', 'shared/**/*', 'build/rolldown.electron.ts', 'package-lock.json'],
};

/** Changes when a source comes, goes or is written. */
function fingerprint({ sources }: Product): string {
  const hash = createHash('sha256');
  for (const file of globSync([...sources], { cwd: root }).sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function run(command: Product['command']): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [...command], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
}

async function makeUpToDate(product: Product): Promise<void> {
  const stampPath = join(root, `${product.proof.replace(/\/[^/]*$/, '')}.stamp`);
  const isUpToDate = (): boolean =>
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
export const buildPage = (): Promise<void> => makeUpToDate(page);
/** @throws Error when it does not build */
export const buildDesktop = (): Promise<void> => makeUpToDate(desktop);
