/**
 * `npm start`: builds what changed, then opens the desktop program; where that cannot be it says why in one line and runs the same hub
 * alone, in this very process. Plain JavaScript: see build.mjs.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildPage, buildProgram, builtHub, root } from './build.mjs';

/** @typedef {{ readonly kind: 'desktop', readonly electronPath: string } | { readonly kind: 'headless', readonly why: string | null }} Way */

/** @param {boolean} headless @returns {Promise<Way>} */
async function chooseWay(headless) {
  if (headless) return { kind: 'headless', why: null };
  if (process.platform === 'linux') {
    if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return { kind: 'headless', why: 'there is no display here' };
    if (process.getuid?.() === 0) return { kind: 'headless', why: 'Electron does not run as root' };
  }
  const { findElectron } = await import('./electron-binary.ts');
  const electron = await findElectron();
  if ('missing' in electron) return { kind: 'headless', why: `Electron's program could not be fetched (${electron.missing})` };
  return { kind: 'desktop', electronPath: electron.path };
}

/** @param {string} electronPath @param {readonly string[]} args */
function runDesktop(electronPath, args) {
  const child = spawn(electronPath, [root, ...args], { stdio: 'inherit' });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill());
  child.on('error', (error) => {
    console.error(`Printfloor: Electron did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

/** @param {string} path */
const load = (path) => import(pathToFileURL(path).href);

const args = process.argv.slice(2);
try {
  await buildProgram();
  /** @type {typeof import('../electron/options.ts')} */
  const { readOptions } = await load(join(root, 'dist/electron/options.js'));
  const options = readOptions(args, process.env);
  await buildPage();
  const way = await chooseWay(options.headless);
  if (way.kind === 'desktop') runDesktop(way.electronPath, args);
  else {
    if (way.why !== null) console.log(`Printfloor runs without its window, since ${way.why}. Open the address below in a browser.`);
    /** @type {typeof import('../electron/headless.ts')} */
    const { runHeadless } = await load(builtHub);
    await runHeadless(options);
  }
} catch (error) {
  const { code = '', message = String(error) } = /** @type {NodeJS.ErrnoException} */ (error);
  const isAnothers = ['EACCES', 'EPERM', 'EROFS'].includes(code) && message.includes(root);
  const why = `The program in ${root} is another account's and has to be built (${message}). Let that account start it once, or take a copy of your own.`;
  console.error(`Printfloor: ${isAnothers ? why : message}`);
  process.exit(1);
}
