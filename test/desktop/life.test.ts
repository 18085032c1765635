/** The life of the desktop program: one of it, back where it was, its hub kept alive, failures told, and an end that leaves nothing behind. */
import { mkdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { until } from '../until.ts';
import { answeringHub, hubPid, isAlive, startMs } from './hub-of-desktop.ts';
import { type Desktop, kinds, type Machine, makeMachine, openDesktop, quit } from './open-desktop.ts';

const isVisible = (desktop: Desktop): Promise<boolean> =>
  desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() ?? false);

describe.each(kinds)('the desktop program under %s', (kind) => {
  const open: Desktop[] = [];
  const machines: Machine[] = [];
  const newMachine = (): Machine => {
    const machine = makeMachine();
    machines.push(machine);
    return machine;
  };
  const start = async (machine: Machine, more?: readonly string[]): Promise<Desktop> => {
    const desktop = await openDesktop(kind, machine, more);
    open.push(desktop);
    return desktop;
  };
  afterEach(async () => {
    for (const desktop of open.splice(0)) {
      desktop.process.kill('SIGKILL');
      await desktop.exited;
    }
    for (const machine of machines.splice(0)) machine.remove();
  });

  test('a second start ends at once and shows the window of the first', async () => {
    const machine = newMachine();
    const first = await start(machine);
    await until(() => isVisible(first), 'the window is shown', startMs);
    await first.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    expect(await isVisible(first)).toBe(false);
    const second = await start(machine);
    expect(await second.exited).toBe(0);
    await until(() => isVisible(first), 'the window of the first is shown again');
    expect(await quit(first)).toBe(0);
  });

  test('a second start in another session of the account says where the window is', async () => {
    const machine = newMachine();
    const first = await start(machine);
    await until(() => isVisible(first), 'the window is shown', startMs);
    const second = await openDesktop(kind, machine, undefined, { SESSIONNAME: 'RDP-Tcp#7' });
    open.push(second);
    expect(await second.exited).toBe(1);
    expect(second.output()).toContain('runs already in another session of this account');
    expect(await quit(first)).toBe(0);
  });

  test('a second account is told that another Printfloor has the port, and how to have its own', async () => {
    const first = await start(newMachine());
    const { url } = await answeringHub(first);
    const second = await start(newMachine(), ['--port', new URL(url).port]);
    await until(() => second.output().includes('Another Printfloor answers at port'), 'it is told', startMs);
    expect(second.output()).toContain('start with --port and another number');
    expect(second.output()).not.toMatch(/\bat \S+:\d+:\d+/);
    expect(await quit(second)).toBe(0);
    expect(await quit(first)).toBe(0);
  });

  test('the window comes back where it was, unless no screen shows that place any more', async () => {
    const machine = newMachine();
    const shown = { x: 200, y: 150, width: 900, height: 700 };
    const openShown = async (): Promise<Desktop> => {
      const desktop = await start(machine);
      await until(() => isVisible(desktop), 'the window is shown', startMs);
      return desktop;
    };
    const move = (desktop: Desktop, bounds: typeof shown): Promise<void> =>
      desktop.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), bounds);
    const place = (desktop: Desktop): Promise<unknown> =>
      desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds());

    const first = await openShown();
    await move(first, shown);
    expect(await quit(first)).toBe(0);
    const second = await openShown();
    expect(await place(second)).toEqual(shown);
    await move(second, { ...shown, x: 90_000 });
    expect(await quit(second)).toBe(0);
    const third = await openShown();
    expect(await place(third)).not.toMatchObject({ x: 90_000 });
    expect(await quit(third)).toBe(0);
  });

  test('a hub that is killed is there again, on the same floor', async () => {
    const desktop = await start(newMachine());
    const before = await answeringHub(desktop);
    const pid = await hubPid(desktop);
    process.kill(pid, 'SIGKILL');
    await until(async () => (await hubPid(desktop)) !== pid, 'another hub runs', startMs);
    const after = await until(() => answeringHub(desktop), 'the new hub answers', startMs);
    expect(after.token).toBe(before.token);
    expect(await quit(desktop)).toBe(0);
  });

  test('a page that ended, or hangs, is loaded again; the hub goes on meanwhile', async () => {
    const desktop = await start(newMachine());
    await answeringHub(desktop);
    const pid = await hubPid(desktop);
    const page = await desktop.page();
    const isNew = async (): Promise<boolean> => !(await page.evaluate(() => 'before' in window).catch(() => true));
    const mark = (): Promise<unknown> => page.evaluate(() => Object.assign(window, { before: true }));
    await mark();
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await until(isNew, 'it is loaded again', startMs);
    await page.waitForFunction(() => 'desktop' in window);
    await mark();
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('unresponsive'));
    await until(isNew, 'it is ended, and loaded again', startMs);
    expect(await hubPid(desktop)).toBe(pid);
    expect(await quit(desktop)).toBe(0);
  });

  test('settings of the machine that cannot be written do not end the program', async () => {
    const machine = newMachine();
    const desktop = await start(machine);
    await answeringHub(desktop);
    const path = await desktop.evaluate(({ app }) => app.getPath('userData'));
    const blocked = join(path, 'settings.json');
    rmSync(blocked, { force: true });
    mkdirSync(join(blocked, 'in-the-way'), { recursive: true });
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
    await until(() => desktop.output().includes('could not be written'), 'it is said', startMs);
    await answeringHub(desktop);
    rmSync(blocked, { recursive: true });
    expect(await quit(desktop)).toBe(0);
  });

  test('the computer stays awake for the hub', async () => {
    if (kind === 'electron') return;
    const desktop = await start(newMachine());
    await answeringHub(desktop);
    expect(await desktop.evaluate(({ powerSaveBlocker }) => (powerSaveBlocker as unknown as { started: string[] }).started)).toEqual([
      'prevent-app-suspension',
    ]);
    expect(await quit(desktop)).toBe(0);
  });

  test('a hub that cannot start says why, in the dialog and on the console, and is tried again', async () => {
    const other = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const desktop = await start(newMachine(), ['--port', String(port)]);
    await until(() => desktop.output().includes(`Port ${port} is taken`), 'the trouble is told', startMs);
    await new Promise((done) => other.close(done));
    const { url } = await answeringHub(desktop);
    expect(new URL(url).port).toBe(String(port));
    expect(desktop.output().match(/is taken/g)).toHaveLength(1);
    expect(await quit(desktop)).toBe(0);
  });

  test('a failure is a notification and a flashing entry in the taskbar; the folder dialog answers a folder or null', async () => {
    const desktop = await start(newMachine());
    const page = await desktop.page();
    await page.waitForFunction(() => 'desktop' in window);
    await desktop.evaluate(({ BrowserWindow, Notification }) => {
      const seen: unknown[] = [];
      Object.assign(globalThis, { seen });
      Notification.prototype.show = function show(this: { title: string; body: string }) {
        seen.push([this.title, this.body]);
      };
      const window = BrowserWindow.getAllWindows()[0];
      if (window !== undefined) {
        window.isFocused = () => false;
        window.flashFrame = (on) => seen.push(on ? 'flashes' : 'calm');
      }
    });
    await page.evaluate(() => window.desktop?.notifyFailure({ title: 'Press 1', body: 'The folder is gone' }));
    await desktop.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.emit('focus'));
    const seen = await desktop.evaluate(() => (globalThis as unknown as { seen: unknown[] }).seen);
    expect(seen).toEqual([['Press 1', 'The folder is gone'], 'flashes', 'calm']);

    const choose = async (canceled: boolean): Promise<string | null | undefined> => {
      await desktop.evaluate(({ dialog }, cancelled) => {
        dialog.showOpenDialog = () => Promise.resolve({ canceled: cancelled, filePaths: cancelled ? [] : ['/presses/one'] });
      }, canceled);
      return page.evaluate(() => window.desktop?.chooseFolder());
    };
    expect(await choose(false)).toBe('/presses/one');
    expect(await choose(true)).toBeNull();
    expect(await quit(desktop)).toBe(0);
  });

  test.each(['quit', 'SIGTERM', 'SIGINT'] as const)(
    '%s waits for the hub, ends with 0 within five seconds and leaves no process',
    async (sign) => {
      const desktop = await start(newMachine());
      await answeringHub(desktop);
      const pid = await hubPid(desktop);
      const others = await desktop.evaluate(({ app }) =>
        app
          .getAppMetrics()
          .filter(({ type }) => type === 'Utility')
          .map((one) => one.pid),
      );
      const from = performance.now();
      if (sign === 'quit') void desktop.evaluate(({ app }) => app.quit()).catch(() => undefined);
      else desktop.process.kill(sign);
      expect(await desktop.exited).toBe(0);
      expect(performance.now() - from).toBeLessThan(5000);
      expect(others).toContain(pid);
      await until(() => others.every((other) => !isAlive(other)), 'no process is left', 2000);
    },
  );

  test('an unknown option is refused with those there are', async () => {
    if (kind === 'electron') return;
    const desktop = await start(newMachine(), ['--kiosc']);
    expect(await desktop.exited).toBe(2);
    expect(desktop.output()).toContain("'--kiosc'");
    expect(desktop.output()).toContain('--headless');
  });
});
