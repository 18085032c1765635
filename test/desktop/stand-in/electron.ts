/**
 * A stand-in for the module `electron`: a test double, just large enough for the built main process. Windows are pages of a real Chromium,
 * processes are real processes; what Electron grants by default is granted here too, so that a missing guard fails a test.
 */
import { app } from './app.ts';
import { answerTests } from './control.ts';
import { dialog, Menu, Notification, nativeImage, powerSaveBlocker, screen, Tray } from './native.ts';
import { MessageChannelMain, utilityProcess } from './processes.ts';
import { ipcMain, protocol, session } from './session.ts';
import { BrowserWindow } from './window.ts';

const electron = {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  Notification,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  shell: {},
  Tray,
  utilityProcess,
};
answerTests(electron);

export default electron;
export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  Notification,
  nativeImage,
  powerSaveBlocker,
  protocol,
  screen,
  session,
  Tray,
  utilityProcess,
};
