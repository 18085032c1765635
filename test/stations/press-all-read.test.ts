/** What whoever prints must know is read at the press: no fact is below the bar or cut, notes open in place, and no notice lies on the bar. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const notes = `${'Please fold the sheets once, then pack fifty at a time into the brown boxes. '.repeat(6)}The last word counts.`;
const job = {
  title: 'Menu card',
  hotFolderId: 1,
  quantity: 12_500,
  dueAt: new Date(Date.now() + 3_600_000).toISOString(),
  attributes: { material: '135 g silk', size: 'A5', sides: '4/4' },
  customer: { name: 'Ada Lovelace', company: 'Analytical Engines Ltd' },
  notes,
};
const lies = [
  { code: 'Ordered', actor: 'system' },
  { code: 'InHotFolder', actor: 'system' },
] as const;

/** Parts of these that are not in view above the bar. */
const outOfSight = (page: Page) =>
  page.locator('.focus_facts > div').evaluateAll((facts) => {
    const bar = document.querySelector('.press_bottom')?.getBoundingClientRect().top ?? 0;
    return facts.filter((fact) => fact.getBoundingClientRect().bottom > bar).map((fact) => fact.textContent);
  });

describe.each([
  [1280, 800],
  [1920, 1080],
])('at %i x %i', (width, height) => {
  it.each([
    ['en', false, 'Analytical Engines Ltd', 'All of it'],
    ['de', true, 'Analytical Engines Ltd', 'Alles lesen'],
  ] as const)(
    'customer, material and notes are read, and long notes open in place (%s, with something wrong: %s)',
    async (language, isWrong, customer, all) => {
      const problem = isWrong ? [{ code: 'ActionRun' as const, actor: 'system', data: { problem: 'StillLyingThere' } }] : [];
      floor.hub.addJob({ ...job, events: [...lies, ...problem] });
      const page = await floor.open('#/press/1', { language, width, height });
      const focus = page.getByTestId('focus');
      await focus.locator('figure img').waitFor();
      await focus.getByText(customer).waitFor();
      await focus.getByText('135 g silk').waitFor();
      expect(await outOfSight(page)).toEqual([]);
      const words = focus.locator('[data-part="notes"]');
      expect(await words.evaluate((one) => one.scrollHeight > one.clientHeight + 1)).toBe(true);
      await focus.getByRole('button', { name: all }).click();
      expect(await words.evaluate((one) => one.scrollHeight > one.clientHeight + 1)).toBe(false);
    },
  );

  it.each(['en', 'de'] as const)('no notice lies on the bar or is cut, without a connection (%s)', async (language) => {
    for (const title of ['Menu card', 'Poster', 'Flyer', 'Book']) floor.hub.addJob({ ...job, title, events: [...lies] });
    const page = await floor.open('#/press/1', { language, width, height });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.hub.refuseNext('Somebody has blocked the job, and nothing may be done with it until that is over.', 'Ask in the office.');
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByRole('alert').getByText('Ask in the office.').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    for (const title of ['Poster', 'Flyer']) {
      await page.getByTestId('queue').getByText(title).click();
      await page.getByTestId('focus').getByText(title).waitFor();
      await page.locator('.press_bottom [data-action="printed"]').click();
      await page.getByTestId('waiting').first().waitFor();
    }
    const places = await page.evaluate(() => {
      const bar = document.querySelector('.press_bottom')?.getBoundingClientRect();
      const [box] = document.querySelectorAll('.press_answers');
      return [...document.querySelectorAll('.press_side [data-part~="answer"]')].map((one) => {
        const { bottom, right } = one.getBoundingClientRect();
        const reached = box === undefined ? bottom : Math.min(bottom, box.getBoundingClientRect().bottom);
        const canScroll = box !== undefined && (box.scrollHeight <= box.clientHeight + 1 || getComputedStyle(box).overflowY === 'auto');
        return { onBar: reached > (bar?.top ?? 0) + 1, cut: right > innerWidth || one.scrollWidth > one.clientWidth + 1, canScroll };
      });
    });
    expect(places.length).toBeGreaterThan(1);
    for (const place of places) expect(place).toEqual({ onBar: false, cut: false, canScroll: true });
  });
});

it('cuts no time of what comes next', async () => {
  for (const title of ['Menu card', 'Poster'])
    floor.hub.addJob({ ...job, title, notes: null, events: lies.map((event) => ({ ...event, agoMs: 100 * 60_000 })) });
  for (const language of ['en', 'de', 'fr'] as const) {
    const page = await floor.open('#/press/1', { language });
    const where = page.locator('.next_where').first();
    await where.waitFor();
    expect(
      await where.evaluate((one) =>
        [...one.querySelectorAll('*')].some((part) => part.scrollWidth > part.clientWidth + 1 && part.clientWidth > 0),
      ),
    ).toBe(false);
    expect(await where.locator('time').isVisible()).toBe(true);
  }
});

it('leads to the very folder in which a file lies, marked and in view, and back to the press', async () => {
  for (let at = 2; at <= 9; at++) floor.hub.addFolder(`Press ${at}`, `/srv/press-${at}`);
  floor.hub.addJob({ hotFolderId: 8, events: [{ code: 'InHotFolder', actor: 'system', data: { problem: 'StillLyingThere' } }] });
  const page = await floor.open('#/press/8');
  await page.getByRole('link', { name: 'Look at the folder' }).click();
  const card = page.locator('[data-folder="8"]');
  await card.waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute('data-folder') === '8');
  const box = await card.boundingBox();
  expect(box?.y ?? -1).toBeGreaterThanOrEqual(0);
  expect((box?.y ?? 9999) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
  await card.getByRole('button', { name: 'Back' }).click();
  await page.getByTestId('focus').waitFor();
  expect(new URL(page.url()).hash).toBe('#/press/8');
});

it('opens every refusal that is only counted', async () => {
  const titles = ['Menu card', 'Poster', 'Flyer'];
  for (const title of titles) floor.hub.addJob({ ...job, title, events: [...lies] });
  const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
  for (const [at, title] of titles.entries()) {
    if (at > 0) await page.getByTestId('queue').getByText(title).click();
    await page.getByTestId('focus').getByText(title).waitFor();
    floor.hub.refuseNext(`Refused: ${title}.`, 'Ask in the office.');
    await page.locator('.press_bottom [data-action="printed"]').click();
    if (at < 2) await page.getByRole('alert').getByText(`Refused: ${title}.`).waitFor();
  }
  const more = page.getByRole('button', { name: '1 more was not done' });
  expect(await page.getByRole('alert').count()).toBe(2);
  await more.click();
  await page.getByRole('alert').getByText('Refused: Flyer.').waitFor();
  expect(await page.getByRole('alert').count()).toBe(3);
});
