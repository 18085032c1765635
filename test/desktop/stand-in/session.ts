/** Stand-in (test double) for `session`, `protocol` and `ipcMain`: keeps the handlers the main process sets, and asks them as Electron would. */
import { EventEmitter } from 'node:events';

type CheckHandler = (contents: unknown, permission: string, origin: string) => boolean;
type RequestHandler = (contents: { getURL(): string }, permission: string, answer: (granted: boolean) => void) => void;
type SchemeHandler = (request: Request) => Promise<Response>;

const schemes = new Map<string, SchemeHandler>();
let check: CheckHandler | null = null;
let request: RequestHandler | null = null;

export const session = {
  defaultSession: {
    setPermissionCheckHandler: (handler: CheckHandler): void => {
      check = handler;
    },
    setPermissionRequestHandler: (handler: RequestHandler): void => {
      request = handler;
    },
    setDevicePermissionHandler: (): void => undefined,
    protocol: { handle: (scheme: string, handler: SchemeHandler): void => void schemes.set(scheme, handler) },
  },
};

/** Like Electron, grants what nobody denies. */
export function isGranted(permission: string, url: string): boolean {
  let granted = true;
  request?.({ getURL: () => url }, permission, (answer) => {
    granted = answer;
  });
  return granted && (check === null || check(null, permission, url));
}

export function answerScheme(scheme: string, asked: Request): Promise<Response> {
  return schemes.get(scheme)?.(asked) ?? Promise.resolve(new Response(null, { status: 404 }));
}

const privileged: string[] = [];
export const protocol = {
  registerSchemesAsPrivileged: (list: readonly { scheme: string }[]): void => void privileged.push(...list.map(({ scheme }) => scheme)),
};

export type Frame = { readonly url: string; readonly parent: Frame | null };
type InvokeHandler = (event: { readonly senderFrame: Frame }, ...args: unknown[]) => unknown;

class IpcMain extends EventEmitter {
  readonly #handlers = new Map<string, InvokeHandler>();

  handle(channel: string, handler: InvokeHandler): void {
    this.#handlers.set(channel, handler);
  }

  /** The way in for pages. */
  async invoke(channel: string, frame: Frame, args: readonly unknown[]): Promise<unknown> {
    const handler = this.#handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler({ senderFrame: frame }, ...args);
  }
}
export const ipcMain = new IpcMain();
