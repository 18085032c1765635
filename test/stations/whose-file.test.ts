/** Whose file is it: asked on the overview and on each job it may belong to, answered with one touch, by one person. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
function ask() {
  const one = floor.hub.addJob({ title: 'Menu card', file: 'karte.pdf' });
  const other = floor.hub.addJob({
    title: 'Poster',
    file: 'poster.pdf',
    product: 'Poster A2',
    quantity: 30,
    customer: { company: 'Hafenkino' },
  });
  floor.hub.askAbout('label.pdf', [one, other]);
  return { one, other };
}
const answered = () => floor.hub.arrivals[0]?.answer ?? null;

describe('a file of which two answers are possible', () => {
  it('is asked about on the overview with its candidates, and given with one touch', async () => {
    const { one, other } = ask();
    const fetched: string[] = [];
    const listen = async (fresh: Page) => void fresh.on('request', (request) => fetched.push(new URL(request.url()).pathname));
    const page = await floor.open('#/', { before: listen });
    await page.getByRole('button', { name: 'Answer' }).click();
    const card = page.getByTestId('whose-file');
    await card.getByText('label.pdf').waitFor();
    await card.getByText('Several jobs fit it equally well.').waitFor();
    // What the file is: how large, of how many pages, from where, and its first page.
    await card.locator(':scope > .whose-file_whenSeen canvas:not(.preview_undrawn)').waitFor({ timeout: 30_000 });
    // What each job has already is held against it.
    await until(async () => (await card.locator('.whose-file_candidate canvas:not(.preview_undrawn)').count()) === 2, 'both are drawn');
    expect(fetched.filter((path) => /\/files?(?:\/|$)/.test(path))[0]).toBe('/api/arrivals/1/file');
    await card.getByText(/48 kB, 1 page, .*incoming/).waitFor();
    await card.locator(`[data-whose="${other.id}"]`).getByText('Poster A2 · 30 pieces').waitFor();
    await card.locator(`[data-whose="${one.id}"]`).getByText('Berg & Söhne, Ada Berg').waitFor();
    expect(await card.getByRole('button').count()).toBe(4);
    await card.locator(`[data-whose="${other.id}"]`).click();
    await page.getByTestId('whose-told').getByText(`belongs to ${other.number}`).waitFor();
    expect(answered()).toMatchObject({ what: 'job', jobId: other.id });
    await until(async () => (await card.count()) === 0, 'the question is gone');
  });

  it('is known to the job that waits for it: its row says so and leads there, and its blue button is the answer', async () => {
    const one = floor.hub.addJob({
      title: 'Menu card',
      missing: ['Flyer.pdf'],
      events: [
        { code: 'Ordered', actor: 'system' },
        { code: 'AwaitingData', actor: 'system', reason: 'Missing: Flyer.pdf' },
      ],
    });
    const other = floor.hub.addJob({ title: 'Poster' });
    floor.hub.askAbout('flyer.pdf', [one, other]);
    const page = await floor.open('#/');
    const row = page.locator(`[data-job="${one.id}"]`);
    await row.getByText('flyer.pdf has come: say whose file it is').waitFor();
    await row.click();
    await page.getByTestId('whose-file').waitFor();
    await page.getByRole('button', { name: 'flyer.pdf, which has come, is of this job' }).click();
    await page.getByTestId('whose-told').waitFor();
    expect(answered()).toMatchObject({ what: 'job', jobId: one.id });
  });

  it('is asked about also where the folders are set up, and answered there', async () => {
    const { other } = ask();
    const page = await floor.open('#/folders');
    await page.getByTestId('whose-file').locator(`[data-whose="${other.id}"]`).click();
    await page.getByTestId('whose-told').getByText(`belongs to ${other.number}`).waitFor();
    expect(answered()).toMatchObject({ what: 'job', jobId: other.id });
  });

  it('is asked about on each of the jobs, which comes first there', async () => {
    const { other } = ask();
    const page = await floor.open(`#/job/${other.id}`);
    const card = page.getByTestId('whose-file');
    await card.getByText('This job:').waitFor();
    expect(await card.getByRole('button').first().getAttribute('data-whose')).toBe(String(other.id));
    await card.locator('[data-whose="new"]').click();
    await page.getByTestId('whose-told').getByText('is a new job').waitFor();
    await until(async () => (await card.count()) === 0, 'the question is gone');
    expect(await page.getByTestId('trouble').count()).toBe(0);
  });

  it('is not forgotten behind hundreds of newer ones: the oldest is asked first, and all are counted', async () => {
    const { one, other } = ask();
    for (let more = 1; more <= 520; more++) floor.hub.askAbout(`newer ${more}.pdf`, [one, other]);
    const page = await floor.open('#/');
    await page.getByText('520 more questions of this kind').waitFor();
    expect(await page.getByTestId('trouble').first().textContent()).not.toContain('newer');
  });

  it('that slides to where another stood a moment ago takes no tap that was meant for that one', async () => {
    const { one, other } = ask();
    floor.hub.askAbout('menu.pdf', [one, other]);
    const [page, second] = [await floor.open('#/'), await floor.open('#/', { before: (opened) => opened.clock.install() })];
    for (const each of [page, second]) await each.getByRole('button', { name: 'Answer' }).click();
    const reject = second.locator('[data-whose="reject"]');
    await second.getByTestId('whose-file').getByText('label.pdf').waitFor();
    const place = await reject.boundingBox();
    if (place === null) throw new Error('no button');
    await second.mouse.move(place.x + 20, place.y + 20);
    // Its moment lasts until the test has tried, however slow this machine is
    await second.clock.pauseAt(Date.now() + 1000);
    await page.locator(`[data-whose="${one.id}"]`).click();
    await until(async () => {
      await second.clock.runFor(20);
      return await second.getByTestId('whose-file').getByText('menu.pdf').isVisible();
    }, 'the next question stands there');
    expect(await reject.isDisabled()).toBe(true);
    for (const button of await second.locator('[data-whose]').all()) await button.dispatchEvent('click');
    expect(floor.hub.arrivals.find(({ name }) => name === 'menu.pdf')?.answer ?? null).toBeNull();
    await second.clock.resume();
    await reject.click();
    await until(async () => floor.hub.arrivals.find(({ name }) => name === 'menu.pdf')?.answer != null, 'it is answered');
  });

  it('is given once by two people, and the second is told who was first', async () => {
    const { one, other } = ask();
    const [page, second] = [await floor.open('#/'), await floor.open('#/')];
    for (const each of [page, second]) await each.getByRole('button', { name: 'Answer' }).click();
    // What has just come to stand there takes no tap yet.
    await second.locator(`[data-whose="${other.id}"]:enabled`).waitFor();
    const held = await second.locator(`[data-whose="${other.id}"]`).boundingBox();
    if (held === null) throw new Error('no button');
    await second.mouse.move(held.x + 20, held.y + 20);
    await second.mouse.down();
    await page.locator(`[data-whose="${one.id}"]`).click();
    await page.getByTestId('whose-told').waitFor();
    await second.mouse.up();
    await second
      .getByTestId('whose-told')
      .getByText(new RegExp(`admin was first \\(.*[0-9]{2}.*\\): it belongs to ${one.number}`))
      .waitFor();
    expect(answered()).toMatchObject({ jobId: one.id });
  });
});
