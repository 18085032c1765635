/** Wishes where something is not as it should be: an answer that never comes, windows that know nothing of each other, a hub of another record, hours gone by. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const codes = () => floor.hub.recorded.filter(({ actor }) => actor !== 'system').map(({ jobId, code }) => `${jobId} ${code}`);
const unsent = (page: Page) => page.getByTestId('unsent');
const online = { timeout: 40_000 };
/** A line that was lost is looked for with growing pauses, and a slow machine takes its time. */
const patience = { timeout: 120_000 };

async function away(page: Page): Promise<void> {
  floor.expectComplaints(/ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/);
  floor.hub.goAway();
  await page.getByTestId('lost').waitFor();
}

async function printed(page: Page, jobId: number): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/job/${jobId}`);
  await page.locator('[data-action="printed"]').waitFor();
  await page.keyboard.press('Alt+p');
}

async function kept(page: Page): Promise<void> {
  await page.locator('[data-testid="waiting"][data-kept="yes"]').first().waitFor();
}

/** As if all that is kept had been meant so many hours before. */
async function meantBefore(page: Page, hours: number): Promise<void> {
  await page.evaluate(
    (ms) =>
      new Promise<void>((done, fail) => {
        const opened = indexedDB.open('printfloor.wishes');
        opened.onsuccess = () => {
          const transaction = opened.result.transaction('wishes', 'readwrite');
          const wishes = transaction.objectStore('wishes');
          const all = wishes.getAll();
          all.onsuccess = () => {
            for (const wish of all.result) wishes.put({ ...wish, at: wish.at - ms, hubAt: wish.hubAt === null ? null : wish.hubAt - ms });
          };
          transaction.oncomplete = () => done();
          transaction.onabort = () => fail(new Error('not written'));
        };
      }),
    hours * 60 * 60_000,
  );
}

it('an answer that never comes holds up its own job only; asked again, what was recorded is recorded once', patience, async () => {
  const [a, b] = [floor.lying('Menu card').id, floor.lying('Poster').id];
  const page = await floor.open(`#/job/${a}`);
  floor.hub.silenceNext();
  await printed(page, a);
  await until(() => codes().length === 1, 'the hub has recorded it, and says nothing');
  await printed(page, b);
  await until(() => codes().length === 2, 'the other job goes on');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, `#/job/${a}`);
  await page.locator('[data-testid="waiting"]').waitFor({ state: 'detached', ...online });
  await page.locator('.job_head').getByText('Printed').waitFor();
  expect(codes()).toEqual([`${a} Printed`, `${b} Printed`]);
});

it('two windows that cannot keep out of each other\u2019s way, for want of locks, record a thing once', patience, async () => {
  const { id } = floor.lying('Menu card');
  const page = await floor.open(`#/job/${id}`, {
    before: (fresh) => fresh.context().addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'locks')),
  });
  const second = await page.context().newPage();
  await second.goto(`${floor.hub.url}/#/job/${id}`);
  await second.locator('[data-action="printed"]').waitFor();
  expect(await second.evaluate(() => 'locks' in navigator)).toBe(false);
  await away(page);
  await second.getByTestId('lost').waitFor();
  await printed(page, id);
  await kept(page);
  await kept(second);
  floor.hub.comeBack();
  await Promise.all(
    [page, second].map(async (one) => {
      await one.locator('.job_head').getByText('Printed').waitFor(online);
      await unsent(one).waitFor({ state: 'detached', ...online });
    }),
  );
  expect(codes()).toEqual([`${id} Printed`]);
});

it(
  'a window that meets another record sends nothing of what another window, closed since, had meant for the old one',
  patience,
  async () => {
    const { id } = floor.lying('Menu card');
    const page = await floor.open(`#/job/${id}`);
    await page.locator('[data-action="printed"]').waitFor();
    const second = await page.context().newPage();
    await second.goto(`${floor.hub.url}/#/`);
    await second.getByText('Menu card').first().waitFor();
    await away(page);
    await printed(page, id);
    await kept(page);
    await page.close();
    const other = await floor.replaceHub('hub-2');
    const stranger = floor.lying('Another shop\u2019s');
    expect(stranger.id).toBe(id);
    await unsent(second)
      .getByText(/1001-1: Printed/)
      .waitFor(online);
    await unsent(second).getByRole('button', { name: 'Understood' }).click();
    await unsent(second).waitFor({ state: 'detached' });
    expect(other.recorded.filter(({ actor }) => actor !== 'system')).toEqual([]);
  },
);

it.each([
  { shop: 2, asks: true },
  { shop: 8, asks: false },
])('what waited three hours where the shop lets it wait $shop', patience, async ({ shop, asks }) => {
  const { id } = floor.lying('Menu card');
  floor.hub.changeSettings({ askAfterHours: shop });
  const page = await floor.open(`#/job/${id}`);
  await page.locator('[data-action="printed"]').waitFor();
  await away(page);
  await printed(page, id);
  await kept(page);
  await meantBefore(page, 3);
  floor.hub.comeBack();
  await page.reload();
  await page.locator('.job_head').waitFor(online);
  if (asks) {
    await unsent(page).getByText('It has waited for hours.').waitFor(online);
    expect(codes()).toEqual([]);
    await unsent(page).getByRole('button', { name: 'Send now' }).click();
  }
  await until(() => codes().length === 1, 'it is recorded', 40_000);
  await unsent(page).waitFor({ state: 'detached', ...online });
  expect(codes()).toEqual([`${id} Printed`]);
});
