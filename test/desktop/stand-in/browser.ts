/**
 * The real Chromium behind the stand-in's windows (a test double). Chromium knows no app://, so the page lives under an https address that
 * is answered from the scheme's handler; towards the hub it is app:// again, in fetches and in sockets.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Frame as PageFrame, type Route, type WebSocketRoute } from 'playwright-core';
import { WebSocket } from 'ws';
import { browserFlags, findBrowser } from '../../browser.ts';
import { endings } from './app.ts';
import { answerScheme, type Frame, isGranted } from './session.ts';

const outside = 'https://printfloor.app-scheme.test';
const inside = 'app://printfloor';
const permissions = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'clipboard-write', 'midi'];

export const toOutside = (url: string): string => (url.startsWith(inside) ? outside + url.slice(inside.length) : url);
export const toInside = (url: string): string => (url.startsWith(outside) ? inside + url.slice(outside.length) : url);

/** A frame as Electron shows it to handlers. */
export function frameOf(frame: PageFrame): Frame {
  const parent = frame.parentFrame();
  return { url: toInside(frame.url()), parent: parent === null ? null : frameOf(parent) };
}

async function answerPage(route: Route): Promise<void> {
  const request = route.request();
  const response = await answerScheme('app', new Request(toInside(request.url()), { method: request.method() }));
  await route.fulfill({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  });
}

async function passToHub(route: Route): Promise<void> {
  const response = await route.fetch({ headers: { ...route.request().headers(), origin: inside } });
  const headers = response.headers();
  if (headers['access-control-allow-origin'] === inside) headers['access-control-allow-origin'] = outside;
  await route.fulfill({ response, headers });
}

function passSocketToHub(page: WebSocketRoute): void {
  const hub = new WebSocket(page.url(), { origin: inside });
  const waiting: (string | Buffer)[] = [];
  page.onMessage((data) => (hub.readyState === WebSocket.OPEN ? hub.send(data) : waiting.push(data)));
  page.onClose(() => hub.close());
  hub.on('open', () => {
    for (const data of waiting.splice(0)) hub.send(data);
  });
  hub.on('message', (data: Buffer, isBinary) => page.send(isBinary ? data : data.toString()));
  hub.on('close', () => void page.close());
  hub.on('error', () => hub.close());
}

/** Asks whether a page may go there; false stops it. */
export type MayNavigate = (route: Route) => boolean;

function answer(route: Route, mayNavigate: MayNavigate): Promise<void> {
  const url = route.request().url();
  if (route.request().isNavigationRequest() && !mayNavigate(route)) return route.abort('aborted');
  if (url.startsWith(`${outside}/`)) return answerPage(route);
  if (url.startsWith('http://127.0.0.1:')) return passToHub(route);
  return route.continue();
}

async function openContext(mayNavigate: MayNavigate): Promise<BrowserContext> {
  const userDataPath = mkdtempSync(join(tmpdir(), 'printfloor-stand-in-'));
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(userDataPath, {
    headless: true,
    // Signals are for the program under test.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [...browserFlags(), '--remote-debugging-port=0', '--disable-features=LocalNetworkAccessChecks'],
    permissions: permissions.filter((permission) => isGranted(permission, inside)),
    ...(executablePath === null ? {} : { executablePath }),
  });
  let closing = false;
  endings.add(async () => {
    closing = true;
    await context.close();
    rmSync(userDataPath, { recursive: true, force: true });
  });
  await context.route('**/*', async (route) => {
    try {
      await answer(route, mayNavigate);
    } catch (error) {
      // What the browser still asked for when it was closed.
      if (!closing) throw error;
    }
  });
  await context.routeWebSocket(/^ws:\/\/127\.0\.0\.1:/, passSocketToHub);
  const port = readFileSync(join(userDataPath, 'DevToolsActivePort'), 'utf8').split('\n')[0];
  process.send?.({ browser: `http://127.0.0.1:${port}` });
  return context;
}

let opened: Promise<BrowserContext> | null = null;

/** The one browser of this program; started with its first window. */
export function openBrowserContext(mayNavigate: MayNavigate): Promise<BrowserContext> {
  opened ??= openContext(mayNavigate);
  return opened;
}
