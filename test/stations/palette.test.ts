/** Find and do, as a keyboard and a screen reader meet it. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

describe('find and do', () => {
  it('keeps the choice in sight of whoever goes down with the arrows, and tells a screen reader which it is and in what group', async () => {
    const page = await floor.open('#/', { height: 480 });
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    const box = sheet.getByRole('combobox', { name: 'A job, a screen or something to do' });
    await box.waitFor();
    expect(await sheet.getByRole('group', { name: 'Screens' }).getByRole('option').count()).toBeGreaterThan(3);
    for (let row = 0; row < 30; row++) await page.keyboard.press('ArrowDown');
    const chosen = sheet.getByRole('option', { selected: true });
    const last = await sheet.getByRole('option').last().textContent();
    await until(async () => (await chosen.textContent()) === last, 'the last is chosen');
    const id = await chosen.getAttribute('id');
    expect(id).toMatch(/^\S+$/);
    expect(await box.getAttribute('aria-activedescendant')).toBe(id);
    const [row, list] = [await chosen.boundingBox(), await sheet.getByRole('listbox').boundingBox()];
    if (row === null || list === null) throw new Error('nothing is drawn');
    expect(row.y).toBeGreaterThanOrEqual(list.y);
    expect(row.y + row.height).toBeLessThanOrEqual(list.y + list.height + 1);
  });

  it('opens the job whose number was typed and not its reprint, however many are found', async () => {
    const { hub } = floor;
    const job = hub.addJob({ order: '1001', job: '2', title: 'Flyer', events: [{ code: 'Ordered', actor: 'system' }] });
    for (let reprint = 1; reprint <= 12; reprint++) hub.addJob({ order: '1001', job: `2R${reprint}`, title: 'Flyer' });
    const page = await floor.open(`#/job/${job.id + 1}`);
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('combobox').fill('1001-2');
    await sheet.getByRole('option', { name: /Flyer/ }).first().waitFor();
    expect(await sheet.getByRole('option', { selected: true }).textContent()).toMatch(/1001-2(?!R)/);
    await page.keyboard.press('Enter');
    await until(() => page.url().endsWith(`#/job/${job.id}`), 'the job itself is open');
  });

  it('gives the focus back to where it was, also when it is closed by a click beside it', async () => {
    const page = await floor.open('#/');
    const folders = page.getByRole('link', { name: 'Folders' });
    await folders.focus();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.mouse.click(5, 5);
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await folders.evaluate((link) => link === document.activeElement)).toBe(true);
  });
});
