/**
 * The way in for every npm script: `node build/run.mjs FILE ...ARGS`. Plain JavaScript for Node 20 and newer that needs nothing but npm:
 * installs the dependencies when they are missing or not those of the lock file, then runs FILE under the Node 24 that came with them.
 * Two starts at the same time wait for each other. Never installs anything that the lock file does not name.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = resolve(import.meta.dirname ?? '.', '..');
const node24 = join(root, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node');
const lockPath = join(root, 'dist/set-up.lock');

/** @param {string} path @returns {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
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
    const child = spawn(program, args, { cwd: root, stdio: 'inherit', ...options });
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
    child.on('error', fail);
    child.on('exit', (code) => done(code ?? 1));
  });
}

/** @param {string | undefined} pid */
function isAlive(pid) {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}

/** Waits while another start installs; a lock whose owner is gone counts for nothing. */
async function takeLock() {
  mkdirSync(join(root, 'dist'), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lockPath, String(process.pid), { flag: 'wx' });
      process.on('exit', () => rmSync(lockPath, { force: true }));
      return;
    } catch {
      const owner = existsSync(lockPath) ? readFileSync(lockPath, 'utf8') : undefined;
      if (owner && !isAlive(owner)) rmSync(lockPath, { force: true });
      await new Promise((wake) => setTimeout(wake, 300));
    }
  }
}

async function install() {
  await takeLock();
  if (!isInstalled()) {
    console.log('Printfloor: installing what it needs (once; some minutes on a slow line) ...');
    const options = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
    const npm = process.env['npm_execpath'];
    const node = process.env['npm_node_execpath'] ?? process.execPath;
    const code = npm ? await run(node, [npm, ...options], {}) : await run('npm', options, { shell: process.platform === 'win32' });
    if (code !== 0) {
      console.error('Printfloor: npm could not install what it needs; the lines above say why. Check the network and start again.');
      process.exit(1);
    }
    if (!existsSync(node24)) {
      console.error('Printfloor: Node 24 was not installed: npm must be allowed to run the install script of the package "node".');
      process.exit(1);
    }
  }
  rmSync(lockPath, { force: true });
}

const [file = '', ...args] = process.argv.slice(2);
if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Printfloor needs Node 20 or newer to start; this is ${process.version}.`);
  process.exit(1);
}
if (!isInstalled()) await install();
if (process.versions.node.startsWith('24.')) {
  // npm puts node_modules/.bin first, so from the second start on this already is Node 24: no second process.
  process.argv = [process.execPath, join(root, file), ...args];
  await import(pathToFileURL(join(root, file)).href);
} else {
  // The channel lets the child notice when this process is gone.
  process.exit(await run(node24, [join(root, file), ...args], { cwd: process.cwd(), stdio: ['inherit', 'inherit', 'inherit', 'ipc'] }));
}
