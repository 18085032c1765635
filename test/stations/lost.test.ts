/** A lost line: nothing old is shown as current, and it says from when it is. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;

describe('after a lost line', () => {
  it('the press shows no job that others printed meanwhile', async () => {
    const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
    await page.getByText('Nothing waits for this press.').waitFor();
    // They come as pushes, which a screen remembers.
    const [first] = [lying('Menu card'), lying('Poster')];
    await page.getByTestId('queue').getByText('Poster').waitFor();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await page.locator('.press_top').getByText(/as of/).waitFor();
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    floor.hub.comeBack();
    await until(
      async () => (await page.locator('[data-testid="lost"], [data-testid="catching-up"]').count()) === 0,
      'it is current',
      20_000,
    );
    expect(await page.getByTestId('queue').locator('.next_item').count()).toBe(0);
    expect(await page.getByTestId('focus').textContent()).toContain('Poster');
  });

  it('says from when things are until they were asked for again', async () => {
    const first = lying('Menu card');
    const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    const answerLists = floor.hub.holdLists();
    floor.hub.comeBack();
    await page
      .getByTestId('catching-up')
      .getByText(/What you see is still from/)
      .waitFor({ timeout: 20_000 });
    await page.locator('.press_top').getByText(/as of/).waitFor();
    expect(await page.locator('[data-stale="true"]').count()).toBe(1);
    answerLists();
    await page.getByText('Nothing waits for this press.').waitFor();
    expect(await page.getByTestId('catching-up').count()).toBe(0);
  });

  it('the open job shows what happened meanwhile', async () => {
    const job = lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('.job_head').getByText('In the hot folder').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    floor.hub.record(job.id, { code: 'Printed', actor: 'station Press 2' });
    floor.hub.comeBack();
    await page.locator('.job_head').getByText('Printed').waitFor({ timeout: 20_000 });
  });
});
