/** A tap counts for what was shown when the finger came down, and nothing moves under it: real pointers in a real browser, with a push between down and up. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;
const printedBy = (actor: string) => floor.hub.recorded.filter((event) => event.code === 'Printed' && event.actor === actor);

async function middleOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  if (box === null) throw new Error(`${selector} is not there`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

const printedButton = '.press_bottom [data-action="printed"]';

describe('at the press', () => {
  it('a tap that a push overtakes is for the job it was meant for, and the next one is not touched', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await floor.open('#/press/1', { width: 1280, height: 800, touch: true });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const { x, y } = await middleOf(page, printedButton);
    const finger = await page.context().newCDPSession(page);
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
    await floor.heardBy(page, () => floor.hub.record(first.id, { code: 'InFinishing', actor: 'station Cutter' }));
    expect(await page.getByTestId('focus').textContent()).toContain('Menu card');
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await page.getByTestId('focus').getByText('Poster').waitFor();
    await until(() => printedBy('admin').length === 1, 'the tap was heard');
    expect(printedBy('admin')[0]?.jobId).toBe(first.id);
    expect(floor.hub.jobs.get(second.id)?.status).toBe('InHotFolder');
  });

  it('a tap or a key that is on its way when the next job comes by itself is for none; a moment later it is for that one', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const { x, y } = await middleOf(page, printedButton);
    const reached = page.evaluate(
      (at) =>
        new Promise<string>((done) => {
          const look = (): void => {
            const shown = document.querySelector('[data-testid="focus"]')?.textContent ?? '';
            if (!shown.includes('Poster')) return void requestAnimationFrame(look);
            const hit = document.elementFromPoint(at.x, at.y)?.closest('button');
            hit?.click();
            dispatchEvent(new KeyboardEvent('keydown', { key: 'p', code: 'KeyP', altKey: true, bubbles: true }));
            done(hit?.dataset['action'] ?? '');
          };
          look();
        }),
      { x, y },
    );
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    expect(await reached).toBe('printed');
    expect(await page.getByTestId('question').count()).toBe(0);
    await page.locator(`${printedButton}:not([aria-disabled])`).click();
    await until(() => printedBy('admin').length === 1, 'it is heard a moment later');
    expect(printedBy('admin')[0]?.jobId).toBe(second.id);
    expect(floor.hub.recorded.filter(({ code }) => code === 'Printed')).toHaveLength(2);
  });

  it('the same with a mouse', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    const { x, y } = await middleOf(page, printedButton);
    await page.mouse.move(x, y);
    await page.mouse.down();
    await floor.heardBy(page, () => floor.hub.record(first.id, { code: 'InFinishing', actor: 'station Cutter' }));
    await page.mouse.up();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect(printedBy('admin').every((event) => event.jobId === first.id)).toBe(true);
    expect(floor.hub.jobs.get(second.id)?.status).toBe('InHotFolder');
  });

  it('the queue does not move under a finger', async () => {
    lying('Menu card');
    const second = lying('Poster');
    const page = await floor.open('#/press/1', { width: 1280, height: 800 });
    const item = page.locator('.next_item', { hasText: 'Poster' });
    await item.waitFor();
    const before = await item.boundingBox();
    const { x, y } = await middleOf(page, '.next_item:has-text("Poster")');
    await page.mouse.move(x, y);
    await page.mouse.down();
    await floor.heardBy(page, () =>
      floor.hub.addJob({ title: 'Urgent', priority: 50, hotFolderId: 1, events: [{ code: 'InHotFolder', actor: 'system' }] }),
    );
    expect(await item.boundingBox()).toEqual(before);
    await page.mouse.up();
    await page.getByTestId('focus').getByText(second.title).waitFor();
    await page.getByTestId('queue').getByText('Urgent').waitFor();
  });

  it('a push never moves the focus of the keyboard to the button of another job', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await floor.open('#/press/1', { width: 1920, height: 1080 });
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    await page.locator(printedButton).focus();
    floor.hub.record(first.id, { code: 'Printed', actor: 'station Press 2' });
    await page.getByTestId('focus').getByText('Poster').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-action') ?? null)).toBeNull();
    await page.keyboard.press('Enter');
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(floor.hub.jobs.get(second.id)?.status).toBe('InHotFolder');
  });
});

describe('in the list', () => {
  it('a push never moves the focus of the keyboard to another row', async () => {
    for (let at = 0; at < 5; at++) floor.hub.addJob({ title: `Job number ${at}` });
    const page = await floor.open('#/');
    await page.locator('[data-job="3"]').focus();
    floor.hub.addJob({ title: 'Newcomer' });
    await page.getByText('Newcomer').waitFor();
    expect(await page.evaluate(() => document.activeElement?.getAttribute('data-job') ?? null)).toBe('3');
  });
});
