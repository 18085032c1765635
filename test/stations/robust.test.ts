/** What a page must stand: a hub that is newer, a browser that keeps nothing or garbage, and a part that breaks. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { token } from './stand-in-router.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const printing = () =>
  floor.hub.addJob({
    title: 'Menu card',
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
      { code: 'InProduction', actor: 'printer press-1' },
    ],
  });

describe('a hub that is newer than the page', () => {
  it.each(['#/', '#/job/1', '#/press/1'])('says a status nobody here knows, and %s shows its code', async (hash) => {
    printing();
    const page = await floor.open(hash, { says: [['"InProduction"', '"Laminating3D"']] });
    await page.getByText('Laminating3D').first().waitFor();
    await page.getByText('Menu card').first().waitFor();
    floor.hub.record(1, { code: 'Printed', actor: 'admin' });
    await until(async () => (await page.getByText('Laminating3D').count()) === 0 || hash === '#/job/1', 'it goes on');
    expect(await page.getByTestId('broken').count()).toBe(0);
  });
});

describe('a browser', () => {
  const denied = (page: Page) =>
    page.addInitScript(() => {
      for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, {
          get() {
            throw new DOMException('Access is denied for this document.', 'SecurityError');
          },
        });
    });
  it('that denies its storage lets one sign in and work until the page is left', async () => {
    const job = printing();
    const page = await floor.open('#/press/1', { signedIn: false, before: denied });
    await page.getByLabel('Key').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await until(() => floor.hub.jobs.get(job.id)?.status === 'Printed', 'it is printed');
  });

  it('that has no room left keeps what waits for as long as the page is open', async () => {
    const job = printing();
    const page = await floor.open('#/press/1', {
      before: (fresh) =>
        fresh.addInitScript(() => {
          Storage.prototype.setItem = () => {
            throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
          };
        }),
    });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page
      .getByText(/Waits for the connection/)
      .first()
      .waitFor();
    floor.hub.comeBack();
    await until(() => floor.hub.jobs.get(job.id)?.status === 'Printed', 'it is printed', 20_000);
  });

  it.each([
    ['no JSON', '{"actionId":'],
    ['something else', '"hello"'],
    ['half of it', '[{"actionId":"a"},null,7,{"actionId":"b","jobId":1,"number":"1","call":{"kind":"status","code":"Exploded"}}]'],
    ['far too much', `[${'9,'.repeat(400_000)}9]`],
  ])('that keeps %s for what waits shows the floor all the same', async (_name, kept) => {
    printing();
    const page = await floor.open('#/press/1', {
      before: (fresh) =>
        fresh.addInitScript((text) => {
          sessionStorage.setItem('printfloor.intentions', text);
          sessionStorage.setItem('printfloor.own-events', text);
          localStorage.setItem('printfloor.theme', text);
          localStorage.setItem('printfloor.language', text);
        }, kept),
    });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    expect(floor.hub.recorded.filter((event) => event.actor === 'admin')).toEqual([]);
  });

  it.each(['ä\nö', 'x'.repeat(100_000)])('that keeps no key but garbage asks for the key', async (kept) => {
    const page = await floor.open('#/', {
      signedIn: false,
      before: (fresh) => fresh.addInitScript((text) => localStorage.setItem('printfloor.token', text), kept),
    });
    await page.getByText('Sign in to this floor').waitFor();
  });
});

describe('a hub that comes back with another record', () => {
  it.each([
    ['of another hub', 'hub-2', 5],
    ['put back from an older copy', 'hub-1', 0],
  ])('%s is sent nothing that was meant for the old one, and it says what', async (_name, hubId, more) => {
    printing();
    const page = await floor.open('#/press/1');
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page
      .getByText(/Waits for the connection/)
      .first()
      .waitFor();
    // A preview may be on its way from the hub that goes.
    floor.expectComplaints(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
    const other = await floor.replaceHub(hubId);
    // Of the same number of old, so that it would be taken for the one that was meant.
    other.addJob({ title: 'Poster', hotFolderId: 1, events: [{ code: 'InHotFolder', actor: 'system' }] });
    for (let at = 0; at < more; at++) other.addJob();
    const bar = page.getByTestId('unsent');
    await bar.getByText('Not sent: 1001-1: Printed').waitFor({ timeout: 20_000 });
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect(await page.getByText('Menu card').count()).toBe(0);
    await bar.getByRole('button', { name: 'Understood' }).click();
    await bar.waitFor({ state: 'detached' });
    await page.reload();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect(await bar.count()).toBe(0);
    expect(other.recorded.filter((event) => event.actor === 'admin')).toEqual([]);
  });
});

describe('a key that opens nothing any more', () => {
  const signIn = async (page: Page): Promise<void> => {
    await page.getByLabel('Key').fill(token);
    await page.getByRole('button', { name: 'Sign in' }).click();
  };
  const kept = (page: Page) =>
    page.evaluate(() => [localStorage.getItem('printfloor.token'), sessionStorage.getItem('printfloor.intentions')]);

  it('leaves nothing of the floor behind, and what waited under it is sent when it is right again', async () => {
    printing();
    const page = await floor.open('#/press/1', { signedIn: false });
    await signIn(page);
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.expectComplaints(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page
      .getByText(/Waits for the connection/)
      .first()
      .waitFor();
    floor.hub.revoke(true);
    floor.hub.comeBack();
    await page.getByText('Sign in to this floor').waitFor({ timeout: 20_000 });
    expect(await page.getByText('Menu card').count()).toBe(0);
    expect(await kept(page)).toEqual([null, null]);
    floor.hub.revoke(false);
    await signIn(page);
    await until(() => floor.hub.recorded.filter((event) => event.code === 'Printed').length === 1, 'it is recorded');
    await until(async () => (await page.getByTestId('unsent').count()) === 0, 'nothing waits');
  });

  it.each([
    ['en', 'Key', 'This key was revoked, or its time is over. Ask the admin for a new key for this screen.'],
    [
      'de',
      'Schlüssel',
      'Dieser Schlüssel wurde entzogen oder ist abgelaufen. Bitten Sie den Admin um einen neuen Schlüssel für diesen Bildschirm.',
    ],
  ] as const)('is said to have ended, also in another tab, when loaded again, and pasted once more (%s)', async (language, label, said) => {
    printing();
    const page = await floor.open('#/', { signedIn: false, language });
    const paste = async (key: string): Promise<void> => {
      await page.getByLabel(label).fill(key);
      await page.getByRole('button', { name: /Sign in|Anmelden/ }).click();
    };
    await paste(token);
    await page.getByText('Menu card').first().waitFor();
    const other = await page.context().newPage();
    await other.goto(page.url());
    await other.getByText('Menu card').first().waitFor();
    floor.expectComplaints(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
    floor.hub.goAway();
    floor.hub.revoke(true);
    floor.hub.comeBack();
    const told = async (tab: Page) => {
      await tab.getByRole('alert').waitFor({ timeout: 20_000 });
      expect(await tab.getByRole('alert').textContent()).toBe(said);
      // What was shown when the station was set up is the key that has ended.
      expect(await tab.getByText(/^(A station has|Eine Station hat)/).count()).toBe(0);
    };
    await told(page);
    await told(other);
    await page.reload();
    await told(page);
    await paste('another');
    await page.getByText(/This key is not the right one|Dieser Schlüssel stimmt nicht/).waitFor();
    await paste(token);
    await page.getByText(/This key was revoked|Dieser Schlüssel wurde entzogen/).waitFor();
    await told(page);
    floor.hub.revoke(false);
    await paste(token);
    await page.getByText('Menu card').first().waitFor();
    await page.getByRole('button', { name: /Sign out|Abmelden/ }).click();
    await page.getByLabel(label).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('nor does one who signs out, in any tab of the browser', async () => {
    printing();
    const page = await floor.open('#/', { signedIn: false });
    await signIn(page);
    await page.getByText('Menu card').first().waitFor();
    const otherTab = await page.context().newPage();
    await otherTab.goto(page.url());
    await otherTab.getByText('Menu card').first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('Sign in to this floor').waitFor();
    expect(await kept(page)).toEqual([null, null]);
    await otherTab.getByText('Sign in to this floor').waitFor();
    expect(await otherTab.getByText('Menu card').count()).toBe(0);
  });
});

describe('a part of a screen that breaks', () => {
  it('says so, offers to load again, and leaves the rest standing', async () => {
    floor.expectComplaints(/./);
    printing();
    const page = await floor.open('#/job/1', { says: [['"files":[', '"files":null,"_":[']] });
    const broken = page.getByTestId('broken').first();
    await broken.getByText(/A part of this screen broke/).waitFor();
    await broken.getByRole('button', { name: 'Load the page again' }).waitFor();
    expect(await broken.locator('pre').isVisible()).toBe(false);
    await page.getByTestId('connection').getByText('Connected').waitFor();
    await page.getByRole('link', { name: 'Folders' }).click();
    await page.getByRole('heading', { name: 'Hot folders' }).waitFor();
  });
});
