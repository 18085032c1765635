/** The window: strict, where it was last time, shown when there is something to see. Closing hides it, since printing goes on. */
import { join } from 'node:path';
import { BrowserWindow, screen } from 'electron';
import { keepPage } from './keep-page.ts';
import { pageUrl } from './page-address.ts';
import type { SettingsFile } from './settings.ts';
import { type Place, placeToRestore } from './window-place.ts';

const preloadPath = join(import.meta.dirname, 'preload.cjs');
const smallest = { minWidth: 800, minHeight: 600 };

export type MainWindow = {
  readonly window: BrowserWindow;
  /** In front, whatever it was before. */
  show(): void;
  /** From now on closing closes. */
  letGo(): void;
};

function placeOf(window: BrowserWindow): Place {
  return { ...window.getNormalBounds(), maximized: window.isMaximized() };
}

export function openWindow(file: SettingsFile): MainWindow {
  const place = placeToRestore(
    file.settings.window,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
  const { maximized = false, ...bounds } = place ?? { width: 1280, height: 800 };
  const window = new BrowserWindow({
    ...bounds,
    ...smallest,
    show: false,
    title: 'Printfloor',
    autoHideMenuBar: true,
    backgroundColor: '#101418',
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    },
  });
  let mayClose = false;
  // Once: a page that is loaded again does not bring up a window that somebody has hidden.
  window.once('ready-to-show', () => {
    if (maximized) window.maximize();
    window.show();
  });
  window.on('close', (event) => {
    file.change({ window: placeOf(window) });
    if (mayClose) return;
    event.preventDefault();
    window.hide();
  });
  keepPage(window, pageUrl);
  return {
    window,
    show() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
    letGo() {
      mayClose = true;
    },
  };
}
