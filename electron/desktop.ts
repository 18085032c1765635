/**
 * Answers window.desktop. The only user of ipcMain: who asks and what was said is checked here, once; a stranger gets an error and nothing
 * is done. Never logs what it hands out.
 */
import { app, type BrowserWindow, dialog, type IpcMainInvokeEvent, ipcMain, Notification } from 'electron';
import type { z } from 'zod';
import { type Desktop, type DesktopCall, desktopArguments, type HubAccess, type Notice } from '../shared/desktop.ts';
import { desktopChannel } from './desktop-channel.ts';
import { isPageUrl } from './page-address.ts';
import type { Words } from './words.ts';

export type DesktopParts = {
  readonly window: () => BrowserWindow | null;
  readonly showWindow: () => void;
  readonly access: () => Promise<HubAccess>;
  readonly words: Words;
};

/** Our page in the main frame; not a frame inside it, not a page that came there by mistake. */
function isOurPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageUrl(senderFrame.url);
}

function answer<Call extends DesktopCall>(
  call: Call,
  act: (...args: z.output<(typeof desktopArguments)[Call]>) => ReturnType<Desktop[Call]>,
): void {
  ipcMain.handle(desktopChannel(call), (event, ...args: unknown[]) => {
    if (!isOurPage(event)) throw new Error('Only the page of Printfloor may ask this.');
    return act(...(desktopArguments[call].parse(args) as z.output<(typeof desktopArguments)[Call]>));
  });
}

function notifyFailure({ title, body }: Notice, { window, showWindow }: DesktopParts): void {
  if (Notification.isSupported()) {
    const notification = new Notification({ title, body, urgency: 'critical' });
    notification.on('click', showWindow);
    notification.show();
  }
  app.dock?.bounce('critical');
  const shown = window();
  if (shown === null || shown.isFocused()) return;
  shown.flashFrame(true);
  shown.once('focus', () => shown.flashFrame(false));
}

async function chooseFolder({ window, words }: DesktopParts): Promise<string | null> {
  const options: Electron.OpenDialogOptions = { title: words.chooseFolder, properties: ['openDirectory', 'createDirectory'] };
  const parent = window();
  const { canceled, filePaths } = await (parent === null ? dialog.showOpenDialog(options) : dialog.showOpenDialog(parent, options));
  return canceled ? null : (filePaths[0] ?? null);
}

export function answerDesktop(parts: DesktopParts): void {
  /** A page that let go of the set-up, or was left alone, gets it back from nobody but the admin. */
  let handedOut = '';
  answer('hub', async () => {
    const access = await parts.access();
    const key = access.setUp?.token ?? '';
    if (key === handedOut) return { ...access, setUp: null };
    handedOut = key;
    return access;
  });
  answer('chooseFolder', () => chooseFolder(parts));
  answer('notifyFailure', (notice) => Promise.resolve(notifyFailure(notice, parts)));
}
