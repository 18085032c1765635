/** The sign in the tray that Printfloor runs, and the way back to the window when it is hidden; on a Mac also the menu bar. */
import { join } from 'node:path';
import { Menu, type MenuItemConstructorOptions, nativeImage, Tray } from 'electron';
import type { Words } from './words.ts';

const iconPath = join(import.meta.dirname, 'icons/tray.png');

export type TrayActions = { readonly open: () => void; readonly quit: () => void };

export function openTray({ open, quit }: TrayActions, words: Words): Tray {
  const tray = new Tray(nativeImage.createFromPath(iconPath));
  tray.setToolTip(words.running);
  tray.setContextMenu(
    Menu.buildFromTemplate([{ label: words.open, click: open }, { type: 'separator' }, { label: words.quit, click: quit }]),
  );
  tray.on('click', open);
  return tray;
}

/** Electron's own has developer tools and reload besides: nothing for a shop floor. */
const view = {
  role: 'viewMenu',
  submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, { type: 'separator' }, { role: 'togglefullscreen' }],
} as const satisfies MenuItemConstructorOptions;

/** Windows and Linux do without a menu bar; a Mac needs one for copy, paste and quit. */
export function setMenu(platform: NodeJS.Platform): void {
  if (platform !== 'darwin') {
    Menu.setApplicationMenu(null);
    return;
  }
  Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, view, { role: 'windowMenu' }]));
}
