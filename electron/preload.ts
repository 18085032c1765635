/** Exposes window.desktop to the page, and nothing else. The events of the channel stay here. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Desktop } from '../shared/desktop.ts';
import { desktopChannel } from './desktop-channel.ts';

contextBridge.exposeInMainWorld('desktop', {
  hub: () => ipcRenderer.invoke(desktopChannel('hub')),
  chooseFolder: () => ipcRenderer.invoke(desktopChannel('chooseFolder')),
  notifyFailure: (notice) => ipcRenderer.invoke(desktopChannel('notifyFailure'), notice),
} satisfies Desktop);
