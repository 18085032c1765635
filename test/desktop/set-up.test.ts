/** Who may set up at the window of the desktop: it works as a station, the floor of a newcomer is open at first, and the admin who signs in does not stay so. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { makeWindowKeys } from '../../electron/hub/window-keys.ts';
import { goesOn } from '../../renderer/set-up.ts';
import { until } from '../until.ts';
import { answeringHub, startMs } from './hub-of-desktop.ts';
import { type Desktop, kinds, type Machine, makeMachine, openDesktop, quit } from './open-desktop.ts';

const adminKey = ({ dataPath }: Machine): string => readFileSync(join(dataPath, 'admin-token'), 'utf8').trim();
const settingsAre = (page: Page) => page.getByTestId('settings').waitFor({ timeout: startMs });
const signInIs = (page: Page) => page.getByTestId('admin-sign-in').waitFor({ timeout: startMs });

describe.each(kinds)('the desktop window under %s', (kind) => {
  const machine = makeMachine();
  let desktop: Desktop | null = null;
  const openSettings = async (): Promise<Page> => {
    desktop = await openDesktop(kind, machine);
    const page = await desktop.page();
    await page.waitForFunction(() => 'desktop' in window);
    await page.evaluate(() => (location.hash = '#/settings'));
    return page;
  };
  afterEach(async () => {
    desktop?.process.kill('SIGKILL');
    await desktop?.exited;
    machine.remove();
  });

  test('sets up a new floor without a key, then asks for the admin, and lets go of him', async () => {
    const page = await openSettings();
    await settingsAre(page);
    const { url, token } = await answeringHub(desktop as Desktop);
    const may = async (path: string): Promise<number> =>
      (await fetch(new URL(path, url), { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await Promise.all(['/api/jobs', '/api/settings', '/api/stations', '/api/security'].map(may))).toEqual([200, 403, 403, 403]);

    await page.getByRole('button', { name: 'End set-up' }).click();
    await signInIs(page);
    expect(await page.getByTestId('settings').count()).toBe(0);
    const sign = async (key: string): Promise<void> => {
      await page.getByLabel('Key of the admin').fill(key);
      await page.getByRole('button', { name: 'Sign in for set-up' }).click();
    };
    await page.getByText(join(machine.dataPath, 'admin-token')).waitFor();
    await sign(token);
    await page.getByText('This is the key of a station.').waitFor();
    await sign('x'.repeat(43));
    await page.getByText('This key is not the right one.').waitFor();
    await sign(adminKey(machine));
    await settingsAre(page);

    // Left alone for longer than it holds.
    await page.evaluate(() => {
      const name = 'printfloor.set-up';
      sessionStorage.setItem(
        name,
        JSON.stringify({ ...JSON.parse(sessionStorage.getItem(name) ?? ''), touchedAt: Date.now() - 16 * 60_000 }),
      );
      location.reload();
    });
    await signInIs(page);
    expect(await quit(desktop as Desktop)).toBe(0);

    // The floor is new once.
    const again = await openSettings();
    await signInIs(again);
    expect((await until(() => answeringHub(desktop as Desktop), 'it answers', startMs)).token).toBe(token);
    expect((desktop as Desktop).output()).not.toContain(token);
    expect(await quit(desktop as Desktop)).toBe(0);
  }, 120_000);
});

test('a sign-in for the set-up ends when nobody touches the screen, and the one of a new floor when its time is over', () => {
  const [minute, at] = [60_000, 1_000_000];
  const admin = { key: 'k', endsAt: null, touchedAt: at };
  expect([14, 15, -1].map((minutes) => goesOn(admin, at + minutes * minute))).toEqual([true, false, false]);
  const first = { key: 'k', endsAt: at + 120 * minute, touchedAt: at };
  expect([60, 120].map((minutes) => goesOn(first, at + minutes * minute))).toEqual([true, false]);
});

test('the key of the window is the same after every start, is not the key of the admin, and changes with it', () => {
  const [one, again, other] = ['a', 'a', 'b'].map((admin) => makeWindowKeys(admin, 'PC', false, 0));
  expect(one).toEqual(again);
  expect(one?.token).not.toBe(other?.token);
  expect(one).toMatchObject({ station: 'PC', token: expect.stringMatching(/^[\w-]{43}$/), setUp: null });
});
