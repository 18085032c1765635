/** Taking back at a press: the latest action of this screen, what it comes to, and never somebody else's word unseen. */
import { describe, expect, it } from 'vitest';
import { latestAnswer } from '../../renderer/actions/latest.ts';
import type { Done } from '../../renderer/wishes/wish.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { lying } = floor;
const open = () => floor.open('#/press/1', { width: 1920, height: 1080 });

describe('the latest action', () => {
  it('is the one that was answered last, not the one of the job with the highest number', () => {
    const answer = (at: number): Done => ({
      number: '1',
      actionId: String(at),
      call: { kind: 'status', code: 'Printed' },
      event: null,
      job: null,
      already: false,
      at,
    });
    expect(latestAnswer({ 3: answer(200), 12: answer(100) }, 300)?.jobId).toBe(3);
    expect(latestAnswer({ 3: answer(200) }, 10_000_000)).toBeNull();
  });

  it('is taken back, although a job with a higher number was printed before it', async () => {
    const [first, second] = [lying('Menu card'), lying('Poster')];
    const page = await open();
    await page.getByTestId('queue').getByText('Poster').click();
    await page.getByTestId('focus').getByText('Poster').waitFor();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    await until(() => floor.hub.jobs.get(second.id)?.status === 'Printed', 'the second is printed');
    await page.getByTestId('answer').getByText('Printed: saved').waitFor();
    await page.evaluate(() => new Promise((done) => setTimeout(done, 800)));
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.getByTestId('answer').getByText(first.order).waitFor();
    const undo = page.locator('[data-latest] [data-undo]');
    await undo.getByText('Back to: In the hot folder').waitFor();
    await page.keyboard.press('Alt+z');
    await until(() => floor.hub.jobs.get(first.id)?.status === 'InHotFolder', 'it is taken back');
    expect(floor.hub.jobs.get(second.id)?.status).toBe('Printed');
    await page.getByTestId('answer').getByText('Taken back. Now: In the hot folder').waitFor();
  });

  it('is not offered any more once somebody else has moved the job on; it says who', async () => {
    const job = lying('Menu card');
    const page = await open();
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page.locator('[data-latest] [data-undo]').waitFor();
    floor.hub.record(job.id, { code: 'InPacking', actor: 'station Packing 1' });
    await page
      .locator('[data-latest]')
      .getByText(/Since then: In packing \(station Packing 1/)
      .waitFor();
    expect(await page.locator('[data-latest] [data-undo]').count()).toBe(0);
    await page.keyboard.press('Alt+z');
    expect(floor.hub.recorded.some((event) => event.undoes !== null)).toBe(false);
  });

  it('of somebody else is asked about first, with who said it and what comes of it', async () => {
    const job = lying('Menu card');
    floor.hub.record(job.id, { code: 'InProduction', actor: 'station Press 2' });
    const page = await open();
    await page.locator('.press_bottom [data-action="undoShort"]').getByText('Back to: In the hot folder').waitFor();
    await page.keyboard.press('Alt+z');
    const question = page.getByTestId('question');
    await question.getByText(/On the press, by station Press 2/).waitFor();
    expect(floor.hub.jobs.get(job.id)?.status).toBe('InProduction');
    await question.getByRole('button', { name: 'Leave it' }).click();
    expect(floor.hub.recorded.some((event) => event.undoes !== null)).toBe(false);
  });
});

it.each([
  ['en', 'Undo: Printed. Back to: In the hot folder'],
  ['de', 'Zurücknehmen: Gedruckt. Zurück auf: Im Hotfolder'],
] as const)('what it comes to is said on the job page and where one finds and does, too (%s)', async (language, words) => {
  const job = lying('Menu card');
  floor.hub.record(job.id, { code: 'Printed', actor: 'admin' });
  const page = await floor.open(`#/job/${job.id}`, { language });
  await page
    .locator('[data-action="undoShort"]')
    .getByText(words.split('. ')[1] ?? '')
    .waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: words }).waitFor();
});

describe('two people at once', () => {
  it('says who was first when it stood already', async () => {
    const job = lying('Menu card');
    const page = await open();
    await page.getByTestId('focus').waitFor();
    floor.hub.alreadyNext('station Press 2');
    await page.locator('.press_bottom [data-action="printed"]').click();
    await page
      .getByTestId('answer')
      .getByText(/Printed already, by station Press 2 at/)
      .waitFor();
    expect(await page.locator('[data-undo]').count()).toBe(0);
    expect(floor.hub.jobs.get(job.id)?.status).toBe('Printed');
  });

  it('says a refusal in the language of the screen, with who and when', async () => {
    lying('Menu card');
    const page = await floor.open('#/press/1', { width: 1920, height: 1080, language: 'de' });
    floor.hub.refuseNext('It was handed out already.', 'Ask.', {
      rule: 'handedOutAlready',
      mayInsist: false,
      by: 'station Theke 2',
      at: new Date().toISOString(),
    });
    await page.locator('.press_bottom [data-action="printed"]').click();
    const alert = page.getByRole('alert');
    await alert.getByText('Er wurde schon ausgegeben.').waitFor();
    await alert.getByText(/station Theke 2/).waitFor();
    expect(await alert.getByRole('button').count()).toBe(1);
  });
});
