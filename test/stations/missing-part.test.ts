/** A part of the page cannot be had: the line is down in that moment, or the hub has another page by now. No screen stays white. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const notHandedOut = /Failed to load resource|Failed to fetch dynamically imported module/;

/** Nothing is loaded that no screen wants; and the parts of this name are not there. */
const without = (name: string) => async (page: Page) => {
  await page.addInitScript(() => {
    globalThis.requestIdleCallback = () => 0;
  });
  await page.route(`**/assets/${name}-*.js`, (route) => route.abort());
};
/** Notes whether the words of a page that is not loaded were ever seen. */
function watchForWords(): void {
  const look = (): void => {
    if (document.querySelector('[data-testid="nothing-loaded"]')?.checkVisibility({ visibilityProperty: true }) === true)
      Object.assign(window, { seenUnloaded: true });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
const putBack = (page: Page, name: string) => page.unroute(`**/assets/${name}-*.js`);

describe('a part that cannot be loaded', () => {
  it('is said in its place, beside what is there, and comes by itself when it can be had', async () => {
    floor.expectComplaints(notHandedOut);
    const page = await floor.open('#/', { before: without('settings') });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByTestId('missing-part').getByText('could not be loaded').waitFor();
    await page.getByTestId('connection').getByText('Connected').waitFor();
    await putBack(page, 'settings');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    expect(await page.getByTestId('missing-part').count()).toBe(0);
  });

  it('comes at once when somebody asks for it', async () => {
    floor.expectComplaints(notHandedOut);
    const page = await floor.open('#/', { before: without('security') });
    await page.getByRole('link', { name: 'Security' }).click();
    const missing = page.getByTestId('missing-part');
    await missing.waitFor();
    await putBack(page, 'security');
    await missing.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Security', level: 1 }).waitFor();
  });

  it('that is a sheet says so in a sheet, which closes like one', async () => {
    floor.expectComplaints(notHandedOut);
    const page = await floor.open('#/press/1', { before: without('palette') });
    await page.getByTestId('focus').or(page.getByText('Nothing')).first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByTestId('missing-part').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('that is the very screen asked for leaves no white page', async () => {
    floor.expectComplaints(notHandedOut);
    floor.lying('Menu card');
    const page = await floor.open('#/press/1', { before: without('press') });
    await page.getByTestId('missing-part').waitFor();
    await putBack(page, 'press');
    await page.getByTestId('focus').getByText('Menu card').waitFor();
  });

  it.each(['start', 'shared'])(
    'that is nearly all of it (%s) leaves no white page either, and the page begins anew when the hub answers',
    async (name) => {
      floor.expectComplaints(notHandedOut);
      floor.lying('Menu card');
      const page = await floor.open('#/press/1', { before: without(name) });
      await page.getByTestId('not-loaded').getByText('Printfloor could not be loaded whole').waitFor();
      await putBack(page, name);
      await page.getByTestId('focus').getByText('Menu card').waitFor();
    },
  );
});

describe('a page of which nothing comes', () => {
  it('is not white: it says what to do, in each language, and not while it is only on its way', async () => {
    floor.expectComplaints(notHandedOut);
    let page = await floor.open('#/', { before: without('index') });
    await page.getByText('Printfloor ist nicht geladen').waitFor({ timeout: 20_000 });
    expect(await page.getByTestId('nothing-loaded').getByText('F5').count()).toBe(4);
    floor.lying('Menu card');
    page = await floor.open('#/press/1', { before: (opened) => opened.addInitScript(watchForWords) });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    expect(await page.evaluate(() => 'seenUnloaded' in window)).toBe(false);
  });
});

describe('a part that only the newer page of the hub has', () => {
  it('is loaded with it at once, and once only', async () => {
    floor.expectComplaints(notHandedOut);
    const page = await floor.open('#/', { before: without('settings') });
    await page.getByTestId('connection').getByText('Connected').waitFor();
    floor.hub.sayPage('index-newer.js');
    await page.evaluate(() => document.body.setAttribute('data-old', ''));
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.waitForFunction(() => !document.body.hasAttribute('data-old'));
    // What came is the old one again, as from a cache on the way: it is said, and not asked for without end.
    await page.evaluate(() => document.body.setAttribute('data-old', ''));
    await page.getByTestId('missing-part').getByText('A newer Printfloor is running').waitFor();
    await page.getByTestId('missing-part').getByRole('button', { name: 'Load it now' }).waitFor();
    expect(await page.evaluate(() => document.body.hasAttribute('data-old'))).toBe(true);
  });

  it('waits as long as what somebody typed would be lost', async () => {
    floor.expectComplaints(notHandedOut);
    const page = await floor.open('#/settings', { before: without('security') });
    await page.getByRole('textbox').first().fill('Another shop');
    floor.hub.sayPage('index-newer.js');
    await page.evaluate(() => document.body.setAttribute('data-old', ''));
    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByTestId('missing-part').getByText('A newer Printfloor is running').waitFor();
    expect(await page.evaluate(() => document.body.hasAttribute('data-old'))).toBe(true);
  });
});
