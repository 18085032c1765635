/**
 * `npm start`: builds what changed, then opens the desktop program; where that cannot be it says why in one line and runs the same hub
 * alone, in this very process.
 */
import { spawn } from 'node:child_process';
import { runHeadless } from '../electron/headless.ts';
import { readOptions } from '../electron/options.ts';
import { buildDesktop, buildPage, root } from './build.ts';
import { findElectron } from './electron-binary.ts';

type Way = { readonly kind: 'desktop'; readonly electronPath: string } | { readonly kind: 'headless'; readonly why: string | null };

async function chooseWay(headless: boolean): Promise<Way> {
  if (headless) return { kind: 'headless', why: null };
  if (process.platform === 'linux') {
    if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) return { kind: 'headless', why: 'there is no display here' };
    if (process.getuid?.() === 0) return { kind: 'headless', why: 'Electron does not run as root' };
  }
  const electron = await findElectron();
  if ('missing' in electron) return { kind: 'headless', why: `Electron's program could not be fetched (${electron.missing})` };
  return { kind: 'desktop', electronPath: electron.path };
}

function runDesktop(electronPath: string, args: readonly string[]): void {
  const child = spawn(electronPath, [root, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  process.on('disconnect', () => child.kill());
  child.on('error', (error) => {
    console.error(`Printfloor: Electron did not start: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}

const args = process.argv.slice(2);
const options = readOptions(args, process.env);
try {
  await buildPage();
  const way = await chooseWay(options.headless);
  if (way.kind === 'desktop') {
    await buildDesktop();
    runDesktop(way.electronPath, args);
  } else {
    if (way.why !== null) console.log(`Printfloor runs without its window, since ${way.why}. Open the address below in a browser.`);
    await runHeadless(options);
  }
} catch (error) {
  console.error(`Printfloor: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
}
