/** For whoever works by keyboard and by ear: what appears is heard, and the focus is never left to nobody. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const heard = (page: Page, words: string) => page.getByTestId('told').getByText(words).first().waitFor({ state: 'attached' });
/** Is the focus in there? */
const isIn = (page: Page, testId: string) =>
  page.evaluate((id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null, testId);

describe('is heard, in a region that was there before it', () => {
  it('what was saved, once, and that it was taken back', async () => {
    const job = floor.lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('[data-action="printed"]').click();
    await heard(page, 'Printed: saved');
    expect(await page.getByTestId('told').getByText('being saved').count()).toBe(0);
    await page.locator('[data-action="undoShort"]').click();
    await heard(page, 'Taken back. Now:');
  });

  it('that the line is lost, and what waits for it', async () => {
    const job = floor.lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('[data-action="printed"]').waitFor();
    floor.hub.goAway();
    await heard(page, 'No connection to the hub');
    await page.locator('[data-action="printed"]').click();
    await heard(page, 'Printed.');
  });

  it('how many jobs a search has found, once it was typed', async () => {
    floor.lying('Menu card');
    floor.lying('Poster');
    const page = await floor.open('#/');
    await page.locator('#search').fill('Menu');
    await heard(page, '1 job found');
  });

  it('that settings were saved', async () => {
    const page = await floor.open('#/settings');
    await page.getByLabel('Name of the shop').fill('Druckerei am Deich');
    await page.keyboard.press('Enter');
    await heard(page, 'Saved');
  });
});

describe('the focus', () => {
  it('goes into a question that has no field, to none of its buttons, and back to the bar it stood in', async () => {
    const { id } = floor.lying('Menu card');
    floor.hub.record(id, { code: 'InProduction', actor: 'station Counter 2' });
    const page = await floor.open('#/press/1');
    await page.locator('.press_bottom [data-action="undoShort"]').focus();
    await page.keyboard.press('Enter');
    await until(() => isIn(page, 'question'), 'it is in the question');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SECTION');
    await page.keyboard.press('Escape');
    await until(() => isIn(page, 'actions'), 'it is in the bar');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('SECTION');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action'))).not.toBeNull();
  });

  it('stays with what is unfolded, and with what is folded again', async () => {
    floor.lying('Menu card');
    const page = await floor.open('#/');
    for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) floor.hub.reject({ name, reasonCode: 'NotWhole', detail: 'no end' });
    const toggle = page.getByTestId('trouble').locator('[aria-expanded]').first();
    await toggle.focus();
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded') === 'true'), 'unfolded, with the focus');
    await page.keyboard.press('Enter');
    await until(() => page.evaluate(() => document.activeElement?.getAttribute('aria-expanded') === 'false'), 'folded, with the focus');
  });
});
