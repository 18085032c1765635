/** Electron's security checklist, as far as it concerns a running program, point by point. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { until } from '../until.ts';
import { type Desktop, kinds, makeMachine, openDesktop, quit } from './open-desktop.ts';

const token = (dataPath: string): string => readFileSync(join(dataPath, 'admin-token'), 'utf8').trim();

describe.each(kinds)('the desktop program under %s', (kind) => {
  const machine = makeMachine();
  let desktop: Desktop;
  let page: Page;

  beforeAll(async () => {
    desktop = await openDesktop(kind, machine);
    page = await desktop.page();
    await page.waitForFunction(() => 'desktop' in window);
    await page.evaluate(() => window.desktop?.hub());
  });
  afterAll(async () => {
    await quit(desktop);
    machine.remove();
  });

  test('the window is sandboxed, isolated, without Node, and nothing of it is loosened (2, 3, 4, 6, 8, 9, 10, 11)', async () => {
    const preferences = await desktop.evaluate(({ BrowserWindow }) => {
      // Electron has it, its types do not.
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as { getLastWebPreferences?(): object } | undefined;
      return contents?.getLastWebPreferences?.();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
    });
    expect(preferences).not.toHaveProperty('enableBlinkFeatures');
  });

  test('the page is given the declared calls and nothing else (20)', async () => {
    const found = await page.evaluate(() => ({
      calls: Object.keys(window.desktop ?? {}).sort(),
      strangers: ['require', 'process', 'module', 'ipcRenderer', 'electron', 'Buffer', 'standInCall'].filter((name) => name in window),
    }));
    expect(found).toEqual({ calls: ['chooseFolder', 'hub', 'notifyFailure'], strangers: [] });
  });

  test('the page comes with a strict policy, and it holds (1, 7)', async () => {
    const policy = await page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toContain('unsafe');
    // Its own hub, and no other program on this machine
    const hub = await page.evaluate(async () => (await window.desktop?.hub())?.url ?? '');
    expect(/connect-src ([^;]*)/.exec(policy ?? '')?.[1]).toBe(`'self' ${hub} ${hub.replace('http', 'ws')}`);
    const blocked = await page.evaluate(
      () =>
        new Promise((done) => {
          document.addEventListener('securitypolicyviolation', (event) => done(event.effectiveDirective), { once: true });
          const script = document.createElement('script');
          script.textContent = 'document.title = "taken over"';
          document.head.append(script);
        }),
    );
    expect(blocked).toBe('script-src-elem');
    expect(await page.title()).not.toBe('taken over');
  });

  test('what is not of the page is not found, and may no more than the page', async () => {
    const found = await page.evaluate(async () =>
      Promise.all(
        [location.href, '/none.js', '/../main.js'].map(async (address) => {
          const { status, headers } = await fetch(address);
          return [
            status,
            headers.get('referrer-policy'),
            headers.get('content-security-policy')?.split(';')[0],
            headers.get('x-frame-options'),
          ];
        }),
      ),
    );
    const strict = ['no-referrer', "default-src 'none'", 'DENY'];
    expect(found).toEqual([200, 404, 404].map((status) => [status, ...strict]));
  });

  test('every permission is denied (5)', async () => {
    const states = await page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone'] as PermissionName[];
      const found = await Promise.all(names.map((name) => navigator.permissions.query({ name })));
      return found.map(({ state }) => state);
    });
    expect(states).not.toContain('granted');
    const camera = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'denied',
      ),
    );
    expect(camera).toBe('denied');
  });

  test('the page cannot lead the window elsewhere (13)', async () => {
    await desktop.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
        Object.assign(globalThis, { stopped: event.defaultPrevented ? event.url : null });
      });
    });
    const before = page.url();
    await page.evaluate(() => {
      location.href = 'https://example.org/';
    });
    await until(
      () => desktop.evaluate(() => (globalThis as { stopped?: string }).stopped === 'https://example.org/'),
      'the way out was stopped',
    );
    expect(page.url()).toBe(before);
  });

  test('the page cannot open windows (14)', async () => {
    await page.evaluate(() => Object.assign(window, { opened: window.open('about:blank') }));
    await page.waitForFunction(() => {
      const { opened } = window as unknown as { opened: Window | null };
      return opened === null || opened.closed;
    });
    expect(await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  });

  test('a web view in the page is dead (12)', async () => {
    const kindOfCall = await page.evaluate(() => {
      const view = document.createElement('webview');
      document.body.append(view);
      const kind = typeof (view as unknown as { loadURL?: unknown }).loadURL;
      view.remove();
      return kind;
    });
    expect(kindOfCall).toBe('undefined');
  });

  test.each([
    '/%2e%2e/%2e%2e/package.json',
    '/..%2f..%2fpackage.json',
    '/..%5c..%5cpackage.json',
    '/%00',
    '/%',
    '/electron/main.js',
    '/assets/',
  ])('nothing outside the page is served: %s (18)', async (path) => {
    expect(await page.evaluate(async (asked) => (await fetch(asked)).status, path)).toBe(404);
  });

  test('the page is only read', async () => {
    expect(await page.evaluate(async () => (await fetch('/index.html', { method: 'POST', body: 'x' })).status)).toBe(404);
  });

  test('what the page says is checked (17)', async () => {
    const say = (notice: unknown): Promise<string> =>
      page.evaluate(
        (said) =>
          window.desktop?.notifyFailure(said as never).then(
            () => 'done',
            () => 'refused',
          ) ?? '',
        notice,
      );
    expect(await say({ title: 'Press 1', body: 'Out of paper' })).toBe('done');
    expect(await say({ title: 5, body: 'x' })).toBe('refused');
    expect(await say({ title: 'x'.repeat(101), body: 'x' })).toBe('refused');
    expect(await say('text')).toBe('refused');
    expect(await say(null)).toBe('refused');
  });

  test('a frame of the page is not answered (17)', async () => {
    const frames = await page.evaluate(() => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const has = 'desktop' in (frame.contentWindow ?? {});
      frame.remove();
      return has;
    });
    expect(frames).toBe(false);
  });

  test('another page that got into the window is not answered (17)', async () => {
    const load = (url: string): Promise<void> =>
      desktop.evaluate(async ({ BrowserWindow }, address) => BrowserWindow.getAllWindows()[0]?.loadURL(address), url);
    await load('data:text/html,<title>stranger</title>');
    await page.waitForFunction(() => document.title === 'stranger');
    const answer = await page.evaluate(() =>
      window.desktop?.hub().then(
        () => 'told',
        (error: Error) => error.message,
      ),
    );
    expect(answer).toContain('Only the page of Printfloor may ask this');
    await load('app://printfloor/index.html');
    expect(await page.evaluate(() => window.desktop?.hub().then(({ url }) => url))).toMatch(/^http:\/\/127\.0\.0\.1:\d+/);
  });

  test("the page is handed a key of its own, never the admin's, and no key is printed", async () => {
    const access = await page.evaluate(() => window.desktop?.hub());
    const admin = token(machine.dataPath);
    expect(access?.token).toMatch(/^[\w-]{43}$/);
    expect(access?.token).not.toBe(admin);
    // The page of a new floor was given it when it was opened.
    expect(access?.setUp).toBeNull();
    for (const place of ['localStorage', 'sessionStorage'] as const)
      expect(await page.evaluate((name) => JSON.stringify(window[name]), place)).not.toContain(admin);
    expect(desktop.output()).not.toContain(admin);
    expect(desktop.output()).not.toContain(access?.token);
  });
});

test('Electron is current, and nothing opens addresses with the system (15, 16)', () => {
  expect(Number.parseInt(packageJson.devDependencies.electron, 10)).toBeGreaterThanOrEqual(45);
  for (const name of ['main', 'window', 'guards', 'desktop', 'tray', 'preload']) {
    expect(readFileSync(join(import.meta.dirname, `../../electron/${name}.ts`), 'utf8')).not.toMatch(/\bshell\b|openExternal/);
  }
});
