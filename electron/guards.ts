/** What no page may do, whatever it is: any permission, leaving for another address, opening windows, embedding others. Deny by default. */
import type { App, Session, WebContents } from 'electron';
import { isPageUrl } from './page-address.ts';

/** Electron grants everything to a page unless both handlers say no. */
export function denyPermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
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
