/** An answer on its way that a push overtakes: what the screen shows is what the hub read last. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;

describe('an answer that a push overtakes', () => {
  it('does not bring a printed job back to the press', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await floor.open('#/');
    await page.getByText('Poster').waitFor();
    const letGo = floor.hub.holdLists();
    await page.goto(page.url().replace(/#.*$/, '#/press/1'));
    await until(() => floor.hub.listsHeld() > 0, 'the answer is on its way');
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    const third = lying('Banner');
    await page.getByTestId('focus').getByText(third.title).waitFor();
    letGo();
    await page.getByTestId('queue').getByText(second.title).waitFor();
    expect(await page.getByTestId('queue').locator('.next_item').allTextContents()).toEqual([expect.stringContaining('Poster')]);
    expect(await page.getByTestId('focus').textContent()).toContain('Banner');
  });

  it('does not put an older status into the list, nor leave out what came meanwhile', async () => {
    const [first, other] = [lying('Menu card'), lying('Banner')];
    const page = await floor.open('#/');
    await page.getByText('Menu card').waitFor();
    const letGo = floor.hub.holdLists();
    await page.locator('#search').fill('menu');
    await until(() => floor.hub.listsHeld() > 0, 'the answer is on its way');
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    const second = lying('Menu folder');
    await page.locator(`[data-job="${second.id}"]`).waitFor();
    letGo();
    await page.locator(`[data-job="${other.id}"]`).waitFor({ state: 'detached' });
    expect(await page.locator(`[data-job="${first.id}"]`).textContent()).toContain('Printed');
    expect(await page.locator(`[data-job="${second.id}"]`).count()).toBe(1);
  });
});
