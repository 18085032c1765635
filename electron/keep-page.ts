/** Keeps a page in its window: one that ended, did not load or hangs is loaded again, with growing pauses. The hub goes on meanwhile, and what was meant is kept. */
import type { BrowserWindow } from 'electron';
import { countDeaths, restartPauseMs } from './restart-pause.ts';
import { say } from './say.ts';

/** The system calls a page unresponsive after half a minute already. */
const hangsForMs = 10_000;
/** Chromium's own number for a load that another one took the place of. */
const aborted = -3;

export function keepPage(window: BrowserWindow, url: string): void {
  const contents = window.webContents;
  let deaths = 0;
  let loadedAt = Date.now();
  let again: NodeJS.Timeout | null = null;
  let hangs: NodeJS.Timeout | null = null;

  const load = (): void => {
    again = null;
    loadedAt = Date.now();
    // Why it did not load is told by `did-fail-load`.
    window.loadURL(url).catch(() => undefined);
  };
  const loadAgain = (why: string): void => {
    if (again !== null || window.isDestroyed()) return;
    deaths = countDeaths(deaths, Date.now() - loadedAt);
    const pauseMs = restartPauseMs(deaths);
    say`the page ${why}; it is loaded again in ${pauseMs} ms.`;
    again = setTimeout(load, pauseMs);
  };
  const responds = (): void => {
    if (hangs !== null) clearTimeout(hangs);
    hangs = null;
  };

  contents.on('render-process-gone', (_event, { reason }) => {
    responds();
    loadAgain(`ended (${reason})`);
  });
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (isMainFrame && code !== aborted) loadAgain(`did not load (${description})`);
  });
  window.on('unresponsive', () => {
    hangs ??= setTimeout(() => {
      hangs = null;
      say`the page hangs and is ended.`;
      contents.forcefullyCrashRenderer();
    }, hangsForMs);
  });
  window.on('responsive', responds);
  window.on('closed', () => {
    responds();
    if (again !== null) clearTimeout(again);
  });
  load();
}
