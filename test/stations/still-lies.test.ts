/** The file of a job lies untouched in the hot folder: *Printed* is no expected step, and asks before it is said, whatever it is touched by. */
import { expect, it } from 'vitest';
import type { Delivery, Job } from '../../shared/job.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const delivery = (state: Delivery['state'], name = 'karte.pdf'): Delivery => ({
  id: 1,
  fileId: 1,
  hotFolderId: 1,
  hotFolder: 'Digital',
  name,
  state,
  send: 1,
  tries: 1,
  reasonCode: null,
  raw: null,
  nextTryAt: null,
  deliveredAt: new Date().toISOString(),
});
const job = (state: Delivery['state'], code: Job['status'] = 'InHotFolder', actor = 'system', more: readonly Delivery[] = []): Job =>
  floor.hub.addJob({
    title: 'Menu card',
    quantity: 80,
    hotFolderId: 1,
    deliveries: [delivery(state), ...more],
    events: [
      { code: 'Ordered', actor: 'system' },
      { code, actor },
    ],
  });
const printed = () => floor.hub.recorded.filter(({ code, actor }) => code === 'Printed' && actor === 'admin');
const main = '.button_main[data-action]';

it('one touch on Printed beside a file that lies there asks, and says nothing of the job', async () => {
  const { id } = job('delivered');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="printed"]').waitFor();
  expect(await page.locator(main).count()).toBe(0);
  // The second touch of a double one answers nothing.
  await page.locator('.press_bottom [data-action="printed"]').dblclick();
  await question.getByText('karte.pdf still lies in Digital: the printer has not taken it. Is it printed all the same?').waitFor();
  const choices = question.locator('[data-choice]');
  expect(await choices.allTextContents()).toEqual(['1Yes, it is printed', '2No']);
  for (const box of await Promise.all([0, 1].map((at) => choices.nth(at).boundingBox()))) {
    expect(box?.height).toBeGreaterThanOrEqual(64);
    expect(box?.width).toBeGreaterThanOrEqual(64);
  }
  await choices.nth(1).click();
  await question.waitFor({ state: 'detached' });
  // By its key too, and answered by one.
  await page.keyboard.press('Alt+p');
  await question.waitFor();
  expect(printed()).toEqual([]);
  await page.keyboard.press('1');
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'it is printed all the same');
  expect(printed()).toHaveLength(1);
});

it('a count that says the job is printed asks as well, and one of which the rest follows does not', async () => {
  const { id } = job('lying');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="count"]').click();
  await question.getByRole('button', { name: 'Printed' }).click();
  await question.getByText('karte.pdf still lies in Digital').waitFor();
  expect(printed()).toEqual([]);
  await question.getByRole('button', { name: 'Yes' }).click();
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'it is printed');
  expect(printed()[0]?.data).toEqual({ counts: { good: 80, waste: 0, ordered: 80, after: 0 } });
  const other = job('lying');
  await page.getByTestId('focus').getByText(other.number).waitFor();
  await page.locator('.press_bottom [data-action="count"]').click();
  await question.getByLabel('Good').waitFor();
  await page.keyboard.type('40', { delay: 120 });
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Not finished' }).click();
  await until(() => floor.hub.jobs.get(other.id)?.status === 'InProduction', 'the rest follows');
});

it('the page of the job and its palette ask alike, and off the line too; what is kept then was answered', async () => {
  const { id } = job('delivered', 'InHotFolder', 'system', [{ ...delivery('lying', 'zweite.pdf'), id: 2 }]);
  const page = await floor.open(`#/job/${id}`);
  const question = page.getByTestId('question');
  await page.getByTestId('actions').locator('[data-action="printed"]').waitFor();
  expect(await page.locator(main).count()).toBe(0);
  floor.hub.goAway();
  await page.getByTestId('actions').locator('[data-action="printed"]').click();
  await question.getByText('karte.pdf and more (2 files) still lie in Digital').waitFor();
  expect(await page.getByTestId('waiting').count()).toBe(0);
  await question.getByRole('button', { name: 'No', exact: true }).click();
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'A job' }).fill('Printed');
  await page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Yes' }).click();
  await page.getByTestId('waiting').waitFor();
  floor.hub.comeBack();
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'it is sent', 20_000);
});

it('leads with Printed once the printer has taken it, or a hand has said that it is on the press', async () => {
  const taken = job('taken', 'InProduction', 'printer Digital');
  const page = await floor.open(`#/job/${taken.id}`);
  await page.locator(`${main}[data-action="printed"]`).waitFor();
  const byHand = job('delivered', 'InProduction', 'station Press 1');
  await page.goto(page.url().replace(/#.*$/u, `#/job/${byHand.id}`));
  await page.getByRole('heading', { name: byHand.number }).waitFor();
  await page.locator(`${main}[data-action="printed"]`).waitFor();
});

it('of a printed job whose file still lies there its page says so, and one touch says that it is seen to', async () => {
  const { id } = job('lying', 'Printed', 'station Press 2');
  floor.hub.record(id, { code: 'InFinishing', actor: 'station Press 2', data: { problem: 'LiesThoughPrinted', lies: 'karte.pdf' } });
  const page = await floor.open(`#/job/${id}`);
  await page.getByTestId('trouble').getByText('a file of it still lies in the hot folder').waitFor();
  await page.getByTestId('trouble').getByText('karte.pdf').waitFor();
  await page.getByTestId('history').getByText('Still in the hot folder: karte.pdf.').waitFor();
  await page.getByTestId('trouble').locator('[data-action="seenTo"]').click();
  await page.getByTestId('trouble').waitFor({ state: 'detached' });
  expect(floor.hub.recorded.at(-1)).toMatchObject({ code: 'InFinishing', reason: 'What lies in the hot folder is seen to' });
});
