/** The bar of a press: each action has its place, whatever is expected next, and the bar its height, whatever is in it. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { languages } from '../../shared/words/form.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const open = (width: number, height: number, language: (typeof languages)[number] = 'en') =>
  floor.open('#/press/1', { width, height, language });
const boxes = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() => {
    const all = [...document.querySelectorAll('.press_bottom, .press_bottom [data-action]')];
    return Object.fromEntries(
      all.map((one) => {
        const { x, y, width, height } = one.getBoundingClientRect();
        return [one.getAttribute('data-action') ?? 'bar', [x, y, width, height].map(Math.round).join(' ')];
      }),
    );
  });

it('Send again does not take the place of Printed when the file has lain there for too long, nor anything another when the job goes on by itself', async () => {
  const { id } = floor.lying('Menu card');
  const page = await open(1280, 800);
  await page.locator('.press_bottom [data-action="printed"]').waitFor();
  const first = await boxes(page);
  const same = async () => {
    const now = await boxes(page);
    const both = Object.keys(now).filter((name) => name in first);
    expect(both).toContain('printed');
    expect(Object.fromEntries(both.map((name) => [name, now[name]]))).toEqual(Object.fromEntries(both.map((name) => [name, first[name]])));
    return now;
  };
  await floor.heardBy(page, () =>
    floor.hub.record(id, { code: 'ActionRun', actor: 'system', data: { problem: 'StillLyingThere', sight: 'lying' } }),
  );
  await page.getByTestId('trouble').waitFor();
  await same();
  expect(await page.locator('.press_bottom .button_main').count()).toBe(0);
  await floor.heardBy(page, () => floor.hub.record(id, { code: 'InProduction', actor: 'printer Press 1' }));
  await page.locator('.press_bottom [data-action="onPress"]').waitFor({ state: 'detached' });
  expect(await same()).not.toHaveProperty('undoShort');
  expect(await page.locator('.press_bottom .button_main').getAttribute('data-action')).toBe('printed');
});

it.each([
  [1280, 800],
  [1920, 1080],
  [800, 1280],
] as const)(
  'at %i x %i no word is cut and no button or bar grows when there is something to undo, in any language',
  async (width, height) => {
    for (const language of languages) {
      const { id } = floor.lying('Menu card');
      const page = await open(width, height, language);
      await page.locator('.press_bottom [data-action="onPress"]').waitFor();
      const before = await boxes(page);
      await floor.heardBy(page, () => floor.hub.record(id, { code: 'InProduction', actor: 'station Press 1' }));
      await page.locator('.press_bottom [data-action="undoShort"]').waitFor();
      const after = await boxes(page);
      expect([after['bar'], after['printed'], after['block']]).toEqual([before['bar'], before['printed'], before['block']]);
      const cut = await page
        .locator('.press_bottom button')
        .evaluateAll((all) =>
          all
            .filter((one) => one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
            .map((one) => one.textContent),
        );
      expect(cut, language).toEqual([]);
      floor.hub.record(id, { code: 'InFinishing', actor: 'system' });
    }
  },
);
