/** One screen in a real browser, signed in at a hub, with everything it complains about written down. */
import type { Browser, Page } from 'playwright-core';
import type { Language } from '../../shared/words/form.ts';
import { token } from './stand-in-router.ts';

export type StationOptions = {
  /** Of this screen; left out: it speaks as the shop does. */
  readonly language?: Language;
  readonly width?: number;
  readonly height?: number;
  readonly touch?: boolean;
  readonly theme?: 'light' | 'dark';
  readonly signedIn?: boolean;
  /** Words the hub says otherwise, as a newer one would: what it says, and what the page hears instead. */
  readonly says?: readonly (readonly [string, string])[];
  /** The other screens are loaded as well when the page has nothing to do, as in a shop; a fifth of the time of a test that asks about one. */
  readonly loadsRest?: boolean;
  /** Prepares the page before it is opened. */
  readonly before?: (page: Page) => Promise<unknown>;
};

export type Station = {
  readonly page: Page;
  /** Errors of the page and violations of its content security policy. A lost connection is no error. */
  readonly complaints: string[];
  /** How many messages of the hub have come in. */
  heard(): number;
  close(): Promise<void>;
};

export const locales: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de-DE', fr: 'fr-FR', es: 'es-ES' };
const expected = /WebSocket connection to .* failed/;

/** Opens `hash` of the page at `url`. */
export async function openStation(browser: Browser, url: string, hash: string, options: StationOptions = {}): Promise<Station> {
  const {
    language,
    width = 1280,
    height = 800,
    touch = false,
    theme = 'light',
    signedIn = true,
    says = [],
    loadsRest = false,
    before,
  } = options;
  const context = await browser.newContext({
    viewport: { width, height },
    locale: locales[language ?? 'en'],
    colorScheme: theme,
    hasTouch: touch,
    isMobile: touch,
    reducedMotion: 'reduce',
  });
  if (signedIn) await context.addInitScript((key) => localStorage.setItem('printfloor.token', key), token);
  if (language !== undefined)
    await context.addInitScript((own) => {
      // Once: what is chosen later is not taken back when the page is loaded again.
      if (sessionStorage.getItem('opened') === null) localStorage.setItem('printfloor.language', own);
      sessionStorage.setItem('opened', 'yes');
    }, language);
  // What is caught by who tried it is no error, and forbidden all the same.
  await context.addInitScript(() =>
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`The policy forbids ${effectiveDirective}: ${blockedURI}`),
    ),
  );
  if (!loadsRest) await context.addInitScript(() => Object.assign(globalThis, { requestIdleCallback: () => 0 }));
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if ((message.type() === 'error' || message.type() === 'warning') && !expected.test(message.text())) complaints.push(message.text());
  });
  if (says.length > 0)
    await page.routeWebSocket(/\/ws$/, (socket) => {
      const hub = socket.connectToServer();
      hub.onMessage((message) => socket.send(says.reduce((text, [from, to]) => text.replaceAll(from, to), String(message))));
    });
  await before?.(page);
  let heard = 0;
  page.on('websocket', (socket) => socket.on('framereceived', () => heard++));
  await page.goto(`${url}/${hash}`);
  return { page, complaints, heard: () => heard, close: () => context.close() };
}
