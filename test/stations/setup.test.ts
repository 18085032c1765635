/** Welcome and folders in a real browser. */
import { describe, expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;

describe('the welcome', () => {
  it('opens on an empty floor and turns green with the first delivered file', async () => {
    const page = await open('#/');
    await page.getByText('From nothing to the first printed job').waitFor();
    await page.locator('[data-step="2"][data-state="done"]').waitFor();
    await page.locator('[data-step="3"][data-state="now"]').waitFor();
    const job = floor.hub.addJob({ order: '2001' });
    await page.getByText('2001-1 has arrived').waitFor();
    floor.hub.record(job.id, { code: 'InHotFolder', actor: 'system' });
    await page.locator('[data-step="3"][data-state="done"]').waitFor();
    await page.getByRole('link', { name: 'Open job 2001-1' }).click();
    await page.locator('.job-head').getByText('2001').waitFor();
  });
});

describe('folders', () => {
  it('are tried step by step before they can be saved', async () => {
    const page = await open('#/folders/new');
    await page.getByLabel('Name', { exact: true }).fill('Press 2');
    await page.getByTestId('folder-form').getByLabel('Folder', { exact: true }).fill('/mnt/locked');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.locator('[data-step="write"][data-ok="false"]').waitFor();
    await page.getByText('This computer may not write to the hot folder.').waitFor();
    expect(await page.getByTestId('folder-form').getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByTestId('folder-form').getByLabel('Folder', { exact: true }).fill('/mnt/press-2');
    await page.getByRole('button', { name: 'Try it' }).click();
    await page.locator('[data-step="clock"][data-ok="true"]').waitFor();
    await page.getByTestId('folder-form').getByRole('button', { name: 'Save' }).click();
    await page.locator('[data-folder="2"]').getByText('Press 2').waitFor();
    expect(floor.hub.folders[1]).toMatchObject({ name: 'Press 2', path: '/mnt/press-2', types: ['pdf'] });
  });

  it('are paused, changed and removed after a second word', async () => {
    const page = await open('#/folders');
    const card = page.locator('[data-folder="1"]');
    await card.getByRole('button', { name: 'Pause' }).click();
    await card.getByText('Paused').waitFor();
    await card.getByRole('button', { name: 'Remove' }).click();
    expect(floor.hub.folders).toHaveLength(1);
    await card.getByRole('button', { name: 'Yes, remove' }).click();
    await page.getByText('No hot folder yet.').waitFor();
  });
});

describe('a folder whose path is changed while files wait for it', () => {
  it.each([
    ['Send to the old folder', 'stay'],
    ['Send to the new folder', 'move'],
  ])('asks what becomes of them: %s', async (button, answer) => {
    floor.hub.letWait(3);
    const page = await open('#/folders/1');
    const form = page.getByTestId('folder-form');
    await form.getByLabel('Folder', { exact: true }).fill('/mnt/press-1-new');
    await form.getByRole('button', { name: 'Try it' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByText('3 files still wait for the old folder.', { exact: false }).waitFor();
    expect(floor.hub.folders[0]?.path).not.toBe('/mnt/press-1-new');
    await page.getByRole('button', { name: button }).click();
    await page.locator('[data-folder="1"]').waitFor();
    expect(floor.hub.folders[0]?.path).toBe('/mnt/press-1-new');
    expect(floor.hub.waitingAnswer()).toBe(answer);
  });
});

describe('rules', () => {
  it('are written as sentences, moved and removed', async () => {
    const page = await open('#/folders');
    for (const product of ['Flyer', 'Poster']) {
      await page.getByRole('button', { name: 'Add a rule' }).click();
      await page
        .getByTestId('rule-form')
        .getByLabel(/^values/)
        .fill(`${product}, ${product} large`);
      await page.getByTestId('rule-form').getByRole('button', { name: 'Save' }).click();
      await page.getByTestId('rules').getByText(`${product} or ${product} large`).waitFor();
    }
    const sentences = async () =>
      (await page.getByTestId('rules').locator('li p:first-child').allTextContents()).map((text) => text.replace(/\s+/g, ' '));
    expect((await sentences())[0]).toBe('If product is Flyer or Flyer large then Press 1.');
    await page.getByTestId('rules').getByRole('button', { name: 'Later' }).first().click();
    await until(async () => (await sentences())[0]?.includes('Poster'), 'they changed places');
    await page.getByTestId('rules').getByRole('button', { name: 'Remove' }).first().click();
    await until(async () => (await sentences()).length === 1, 'one is left');
  });
});
