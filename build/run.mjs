/**
 * The way in for every npm script: `node build/run.mjs FILE ...ARGS`. Plain JavaScript for Node 20 and newer that needs nothing but npm:
 * installs the dependencies when they are missing or not those of the lock file, then runs FILE under the Node 24 that came with them.
 * Never installs anything that the lock file does not name.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withSetUpLock } from './set-up-lock.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');

/** @param {string} path @returns {Record<string, { integrity?: string, optional?: boolean }>} */
function packagesOf(path) {
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')).packages : {};
}

/** npm keeps a list of what it installed; it is compared with the lock file. Optional packages may be for other systems. */
function isInstalled() {
  const installed = packagesOf(join(root, 'node_modules/.package-lock.json'));
  const wanted = Object.entries(packagesOf(join(root, 'package-lock.json'))).filter(([path, { optional }]) => path !== '' && !optional);
  return existsSync(node24) && wanted.every(([path, { integrity }]) => installed[path]?.integrity === integrity);
}

/**
 * Runs a program to its end. Signals meant for us go to it.
 * @param {string} program @param {string[]} args @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<number>} its exit code; 1 when a signal ended it
 */
function run(program, args, options) {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { stdio: 'inherit', ...options });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** @param {string} line @returns {never} */
function giveUp(line) {
  console.error(`Printfloor: ${line}`);
  process.exit(1);
}

async function install() {
  if (isInstalled()) return;
  console.log('Printfloor: installing what it needs (once; some minutes on a slow line) ...');
  const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = process.env['npm_execpath'];
  const node = process.env['npm_node_execpath'] ?? process.execPath;
  const code = npm
    ? await run(node, [npm, ...options], { cwd: root })
    : await run('npm', options, { cwd: root, shell: process.platform === 'win32' });
  if (code !== 0) giveUp('npm could not install what is needed; the lines above say why. Check the network and start again.');
  if (!existsSync(node24)) giveUp('Node 24 is missing: npm must be allowed to run the install script of the package "node".');
}

const [file = '', ...args] = process.argv.slice(2);
if (Number.parseInt(process.versions.node, 10) < 20) giveUp(`Node 20 or newer is needed to start; this is ${process.version}.`);
if (!isInstalled()) await withSetUpLock(install);
const path = join(root, file);
if (process.versions.node.startsWith('24.')) {
  // npm puts node_modules/.bin first, so from the second start on this already is Node 24: no second process.
  process.argv = [process.execPath, path, ...args];
  await import(pathToFileURL(path).href);
} else {
  // The channel lets the child notice when this process is gone.
  process.exit(await run(node24, [path, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }));
}
