/** Stand-in (test double) for `BrowserWindow` and its web contents: a page of a real Chromium with the built preload in it. */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { BrowserContext, Page } from 'playwright-core';
import { app, closers, StoppableEvent } from './app.ts';
import { frameOf, openBrowserContext, toInside, toOutside } from './browser.ts';
import { ipcMain } from './session.ts';

type Bounds = { x: number; y: number; width: number; height: number };
type Preferences = { preload: string; sandbox: boolean; contextIsolation: boolean; nodeIntegration: boolean; webSecurity: boolean };
type Options = Partial<Bounds> & { show: boolean; webPreferences: Preferences };
type OpenHandler = (details: { url: string }) => { action: 'allow' | 'deny' };

/** Runs the preload in the page's main frame before anything else, with the two modules a sandboxed preload has, and leaves no trace of them. */
function preloadScript(preload: string): string {
  return `(() => {
    const call = globalThis.standInCall;
    delete globalThis.standInCall;
    if (window !== window.top) return;
    const freeze = (value) => Object.freeze(Object.assign({}, value));
    const electron = {
      contextBridge: { exposeInMainWorld: (name, value) => Object.defineProperty(window, name, { value: freeze(value), enumerable: true }) },
      ipcRenderer: { invoke: async (channel, ...args) => {
        const answer = await call({ channel, args });
        if ('error' in answer) throw new Error("Error invoking remote method '" + channel + "': " + answer.error);
        return answer.result;
      } },
    };
    const require = (name) => { if (name === 'electron') return electron; throw new Error('module not found: ' + name); };
    (function (require, module, exports) { ${preload} })(require, { exports: {} }, {});
  })()`;
}

class WebContents extends EventEmitter {
  readonly #preferences: Preferences;
  #mayOpen: OpenHandler = () => ({ action: 'allow' });

  constructor(preferences: Preferences) {
    super();
    this.#preferences = preferences;
  }

  getLastWebPreferences(): Preferences {
    return this.#preferences;
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#mayOpen = handler;
  }

  /** As a page that ended by itself, too, is told. */
  forcefullyCrashRenderer(): void {
    this.emit('render-process-gone', {}, { reason: 'killed', exitCode: 1 });
  }

  mayOpen(url: string): boolean {
    return this.#mayOpen({ url }).action === 'allow';
  }
}

export class BrowserWindow extends EventEmitter {
  static readonly #all = new Set<BrowserWindow>();
  readonly webContents: WebContents;
  readonly #preloadPath: string;
  readonly #page: Promise<Page>;
  #expected = '';
  #bounds: Bounds;
  readonly #is = { visible: false, minimized: false, maximized: false };

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#all];
  }

  constructor({ webPreferences, show, x = 100, y = 100, width = 800, height = 600 }: Options) {
    super();
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = webPreferences;
    if (!(sandbox && contextIsolation && webSecurity) || nodeIntegration) throw new Error('The stand-in opens strict windows only');
    this.webContents = new WebContents(webPreferences);
    this.#preloadPath = webPreferences.preload;
    this.#bounds = { x, y, width, height };
    this.#is.visible = show;
    BrowserWindow.#all.add(this);
    closers.add(() => this.close());
    app.emit('web-contents-created', {}, this.webContents);
    this.#page = this.#open();
  }

  async #open(): Promise<Page> {
    const context = await openBrowserContext((route) => {
      const { url, frame } = { url: route.request().url(), frame: route.request().frame() };
      if (frame.parentFrame() !== null || url === this.#expected) return true;
      const event = new StoppableEvent(toInside(url));
      this.webContents.emit('will-navigate', event, event.url);
      return !event.defaultPrevented;
    });
    await this.#connect(context);
    const page = context.pages()[0] ?? (await context.newPage());
    page.on('popup', (popup) => {
      if (!this.webContents.mayOpen(popup.url())) void popup.close();
    });
    page.once('domcontentloaded', () => this.emit('ready-to-show'));
    return page;
  }

  async #connect(context: BrowserContext): Promise<void> {
    await context.exposeBinding('standInCall', async ({ frame }, { channel, args }: { channel: string; args: unknown[] }) => {
      try {
        return { result: await ipcMain.invoke(channel, frameOf(frame), args) };
      } catch (error) {
        return { error: String(error) };
      }
    });
    await context.addInitScript({ content: preloadScript(readFileSync(this.#preloadPath, 'utf8')) });
  }

  async loadURL(url: string): Promise<void> {
    const page = await this.#page;
    this.#expected = toOutside(url);
    await page.goto(this.#expected);
  }

  isDestroyed(): boolean {
    return !BrowserWindow.#all.has(this);
  }

  close(): boolean {
    const event = new StoppableEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    BrowserWindow.#all.delete(this);
    this.emit('closed');
    return true;
  }

  show(): void {
    this.#is.visible = true;
  }

  hide(): void {
    this.#is.visible = false;
  }

  focus(): void {
    this.emit('focus');
  }

  minimize(): void {
    this.#is.minimized = true;
  }

  restore(): void {
    this.#is.minimized = false;
  }

  maximize(): void {
    this.#is.maximized = true;
  }

  flashFrame(): void {}

  setBounds(bounds: Bounds): void {
    this.#bounds = bounds;
  }

  getNormalBounds(): Bounds {
    return { ...this.#bounds };
  }

  isVisible(): boolean {
    return this.#is.visible;
  }

  isMinimized(): boolean {
    return this.#is.minimized;
  }

  isMaximized(): boolean {
    return this.#is.maximized;
  }

  isFocused(): boolean {
    return false;
  }
}
