/** The settings in a real browser: tried before they are saved, kept while they are typed, and never overwritten in silence. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;
const setting = (name: string) => `[data-setting="${name}"]`;
const saved = () => floor.hub.saved.filter((one) => !('tried' in (one as object)));

describe('the time zone', () => {
  it('shows the time there at once, is saved with what stood there, and goes back to its default by one press', async () => {
    const page = await open('#/settings');
    const zone = page.locator(setting('timeZone'));
    await zone.getByLabel('Time zone').selectOption('Asia/Tokyo');
    const there = new Intl.DateTimeFormat('en-GB', { hour: 'numeric', timeZone: 'Asia/Tokyo' });
    // The hour may turn while the page draws
    const hours = [Date.now() - 60_000, Date.now()].map((at) => Number(there.format(at)));
    await zone.getByText(new RegExp(`shows 0?(${hours.join('|')}):`)).waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByTestId('save-bar').getByText('Saved', { exact: true }).waitFor();
    expect(saved()).toEqual([{ timeZone: 'Asia/Tokyo', seen: { timeZone: expect.any(String) } }]);
    const settle = page.locator(setting('settleMs'));
    await settle.getByText('Default: 1 s').waitFor();
    await settle.getByRole('button', { name: 'Back to the default' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await until(() => saved().length === 2, 'the default is saved');
    expect(saved()[1]).toMatchObject({ settleMs: 1000, seen: { settleMs: 2000 } });
    await settle.getByLabel('A file has settled').fill('soon');
    await settle.getByText('Give a number').waitFor();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).toBe(true);
    await settle.getByLabel('A file has settled').fill('0,5');
    await save.click();
    await until(() => saved().length === 3, 'it is saved');
    expect(saved()[2]).toMatchObject({ settleMs: 500 });
  });
});

describe('name patterns', () => {
  it('say of a real name what they read, and where two disagree, before they are saved', async () => {
    const page = await open('#/settings', { language: 'de' });
    const patterns = page.getByLabel('Namensmuster');
    await patterns.fill('{order}-{job} {rest}\n{letter}_{order}_{job}_{rest}');
    const tried = page.getByTestId('try-name');
    await tried.getByLabel('Einen Dateinamen').fill('P_4711_2_Plakat.pdf');
    await tried.locator('[data-part="letter"]').getByText('P', { exact: true }).waitFor();
    expect(await tried.locator('dd').allTextContents()).toEqual(['P', '4711', '2', 'Plakat']);
    await tried.getByLabel('Einen Dateinamen').fill('1001-2_3.pdf');
    await tried.getByText('Kein Muster findet').waitFor();
    await patterns.fill('{order}_{job}\n{rest}_{order}_{job}');
    await tried.getByLabel('Einen Dateinamen').fill('A7_12_3.pdf');
    await tried.getByTestId('disagrees').getByText('würde es anders lesen: Bestellung 12, Auftrag 3').waitFor();
    expect(await tried.locator('[data-part="order"]').textContent()).toBe('A7_12');
    await patterns.fill('{order}{job}');
    await page.locator(setting('namePatterns')).getByRole('alert').waitFor();
    expect(await page.getByRole('button', { name: 'Speichern', exact: true }).isDisabled()).toBe(true);
    expect(saved()).toEqual([]);
  });
});

describe('a ticket', () => {
  it('is tried with the mapping as typed, pasted or from a file, and says its faults in the language of the screen', async () => {
    const page = await open('#/settings', { language: 'de' });
    await page.getByRole('button', { name: 'Zeile hinzufügen' }).click();
    const rows = page.locator('.settings_mapping li');
    expect(await rows.getByLabel('Feld des Tickets').inputValue()).toBe('order');
    await rows.getByLabel('Wo es im XML steht').fill('nr');
    const tried = page.getByTestId('try-ticket');
    const paste = tried.getByLabel('Ein Ticket ausprobieren');
    await paste.fill('<auftrag><nr>88</nr></auftrag>');
    await tried.getByRole('button', { name: 'Ausprobieren' }).click();
    await tried.locator('[data-ticket="88-1"]').getByText('ein neuer Auftrag').waitFor();
    await rows.getByLabel('Feld des Tickets').fill('title');
    await page.getByRole('button', { name: 'Speichern', exact: true }).click();
    await page.locator(setting('xmlMapping')).getByRole('alert').getByText('Correct it and save again.').waitFor();
    expect(floor.hub.saved).toContainEqual({ tried: 'ticket.xml', xmlMapping: { order: 'nr' } });
    await paste.fill('{"order":"9","quantity":"viele"}');
    await tried.getByRole('button', { name: 'Ausprobieren' }).click();
    await tried.getByTestId('ticket-refused').getByText('„quantity“', { exact: false }).or(tried.getByText('quantity')).first().waitFor();
    const csv = Buffer.from('Auftrag;Menge;Titel\n7;5;Größe\n', 'latin1');
    await tried.locator('input[type="file"]').setInputFiles({ name: 'liste.csv', mimeType: 'text/csv', buffer: csv });
    await tried.getByTestId('ticket-read').or(tried.getByTestId('ticket-refused')).first().waitFor();
    await tried.locator('input[type="file"]').setInputFiles({ name: 'zu-gross.csv', mimeType: 'text/csv', buffer: Buffer.alloc(700_000) });
    await tried.getByText('zu groß zum Ausprobieren', { exact: false }).waitFor();
  });
});

describe('what is typed and not saved', () => {
  it('stays over a push, another screen and a lost line; what somebody else changed is told and decided by a person', async () => {
    const page = await open('#/settings');
    const name = page.getByLabel('Name of the shop');
    await name.fill('Ours');
    // A change of something else is only shown.
    await floor.heardBy(page, () => floor.hub.changeSettings({ settleMs: 7000 }));
    await until(async () => (await page.getByLabel('A file has settled').inputValue()) === '7', 'the other setting is shown');
    expect(await name.inputValue()).toBe('Ours');
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('link', { name: /Settings.*not saved/ }).click();
    expect(await name.inputValue()).toBe('Ours');
    await floor.heardBy(page, () => floor.hub.changeSettings({ shopName: 'Theirs' }));
    const told = page.getByTestId('changed-meanwhile');
    await told.getByText('It says now: Theirs').waitFor();
    const save = page.getByRole('button', { name: 'Save', exact: true });
    expect(await save.isDisabled()).toBe(true);
    await told.getByRole('button', { name: 'Mine holds' }).click();
    await save.click();
    await page.getByTestId('save-bar').getByText('Saved', { exact: true }).waitFor();
    expect(saved().at(-1)).toEqual({ shopName: 'Ours', seen: { shopName: 'Theirs' } });
    await name.fill('Again');
    const asked = page.waitForEvent('dialog');
    void page.reload().catch(() => undefined);
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    expect(await name.inputValue()).toBe('Again');
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await name.inputValue()).toBe('Ours');
  });

  it('is refused by the hub where somebody was quicker, and nothing is overwritten', async () => {
    const page = await open('#/settings');
    const name = page.getByLabel('Name of the shop');
    await name.fill('Ours');
    floor.hub.changeSettingsQuietly({ shopName: 'Theirs' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const told = page.getByTestId('changed-meanwhile');
    await told.getByText('It says now: Theirs').waitFor();
    await told.getByRole('button', { name: 'Take that' }).click();
    expect(await name.inputValue()).toBe('Theirs');
  });
});

describe('the incoming folders', () => {
  it('that somebody else has changed since are overwritten only by who says so', async () => {
    const page = await open('#/folders');
    const form = page.getByTestId('incoming');
    await form.getByLabel('Folder', { exact: true }).fill('/mine/in');
    floor.hub.changeSettingsQuietly({ incoming: [{ path: '/theirs-too', location: 'local' }] });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('button', { name: 'Mine holds' }).click();
    await until(async () => (await form.getByRole('button', { name: 'Mine holds' }).count()) === 0, 'it is decided');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByText('Saved').waitFor();
    expect(saved().at(-1)).toMatchObject({ incoming: [{ path: '/mine/in' }], seen: { incoming: [{ path: '/theirs-too' }] } });
  });
});

describe('a ticket that is tried', () => {
  const tryIt = async (page: Page, ticket: string): Promise<void> => {
    const box = page.getByTestId('try-ticket');
    await box.getByRole('textbox').fill(ticket);
    await box.getByRole('button', { name: 'Try it' }).click();
  };

  it('shows its times by the clock that was chosen, though it is not saved', async () => {
    const page = await open('#/settings');
    await page.locator(setting('timeZone')).getByLabel('Time zone').selectOption('Asia/Tokyo');
    await tryIt(page, '{ "order": "1001", "dueAt": "2026-12-01T10:00" }');
    await page
      .getByTestId('ticket-read')
      .getByText(/1 December 2026.*10:00:00/)
      .waitFor();
  });

  it('says which mapped places are not there and which there are, and of what is there several times that it is not read', async () => {
    floor.hub.changeSettingsQuietly({ xmlMapping: { order: 'Order/Number' } });
    const page = await open('#/settings');
    const two = '<Order><Head><No>1001</No></Head><Item><T>A</T></Item><Item><T>B</T></Item></Order>';
    await tryIt(page, two);
    await page
      .getByTestId('ticket-refused')
      .getByText('Nothing stands at "Order/Number", where "order" is mapped.', { exact: false })
      .waitFor();
    await page.getByTestId('ticket-refused').getByText('"Order/Head/No"', { exact: false }).waitFor();
    await page.locator(setting('xmlMapping')).getByRole('textbox').last().fill('Order/Head/No');
    await tryIt(page, two);
    const read = page.getByTestId('ticket-read');
    await read.getByText('Order/Item/T (2×)', { exact: false }).waitFor();
    expect(await read.locator('.sign_done').count()).toBe(0);
    expect(await read.locator('.sign_attention').count()).toBeGreaterThan(0);
  });
});

describe('the bar that saves', () => {
  it('covers neither the field that is reached by Tab nor the answer to a file name that is tried', async () => {
    const page = await open('#/settings', { height: 760 });
    await page.getByLabel('A file has settled').fill('3');
    const bar = page.getByTestId('save-bar');
    await bar.waitFor();
    const isCovered = (inside: string) =>
      page.evaluate((selector) => {
        const over = document.querySelector('[data-testid="save-bar"]');
        const form = over?.closest('form');
        const shown = selector === '' ? document.activeElement : document.querySelector(selector);
        // The bar itself, and what stands beside the form, is none of its matter.
        if (over == null || form == null || shown === null || !form.contains(shown) || over.contains(shown)) return false;
        const [box, bar] = [shown.getBoundingClientRect(), over.getBoundingClientRect()];
        return getComputedStyle(over).position === 'sticky' && box.bottom > bar.top + 1 && box.top < bar.bottom;
      }, inside);
    for (let step = 0; step < 40; step++) {
      await page.keyboard.press('Tab');
      expect(await isCovered(''), `step ${step}`).toBe(false);
    }
    const tried = page.getByTestId('try-name').getByRole('textbox');
    await tried.fill('1001-2 Flyer.pdf');
    await page.getByTestId('try-name').getByRole('status').locator('svg, dl').first().waitFor();
    await until(async () => !(await isCovered('[data-testid="try-name"] [role="status"]')), 'the answer is in sight');
  });
});
