/** Sign-in and the overview in a real browser: live, searchable, and small however long the list is. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
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
    await page.locator('.row').first().getByText('Brand new').waitFor();
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
    await until(async () => (await page.locator('.row').count()) === 1, 'one row is left');
    await page.getByText('Wedding cards').waitFor();
    await page.getByLabel('Search jobs').fill('');
    await page.getByRole('button', { name: '1 needs somebody' }).click();
    await until(
      async () => (await page.locator('.row').count()) === 1 && (await page.locator(`[data-job="${stuck.id}"]`).count()) === 1,
      'only the stuck job is left',
    );
    expect(page.url()).toContain('attention=true');
  });

  it('holds 10,000 jobs with few rows in the page, and scrolls to the last', async () => {
    for (let at = 0; at < 10_000; at++) floor.hub.addJob({ title: `Job ${at}` });
    const page = await open();
    await page.locator('.row').first().waitFor();
    const rows = page.getByTestId('rows');
    const most = await rows.evaluate(async (box) => {
      let drawn = 0;
      while (box.querySelector('[data-job="1"]') === null) {
        box.scrollTo({ top: box.scrollHeight });
        await new Promise(requestAnimationFrame);
        drawn = Math.max(drawn, box.querySelectorAll('.row').length);
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
    await page.locator('.row').first().waitFor();
    await rows.evaluate((box) => box.scrollTo({ top: 3000 }));
    const row = page.locator('[data-job="235"]');
    await row.waitFor();
    const before = await row.boundingBox();
    floor.hub.addJob({ title: 'Newcomer' });
    floor.hub.forceResync();
    await page.getByRole('button', { name: '1 new job above' }).waitFor();
    expect((await row.boundingBox())?.y).toBe(before?.y);
    await row.click();
    await page.locator('.job-head').waitFor();
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
      .locator('.nav-item')
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
    await page.keyboard.type('need');
    await page.getByRole('option', { name: /Needle/ }).waitFor();
    await page.keyboard.press('Enter');
    await until(() => page.url().endsWith('#/job/1'), 'the job is open');
    await page.keyboard.press('F1');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  });
});
