/** Stand-in (test double) for what the system shows: dialogs, notifications, tray, menus, screens. Shows nothing; tests replace what they watch. */
import { EventEmitter } from 'node:events';

export const dialog = {
  showOpenDialog: (): Promise<{ canceled: boolean; filePaths: string[] }> => Promise.resolve({ canceled: true, filePaths: [] }),
  showMessageBox: (): Promise<{ response: number }> => Promise.resolve({ response: 0 }),
  showErrorBox: (title: string, content: string): void => console.error(title, content),
};

export class Notification extends EventEmitter {
  readonly title: string;
  readonly body: string;

  constructor({ title, body }: { title: string; body: string }) {
    super();
    this.title = title;
    this.body = body;
  }

  static isSupported(): boolean {
    return true;
  }

  show(): void {
    this.emit('show');
  }
}

/** What keeps the computer awake, as it was asked for. */
export const powerSaveBlocker = {
  started: [] as string[],
  start(kind: string): number {
    return this.started.push(kind);
  },
};

export const nativeImage = { createFromPath: (path: string): { readonly path: string } => ({ path }) };

export class Tray extends EventEmitter {
  setToolTip(): void {}

  setContextMenu(): void {}
}

export const Menu = {
  setApplicationMenu: (): void => undefined,
  buildFromTemplate: <Template>(template: Template): Template => template,
};

export const screen = { getAllDisplays: () => [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }] };
