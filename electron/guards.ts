/** What no page may do, whatever it is: any permission but what a station needs, leaving for another address, opening windows, embedding others. Deny by default. */
import type { App, Session, WebContents } from 'electron';
import { isPageUrl } from './page-address.ts';

/** What our own page may: keep the screen of a press on. */
const granted: ReadonlySet<string> = new Set(['screen-wake-lock']);

/** Electron grants everything to a page unless both handlers say no. */
export function denyPermissions(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>,
): void {
  session.setPermissionRequestHandler((contents, permission, answer) => answer(granted.has(permission) && isPageUrl(contents.getURL())));
  session.setPermissionCheckHandler((_contents, permission, origin) => granted.has(permission) && isPageUrl(origin));
  session.setDevicePermissionHandler(() => false);
}

function guard(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isPageUrl(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** Guards every page of the program from its first moment. */
export function guardAllPages(app: App): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
}
