/** Files added to a job at a screen, with a real hub behind it: what is missing comes to its place, what is not known is asked, and nothing leads away from the page. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { meantFor } from '../../renderer/adding/meant.ts';
import type { Job } from '../../shared/job.ts';
import { openBrowser } from '../browser.ts';
import { startTestHub, type TestHub } from '../hub-client.ts';
import { pdfBytes } from '../pdf.ts';
import { until } from '../until.ts';
import { openStation, type Station } from './station.ts';

let browser: Browser;
let hub: TestHub;
const stations: Station[] = [];
beforeAll(async () => {
  [browser, hub] = await Promise.all([openBrowser(), startTestHub()]);
});
afterEach(async () => {
  const complaints = stations.flatMap((station) => station.complaints);
  await Promise.all(stations.splice(0).map((station) => station.close()));
  expect(complaints.filter((complaint) => !/ERR_CONNECTION_REFUSED|status of 400/.test(complaint))).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await hub.clean();
});

let order = 100;
/** A job whose ticket names these files, of which none has come. */
async function waitingFor(...files: string[]): Promise<Job> {
  order += 1;
  const ticket = { order: String(order), job: '1', title: 'Flyer', files };
  await writeFile(join(hub.data, 'incoming', `${order}.json`), JSON.stringify(ticket));
  return until(
    async () =>
      ((await hub.api('GET', `/jobs?q=${order}`)).body as { items: Job[] }).items.find(({ missing }) => missing.length === files.length),
    'the job waits for its files',
  );
}
const jobNow = async (id: number): Promise<Job> => (await hub.api('GET', `/jobs/${id}`)).body as Job;
const names = ({ files }: Job) => files.filter(({ current }) => current).map(({ name }) => name);

async function open(hash: string): Promise<Page> {
  const before = (page: Page) => page.addInitScript((key) => localStorage.setItem('printfloor.token', key), hub.token);
  const station = await openStation(browser, hub.url, hash, { signedIn: false, before });
  stations.push(station);
  return station.page;
}
const pdf = (name: string, at = 1) => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(pdfBytes(at)) });
const adding = (page: Page, state: string) => page.locator(`[data-testid="adding"][data-state="${state}"]`);

/** Drags files over the page, and drops them. */
async function drop(page: Page, files: readonly { readonly name: string; readonly bytes: readonly number[] }[]): Promise<void> {
  await page.locator('.job_head').waitFor();
  const transfer = await page.evaluateHandle((given) => {
    const data = new DataTransfer();
    for (const { name, bytes } of given) data.items.add(new File([new Uint8Array(bytes)], name, { type: 'application/pdf' }));
    return data;
  }, files);
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await page.getByTestId('drop-place').waitFor();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await page.getByTestId('drop-place').waitFor({ state: 'detached' });
}

it('a missing file is added by the button that names it, and its job goes on', async () => {
  const { id } = await waitingFor('Flyer.pdf');
  const page = await open(`#/job/${id}`);
  const card = page.getByTestId('trouble').filter({ hasText: 'Flyer.pdf' });
  const chooser = page.waitForEvent('filechooser');
  await card.getByRole('button', { name: 'Add a file: Flyer.pdf' }).press('Enter');
  await (await chooser).setFiles(pdf('flyer.PDF'));
  await adding(page, 'added').getByText('Flyer.pdf was added').waitFor();
  await card.waitFor({ state: 'detached' });
  expect(await jobNow(id)).toMatchObject({ missing: [] });
  expect(names(await jobNow(id))).toEqual(['Flyer.pdf']);
});

it('a file under another name is asked about, and is what somebody says it is', async () => {
  const { id } = await waitingFor('Front.pdf', 'Back.pdf');
  const page = await open(`#/job/${id}`);
  await drop(page, [
    { name: 'back.pdf', bytes: [...pdfBytes(2)] },
    { name: 'final_v3.pdf', bytes: [...pdfBytes(3)] },
  ]);
  await adding(page, 'asks').getByText('final_v3.pdf is not called like a file that is missing').waitFor();
  await adding(page, 'added').getByText('Back.pdf was added').waitFor();
  expect((await jobNow(id)).missing).toEqual(['Front.pdf']);
  await adding(page, 'asks').getByRole('button', { name: 'It is Front.pdf' }).click();
  await until(async () => (await jobNow(id)).missing.length === 0, 'nothing is missing');
  expect(names(await jobNow(id)).sort()).toEqual(['Back.pdf', 'Front.pdf']);
});

it('a refused file says why and is tried again or let go; one without a hub waits in its place, and leaving the page asks', async () => {
  const { id } = await waitingFor('Flyer.pdf');
  const page = await open(`#/job/${id}`);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'Flyer.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await adding(page, 'failed').getByText('The file is empty').waitFor();
  await adding(page, 'failed').getByRole('button', { name: 'Do not add Flyer.pdf' }).click();
  await adding(page, 'failed').waitFor({ state: 'detached' });
  await page.route('**/files', (route) => route.abort('connectionrefused'), { times: 1 });
  await page.locator('input[type=file]').first().setInputFiles(pdf('Flyer.pdf', 4));
  await adding(page, 'failed').waitFor();
  const asked = page.waitForEvent('dialog');
  const leaving = page.reload();
  await (await asked).dismiss();
  await leaving.catch(() => undefined);
  await adding(page, 'failed').getByRole('button', { name: 'Try again' }).click();
  await adding(page, 'added').waitFor();
  expect((await jobNow(id)).missing).toEqual([]);
});

it('a refusal out of sight: it is seen from where the file was added, also the last of many', async () => {
  const { id } = await waitingFor();
  const page = await open(`#/job/${id}`);
  await page.setViewportSize({ width: 1280, height: 640 });
  const button = page.getByRole('button', { name: 'Add a file', exact: true });
  await button.scrollIntoViewIfNeeded();
  await page.getByRole('heading', { name: 'History' }).evaluate((heading) => heading.scrollIntoView());
  for (const name of ['first.pdf', 'second.pdf', 'third.pdf', 'fourth.pdf']) {
    const chooser = page.waitForEvent('filechooser');
    await button.evaluate((element: HTMLElement) => element.click());
    await (await chooser).setFiles({ name, mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
    const said = adding(page, 'failed').filter({ hasText: name }).getByText('The file is empty');
    await said.waitFor();
    await until(
      () =>
        said.evaluate((element) => {
          const { x, y, width, height } = element.getBoundingClientRect();
          const seen = document.elementFromPoint(x + width / 2, y + height / 2);
          return seen !== null && element.contains(seen);
        }),
      `the refusal of ${name} is in sight`,
    );
  }
});

it('a file that one key could not add is not added, or asked about, under the next', async () => {
  const { id } = await waitingFor('Flyer.pdf');
  const page = await open(`#/job/${id}`);
  await page.locator('.job_head').waitFor();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'other.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdfBytes(5)) });
  await adding(page, 'asks').waitFor();
  await page.evaluate(() => Object.assign(window, { before: true }));
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForFunction(() => !('before' in window));
  // Signed in again by what prepares each page of this test.
  await page.locator('.job_head').waitFor();
  expect(await page.getByTestId('adding').count()).toBe(0);
});

it.each(['#/', '#/folders', '#/statuses'])('a file dropped on %s is not shown in the place of the page', async (hash) => {
  const page = await open(hash);
  await page.locator('main').first().waitFor();
  const prevented = await page.evaluate(() => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.pdf'));
    return ['dragover', 'drop'].map((kind) => {
      const event = new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    });
  });
  expect(prevented).toEqual([true, true]);
  expect(await page.getByTestId('drop-place').count()).toBe(0);
  // And whoever dropped it reads where it belongs.
  const told = page.getByTestId('not-taken');
  await told.getByText('Not taken: x.pdf. Files go to the page of their job').waitFor();
  await told.getByText(join(hub.data, 'incoming')).waitFor();
  await told.getByRole('button', { name: 'Understood' }).click();
  await told.waitFor({ state: 'detached' });
});

it('says while a file is dragged over a screen that takes none where it belongs, and nothing where a smaller place takes it', async () => {
  const page = await open('#/settings');
  await page.getByTestId('try-name').waitFor();
  const drag = (on: string, kind: string) =>
    page.evaluate(
      ([selector, type]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['x'], '1001-2 x.pdf'));
        document.querySelector(selector ?? '')?.dispatchEvent(new DragEvent(type ?? '', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [on, kind],
    );
  await drag('body', 'dragover');
  await page.getByTestId('no-drop-place').getByText('This screen takes no files').waitFor();
  await drag('[data-testid="try-name"]', 'dragover');
  await page.getByTestId('no-drop-place').waitFor({ state: 'detached' });
  await drag('[data-testid="try-name"]', 'drop');
  await until(async () => (await page.getByTestId('try-name').getByRole('textbox').inputValue()) === '1001-2 x.pdf', 'it was taken there');
  expect(await page.getByTestId('not-taken').count()).toBe(0);
});

it.each([
  { file: 'FLYER.pdf', missing: ['Flyer.pdf'], wanted: null, meant: { as: 'Flyer.pdf' } },
  { file: 'Mu\u0308ller.pdf', missing: ['M\u00fcller.pdf'], wanted: null, meant: { as: 'M\u00fcller.pdf' } },
  { file: 'b.pdf', missing: ['a.pdf', 'b.pdf'], wanted: 'a.pdf', meant: { as: 'b.pdf' } },
  { file: 'x.pdf', missing: ['a.pdf', 'b.pdf'], wanted: 'a.pdf', meant: { ask: ['a.pdf'] } },
  { file: 'x.pdf', missing: ['a.pdf', 'b.pdf'], wanted: null, meant: { ask: ['a.pdf', 'b.pdf'] } },
  { file: 'x.pdf', missing: [], wanted: null, meant: { as: 'x.pdf' } },
])('$file where $missing are missing and $wanted is wanted', ({ file, missing, wanted, meant }) => {
  expect(meantFor(file, missing, wanted)).toEqual(meant);
});
