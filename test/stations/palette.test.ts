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

  it('shows the jobs of an order whose number was typed first, however many newer ones have it in their words', async () => {
    const { hub } = floor;
    for (const job of ['1', '2']) hub.addJob({ order: '1001', job, title: `Menu ${job}` });
    for (let more = 10; more < 30; more++) hub.addJob({ order: `1001${more}`, title: 'Letter' });
    const page = await floor.open('#/');
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('combobox').fill('1001');
    await sheet
      .getByRole('option', { name: /Letter/ })
      .first()
      .waitFor();
    const first = await Promise.all([0, 1].map((at) => sheet.getByRole('option').nth(at).textContent()));
    expect(first.map((text) => text?.slice(0, 6)).sort()).toEqual(['1001-1', '1001-2']);
  });

  it('tells of each job whose it is, how it stands, when it is due, and why it was found', async () => {
    const { hub } = floor;
    const today = new Date(Date.now() + 40 * 60_000).toISOString();
    const ada = { name: 'Ada Berg', company: 'Bergmann & Söhne' };
    hub.addJob({ title: 'Menu card', customer: ada, dueAt: today, events: [{ code: 'Ordered', actor: 'system' }] });
    hub.addJob({ title: 'Poster', customer: null, file: 'sohne.pdf', events: [{ code: 'Ordered', actor: 'system' }] });
    const page = await floor.open('#/');
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('combobox').fill('sohn');
    const job = sheet.getByRole('option', { name: /Menu card/ });
    for (const words of ['1001-1', 'Bergmann & Söhne', 'Ordered', /in (39|40) min/]) await job.getByText(words).waitFor();
    expect(await job.locator('mark').allTextContents()).toEqual(['Söhn']);
    const byFile = sheet.getByRole('option', { name: /Poster/ });
    await byFile.getByText('File: sohne.pdf').waitFor();
    expect(await sheet.getByText('open', { exact: true }).count()).toBe(0);
  });

  it('does nothing to a job on Enter before something was typed or an arrow pressed', async () => {
    const job = floor.lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`);
    await until(async () => (await page.locator('[data-action]').count()) > 0, 'there is something to do');
    const before = floor.hub.recorded.length;
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('group', { name: /For job/ }).waitFor();
    expect(await sheet.getByRole('option', { selected: true }).count()).toBe(0);
    await page.keyboard.press('Enter');
    // Longer than any key is held back.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(floor.hub.recorded.length).toBe(before);
    await sheet.waitFor();
    await page.keyboard.press('ArrowDown');
    await sheet.getByRole('option', { selected: true }).getByText('Printed').waitFor();
  });

  it('keeps the row somebody went to when what the hub finds comes in above it', async () => {
    const { hub } = floor;
    hub.addJob({ title: 'Setting sun', events: [{ code: 'Ordered', actor: 'system' }] });
    const page = await floor.open('#/');
    await page.getByRole('navigation').waitFor();
    const answer = hub.holdLists();
    await page.keyboard.press('Control+k');
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('combobox').fill('se');
    await sheet.getByRole('option', { name: 'Settings' }).waitFor();
    await page.keyboard.press('ArrowDown');
    const chosen = sheet.getByRole('option', { selected: true });
    const went = await chosen.textContent();
    answer();
    await sheet.getByRole('option', { name: /Setting sun/ }).waitFor();
    expect(await chosen.textContent()).toBe(went);
  });

  it('loses no key that was pressed while it was on its way, and opens what was meant by Enter', async () => {
    const { hub } = floor;
    const job = hub.addJob({ order: '1001', job: '2', title: 'Flyer', events: [{ code: 'Ordered', actor: 'system' }] });
    hub.addJob({ order: '1001', job: '2R1', title: 'Flyer', events: [{ code: 'Ordered', actor: 'system' }] });
    let hand = (): void => undefined;
    const handed = new Promise<void>((resolve) => {
      hand = resolve;
    });
    const page = await floor.open('#/', {
      before: async (page) => {
        await page.addInitScript(() => {
          globalThis.requestIdleCallback = () => 0;
        });
        await page.route('**/assets/palette-*.js', async (route) => {
          await handed;
          await route.continue();
        });
      },
    });
    await page.getByRole('navigation').waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('1001-3');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    hand();
    await until(() => page.url().endsWith(`#/job/${job.id}`), 'what was typed and entered is open');
  });

  it('gives the focus back to where it was, also when it is closed by a click beside it', async () => {
    // An empty floor goes to the welcome as soon as it is known to be empty, and with it goes what had the focus.
    floor.lying('Menu card');
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

describe('the menu', () => {
  it('keeps the focus on the link that was pressed when another screen comes', async () => {
    floor.lying('Flyer');
    const page = await floor.open('#/');
    const folders = page.getByRole('link', { name: 'Folders' });
    await folders.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Folders', level: 1 }).waitFor();
    expect(await folders.evaluate((link) => link === document.activeElement)).toBe(true);
  });
});
