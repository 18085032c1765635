/** Sign-in and the overview in a real browser: live, searchable, and small however long the list is. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import type { JobSeed } from './stand-in-floor.ts';
import { token } from './stand-in-router.ts';
import type { StationOptions } from './station.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const open = (hash = '#/', options: StationOptions = {}) => floor.open(hash, options);

describe('signing in', () => {
  it('says where the key is, answers a wrong one in place, and keeps the right one', async () => {
    floor.hub.addJob({ title: 'First flyer' });
    const page = await open('#/', { signedIn: false });
    await page.getByText('admin-token', { exact: true }).waitFor();
    await page.getByLabel('Key').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('This key is not the right one.').waitFor();
    expect(await page.getByRole('alert').textContent()).not.toContain('admin-token');
    await page.getByLabel('Key').fill(` ${token} `);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('First flyer').waitFor();
    await page.reload();
    await page.getByText('First flyer').waitFor();
  });
});

describe('the overview', () => {
  it('takes in new jobs and changes by itself', async () => {
    const job = floor.hub.addJob({ title: 'Poster' });
    const page = await open();
    await page.locator(`[data-job="${job.id}"]`).getByText('Ordered').waitFor();
    floor.hub.record(job.id, { code: 'Printed', actor: 'station Press 1' });
    await page.locator(`[data-job="${job.id}"]`).getByText('Printed').waitFor();
    floor.hub.addJob({ title: 'Brand new' });
    await page.locator('.job-list_row').first().getByText('Brand new').waitFor();
  });

  it('does not move what is under the pointer when a job comes in', async () => {
    for (let at = 0; at < 60; at++) floor.hub.addJob({ title: `Job number ${at}` });
    const page = await open();
    const row = page.locator('[data-job="57"]');
    await row.hover();
    const before = await row.boundingBox();
    floor.hub.addJob({ title: 'Newcomer' });
    await page.getByRole('button', { name: '1 new job above' }).waitFor();
    expect((await row.boundingBox())?.y).toBe(before?.y);
    await page.getByRole('button', { name: '1 new job above' }).click();
    await page.getByText('Newcomer').waitFor();
  });

  it('finds by words and filters by sentences with counts', async () => {
    floor.hub.addJob({ title: 'Wedding cards' });
    const stuck = floor.hub.addJob({ title: 'Stuck one', events: [{ code: 'Ordered', actor: 'system', data: { problem: 'NoRuleFits' } }] });
    for (let at = 0; at < 20; at++) floor.hub.addJob({ title: `Flyer ${at}` });
    const page = await open();
    await page.getByLabel('Search jobs').fill('wed');
    await until(async () => (await page.locator('.job-list_row').count()) === 1, 'one row is left');
    await page.getByText('Wedding cards').waitFor();
    await page.getByLabel('Search jobs').fill('');
    await page.getByRole('button', { name: '1 needs somebody' }).click();
    await until(
      async () => (await page.locator('.job-list_row').count()) === 1 && (await page.locator(`[data-job="${stuck.id}"]`).count()) === 1,
      'only the stuck job is left',
    );
    expect(page.url()).toContain('attention=true');
  });

  const lying = [
    { code: 'Ordered', actor: 'system' },
    { code: 'InHotFolder', actor: 'system' },
  ] as const;
  const due = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  /** What the rows say, from the top down. */
  const shown = (page: Page, column = '.job-list_titles > :first-child') => page.locator(`.job-list_row ${column}`).allTextContents();
  const becomes = (page: Page, titles: readonly string[]) =>
    until(async () => (await shown(page)).join() === titles.join(), `the list is ${titles.join()}`);

  it('is a departure board: what stops, needs somebody, is late, is due next, and finished jobs folded away', async () => {
    const named = (title: string, events: JobSeed['events'] = lying, more: JobSeed = {}) => floor.hub.addJob({ title, events, ...more });
    named('shipped', [...lying, { code: 'Shipped', actor: 'admin' }], { dueAt: due(-90) });
    named('next', lying, { dueAt: due(2) });
    const late = named('late', lying, { dueAt: due(-2) });
    named('asks', [{ code: 'Ordered', actor: 'system', data: { problem: 'NoRuleFits' } }]);
    named('stops', [{ code: 'Blocked', actor: 'admin', reason: 'Wrong paper' }], { dueAt: due(90) });
    const undated = named('no date');
    const page = await open();
    await becomes(page, ['stops', 'asks', 'late', 'next', 'no date']);
    await page.locator('.job-list_row .job-list_why', { hasText: 'Blocked: Wrong paper' }).waitFor();
    expect(await page.getByRole('button', { name: '5 jobs in work' }).getAttribute('aria-pressed')).toBe('true');
    // Left alone it follows what happens.
    floor.hub.record(late.id, { code: 'Shipped', actor: 'admin' });
    floor.hub.record(undated.id, { code: 'InProduction', actor: 'printer', data: { problem: 'PrinterRefused' } });
    const troubled = ['stops', 'no date', 'asks', 'next'];
    await becomes(page, troubled);
    // Under the pointer nothing changes its place.
    await page.locator('.job-list_row').first().hover();
    await floor.heardBy(page, () => floor.hub.record(undated.id, { code: 'Printed', actor: 'admin' }));
    expect(await shown(page)).toEqual(troubled);
    await page.mouse.move(10, 10);
    await becomes(page, ['stops', 'asks', 'next', 'no date']);
    await page.getByRole('button', { name: '2 finished' }).click();
    await becomes(page, ['late', 'shipped']);
    await page.getByRole('button', { name: '2 finished' }).click();
    await becomes(page, ['stops', 'asks', 'next', 'no date']);
  });

  it('is sorted by a column at a press and turned round at the next, by keyboard too, and says so', async () => {
    for (const [order, company, quantity] of [
      ['90', 'Öl & Co', 300],
      ['1000', 'Nord', 20],
      ['500', 'Otto', 1000],
    ] as const)
      floor.hub.addJob({ order, title: company, quantity, customer: { name: 'Ada', company }, events: lying });
    const page = await open();
    await becomes(page, ['Otto', 'Nord', 'Öl & Co']);
    const head = (name: string) => page.getByRole('columnheader', { name });
    await head('Customer').getByRole('button').click();
    await becomes(page, ['Nord', 'Öl & Co', 'Otto']);
    expect(await head('Customer').getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await becomes(page, ['Nord', 'Öl & Co', 'Otto']);
    await until(async () => (await head('Quantity').getAttribute('aria-sort')) === 'ascending', 'the quantity sorts');
    await page.keyboard.press('Enter');
    await becomes(page, ['Otto', 'Öl & Co', 'Nord']);
    expect(await head('Quantity').getAttribute('aria-sort')).toBe('descending');
    expect(await head('Customer').getAttribute('aria-sort')).toBeNull();
    await head('Job').getByRole('button').click();
    await becomes(page, ['Öl & Co', 'Otto', 'Nord']);
    // It stays so where the page is loaded again, and the head is one stop of the tab key.
    await page.reload();
    await becomes(page, ['Öl & Co', 'Otto', 'Nord']);
    expect(await page.locator('.job-list_columns button[tabindex="0"]').count()).toBe(1);
    await head('Urgency').getByRole('button').click();
    await becomes(page, ['Otto', 'Nord', 'Öl & Co']);
  });

  it('counts on its chips what the search finds, finished jobs too', async () => {
    floor.hub.addJob({ title: 'Menu, stuck', events: [{ code: 'Ordered', actor: 'system', data: { problem: 'NoRuleFits' } }] });
    floor.hub.addJob({ title: 'Menu, done', events: [...lying, { code: 'Shipped', actor: 'admin' }] });
    for (let at = 0; at < 5; at++) floor.hub.addJob({ title: `Poster ${at}` });
    const page = await open();
    await page.getByRole('button', { name: '6 jobs in work' }).waitFor();
    await page.getByLabel('Search jobs').fill('menu');
    await becomes(page, ['Menu, stuck', 'Menu, done']);
    await page.getByRole('button', { name: '2 jobs found' }).waitFor();
    await page.getByRole('button', { name: '1 needs somebody' }).waitFor();
    await page.getByRole('button', { name: '1 finished' }).click();
    await becomes(page, ['Menu, done']);
    await page.getByLabel('Search jobs').fill('poster');
    await page.getByText('No job fits this.').waitFor();
    await page.getByRole('button', { name: '5 jobs found' }).waitFor();
  });

  it('says proudly since when all is well, and only then', async () => {
    floor.hub.setWellSince(new Date().toISOString());
    const job = floor.hub.addJob({ events: lying });
    const page = await open();
    await page.getByText(/^All well since \d\d?:\d\d$/).waitFor();
    await floor.heardBy(page, () => floor.hub.record(job.id, { code: 'Blocked', actor: 'admin', reason: 'Wrong paper' }));
    await until(async () => (await page.getByText('All well since').count()) === 0, 'it is said no more');
  });

  it('goes by keyboard alone: one stop, arrows and page keys at once, Enter opens, and back is where one was', async () => {
    for (let at = 1; at <= 200; at++) floor.hub.addJob({ title: `Job ${at}`, events: lying });
    const page = await open();
    await page.getByText('Job 200', { exact: true }).waitFor();
    const grid = page.getByRole('grid', { name: 'Jobs' });
    await grid.focus();
    const spoken = () =>
      grid.evaluate((list) => document.getElementById(list.getAttribute('aria-activedescendant') ?? '')?.getAttribute('data-job') ?? null);
    expect(await spoken()).toBe('200');
    await page.keyboard.press('ArrowDown');
    expect(await spoken()).toBe('199');
    await page.keyboard.press('PageDown');
    const paged = Number(await spoken());
    expect(paged).toBeLessThan(195);
    await page.keyboard.press('PageUp');
    expect(await spoken()).toBe('199');
    await page.keyboard.press('End');
    await until(async () => Number(await spoken()) <= 101, 'the end of what is loaded is spoken of');
    await page.keyboard.press('Home');
    expect(await spoken()).toBe('200');
    for (let at = 0; at < 30; at++) await page.keyboard.press('ArrowDown');
    expect(await spoken()).toBe('170');
    const row = page.locator('[data-job="170"]');
    const before = await row.boundingBox();
    await page.keyboard.press('Enter');
    await page.locator('.job_head').waitFor();
    await page.keyboard.press('Escape');
    await row.waitFor();
    expect((await row.boundingBox())?.y).toBe(before?.y);
    await until(() => grid.evaluate((list) => list === document.activeElement), 'the list has the focus again');
    await page.keyboard.press('ArrowDown');
    expect(await spoken()).toBe('169');
  });

  it('shows a good number of jobs under all that is wrong, and no number cut', async () => {
    for (let at = 0; at < 20; at++)
      floor.hub.addJob({ order: `KD-2026-${104_310 + at}-AUFTRAG`, quantity: 1_250_000, events: lying, hotFolderId: 1 });
    floor.hub.changeFolder(1, { state: 'trouble', reasonCode: 'ShareOff', raw: 'EHOSTDOWN', queued: 3 });
    floor.hub.reject({ name: 'half.pdf', reasonCode: 'NotWhole', detail: 'no end' });
    floor.hub.askAbout('Flyer.pdf', [...floor.hub.jobs.values()].slice(0, 2));
    for (const [width, least] of [
      [1280, 8],
      [1920, 8],
      [700, 4],
    ] as const) {
      const page = await open('#/', { width, height: 800 });
      await page.getByTestId('trouble').nth(2).waitFor();
      await page.locator('.job-list_row').nth(3).waitFor();
      const seen = await page
        .locator('.job-list_row')
        .evaluateAll((rows) => rows.filter((row) => row.getBoundingClientRect().bottom <= innerHeight).length);
      expect(seen, `at ${width}`).toBeGreaterThanOrEqual(least);
      const cut = await page
        .locator('.job-list_row .job-list_fits')
        .evaluateAll((cells) => cells.filter((cell) => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1).length);
      expect(cut, `at ${width}`).toBe(0);
    }
  });

  it('holds 10,000 jobs with few rows in the page, and scrolls to the last', async () => {
    for (let at = 0; at < 10_000; at++) floor.hub.addJob({ title: `Job ${at}` });
    const page = await open();
    await page.locator('.job-list_row').first().waitFor();
    const rows = page.getByTestId('rows');
    const most = await rows.evaluate(async (box) => {
      let drawn = 0;
      while (box.querySelector('[data-job="1"]') === null) {
        box.scrollTo({ top: box.scrollHeight });
        await new Promise(requestAnimationFrame);
        drawn = Math.max(drawn, box.querySelectorAll('.job-list_row').length);
      }
      return drawn;
    });
    expect(most).toBeLessThan(80);
    await rows.evaluate((box) => box.scrollTo({ top: 0 }));
    await page.locator('[data-job="10000"]').waitFor();
  });

  it('keeps its place when too much was missed, and when one comes back from a job', async () => {
    for (let at = 0; at < 300; at++) floor.hub.addJob({ title: `Job number ${at}` });
    const page = await open();
    const rows = page.getByTestId('rows');
    await page.locator('.job-list_row').first().waitFor();
    await rows.evaluate((box) => box.scrollTo({ top: 3000 }));
    const row = page.locator('[data-job="235"]');
    await row.waitFor();
    const before = await row.boundingBox();
    floor.hub.addJob({ title: 'Newcomer' });
    floor.hub.forceResync();
    await page.getByRole('button', { name: '1 new job above' }).waitFor();
    expect((await row.boundingBox())?.y).toBe(before?.y);
    await row.click();
    await page.locator('.job_head').waitFor();
    await page.goBack();
    await row.waitFor();
    expect((await row.boundingBox())?.y).toBe(before?.y);
  });

  it('shows a folder in trouble once, and files that were not accepted until somebody took note', async () => {
    floor.hub.addJob();
    floor.hub.changeFolder(1, {
      state: 'trouble',
      reasonCode: 'ShareOff',
      raw: 'EHOSTDOWN',
      troubleSince: new Date().toISOString(),
      queued: 3,
    });
    floor.hub.reject({ name: '<img src=x onerror=alert(1)>.pdf', reasonCode: 'NotWhole', detail: 'no end' });
    const page = await open();
    const cards = page.getByTestId('trouble');
    await cards.filter({ hasText: 'The share is off.' }).getByText('3 files wait').waitFor();
    await cards.filter({ hasText: '<img src=x' }).getByRole('button', { name: 'Noted' }).click();
    await until(async () => (await cards.count()) === 1, 'the noted one is gone');
    await page.getByRole('button', { name: 'Check folder' }).click();
    await until(async () => (await cards.count()) === 0, 'the folder is well');
  });

  it('says openly which row and column of a ticket is wrong', async () => {
    floor.hub.addJob();
    floor.hub.reject({ name: 'bom.csv', reasonCode: 'BrokenTicket', detail: 'Row 3, column "Menge": "viele" is no number.' });
    const page = await open();
    const told = page.getByTestId('trouble').getByText('Row 3, column "Menge"');
    await told.waitFor();
    expect(await told.isVisible()).toBe(true);
  });

  it('keeps the connection on the screen however many presses there are, and no name over another', async () => {
    const [press] = floor.hub.folders;
    if (press === undefined) throw new Error('no folder');
    for (let id = 2; id <= 12; id++)
      floor.hub.folders.push({ ...press, id, name: `Heidelberg Speedmaster Schneidemaschinenvorstufe ${id}` });
    const page = await open();
    await page.getByTestId('presses').getByText('vorstufe 12').waitFor();
    const sign = await page.getByTestId('connection').boundingBox();
    expect((sign?.y ?? 9999) + (sign?.height ?? 0)).toBeLessThanOrEqual(800);
    const spilled = await page
      .getByTestId('presses')
      .locator('.frame_item')
      .evaluateAll((items) => items.filter((item) => item.scrollHeight > item.clientHeight + 1).length);
    expect(spilled).toBe(0);
  });

  it('shows a lost connection and heals by itself', async () => {
    const job = floor.hub.addJob({ title: 'Before' });
    const page = await open();
    await page.getByText('Before').waitFor();
    floor.hub.goAway();
    await page
      .getByTestId('lost')
      .getByText(/No connection to the hub since/)
      .waitFor();
    floor.hub.record(job.id, { code: 'Printed', actor: 'station Press 1' });
    floor.hub.comeBack();
    await until(async () => (await page.getByTestId('lost').count()) === 0, 'the bar is gone', 20_000);
    await page.locator(`[data-job="${job.id}"]`).getByText('Printed').waitFor();
  });

  it('finds jobs and screens by keyboard alone', async () => {
    floor.hub.addJob({ title: 'Needle' });
    const page = await open();
    await page.getByText('Needle').waitFor();
    await page.keyboard.press('Control+k');
    // Loaded when it is wanted first: what is typed before it is there goes nowhere.
    await page.getByRole('dialog').getByRole('combobox').waitFor();
    await page.keyboard.type('need');
    await page.getByRole('option', { name: /Needle/ }).waitFor();
    await page.keyboard.press('Enter');
    await until(() => page.url().endsWith('#/job/1'), 'the job is open');
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  });
});
