/** A page is open for weeks: the clock of its computer goes wrong, and the hub behind it becomes a newer one. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { pageIn } from '../../shared/page-name.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const hour = 3_600_000;

const minuteNow = () => new Intl.DateTimeFormat('en-GB', { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(Date.now());

/** This computer's clock is off by so many ms. */
const off = (ms: number) => (page: Page) =>
  page.addInitScript((by) => {
    const real = Date;
    globalThis.Date = class extends real {
      constructor(...given: [] | [number]) {
        super(...((given.length === 0 ? [real.now() + by] : given) as [number]));
      }
      static override now = () => real.now() + by;
    } as typeof Date;
  }, ms);

describe('a computer whose clock is off', () => {
  it.each([
    [3 * hour, '3 h ahead of the hub'],
    [-26 * hour, '1 day behind the hub'],
  ])('by %i ms shows times by the hub, and is told', async (ms, words) => {
    const job = floor.lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`, { before: off(ms) });
    await page.getByTestId('clock-off').getByText(words).waitFor();
    expect(await page.locator('.job_head').textContent()).toMatch(/now/);
    const before = minuteNow();
    floor.hub.goAway();
    const told = (await page.getByTestId('lost').textContent()) ?? '';
    // Another minute may begin between the two.
    expect([before, minuteNow()].filter((minute) => told.includes(`since ${minute}.`))).not.toEqual([]);
  });

  it('by some seconds is not spoken of', async () => {
    floor.lying('Menu card');
    const page = await floor.open('#/', { before: off(40_000) });
    await page.getByText('Menu card').first().waitFor();
    expect(await page.getByTestId('clock-off').count()).toBe(0);
  });
});

describe('when the hub is a newer one', () => {
  it('the page says so, and loads it when somebody wants that', async () => {
    floor.hub.sayPage(pageIn(await readFile(join(import.meta.dirname, '../../dist/renderer/index.html'), 'utf8')));
    const page = await floor.open('#/');
    await page.getByTestId('connection').getByText('Connected').waitFor();
    expect(await page.getByTestId('newer').count()).toBe(0);
    floor.hub.sayPage('index-newer.js');
    floor.hub.changeSettings({});
    await page.evaluate(() => document.body.setAttribute('data-old', ''));
    await page.getByTestId('newer').getByRole('button').click();
    await page.waitForFunction(() => !document.body.hasAttribute('data-old'));
  });

  it('loads it by itself once nobody was at it for a minute, and only once', async () => {
    floor.lying('Menu card');
    floor.hub.sayPage('index-newer.js');
    const page = await floor.open('#/', { before: (opened) => opened.clock.install() });
    await page.getByTestId('newer').waitFor();
    const mark = () => page.evaluate(() => document.body.setAttribute('data-old', ''));
    const isOld = () => page.evaluate(() => document.body.hasAttribute('data-old'));
    await mark();
    await page.clock.runFor(50_000);
    await page.keyboard.press('Shift');
    await page.clock.runFor(50_000);
    expect(await isOld()).toBe(true);
    await Promise.all([page.waitForEvent('load'), page.clock.runFor(20_000)]);
    await page.getByTestId('newer').waitFor();
    await mark();
    await page.clock.runFor(130_000);
    expect(await isOld()).toBe(true);
  });

  it('waits while a question is open', async () => {
    const job = floor.lying('Menu card');
    floor.hub.sayPage('index-newer.js');
    const page = await floor.open(`#/job/${job.id}`, { before: (opened) => opened.clock.install() });
    await page.getByTestId('newer').waitFor();
    await page.locator('.job_head').getByText('In the hot folder').waitFor();
    await page.keyboard.press('Alt+b');
    await page.getByTestId('question').waitFor();
    await page.evaluate(() => document.body.setAttribute('data-old', ''));
    await page.clock.runFor(130_000);
    expect(await page.evaluate(() => document.body.hasAttribute('data-old'))).toBe(true);
  });
});

describe('the help file', () => {
  it('is saved by one button, with the job that is open, and it is said when it could not be made', async () => {
    const job = floor.lying('Menu card');
    const page = await floor.open(`#/job/${job.id}`);
    await page.locator('.job_head').getByText('In the hot folder').waitFor();
    await page.getByRole('link', { name: 'Security' }).click();
    await page.getByText(`With the history of ${job.number}`).waitFor();
    const button = page.getByRole('button', { name: 'Save the help file' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toMatch(/^printfloor-help-[\dT-]+\.json$/);
    expect(JSON.parse(await readFile(await download.path(), 'utf8'))).toMatchObject({ log: [`asked for job ${job.id}`] });
    await page.getByTestId('help-file').getByText('Saved').waitFor();
    floor.hub.goAway();
    await page.getByTestId('lost').waitFor();
    await button.click();
    await page.getByTestId('help-file').getByText('could not be made').waitFor();
  });
});
