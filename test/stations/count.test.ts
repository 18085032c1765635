/** What was printed is counted at the press, in a real browser: by big keys and by the keyboard; what differs from the order is said and asked. */
import { expect, it } from 'vitest';
import { meantOf } from '../../renderer/wishes/read-kept.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const said = (code: string) => floor.hub.recorded.filter((event) => event.code === code && event.actor === 'admin').map(({ data }) => data);
const ordered = (title: string) =>
  floor.hub.addJob({
    title,
    quantity: 80,
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
    ],
  });

it('counts good ones and waste, and asks what it means where some are missing or too many', async () => {
  const { id } = ordered('Menu card');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  const key = (digit: string) => page.locator(`[data-digit="${digit}"]`).click();
  await page.locator('.press_bottom [data-action="count"]').click();
  expect(await question.getByLabel('Good').inputValue()).toBe('80');
  for (const digit of ['7', '1', 'erase', '0']) await key(digit);
  await question.getByLabel('Waste').click();
  await key('5');
  const small = await question
    .locator('.count_numberPad button')
    .evaluateAll((keys) => keys.filter((one) => one.getBoundingClientRect().width < 64 || one.getBoundingClientRect().height < 64));
  expect(small).toEqual([]);
  await question.getByRole('button', { name: 'Printed' }).click();
  await question.getByRole('alert').getByText('10 short of 80.').waitFor();
  expect(await question.getByRole('button').allTextContents()).toEqual([
    'Cancel',
    '1Printed with 70',
    '2Not finished: the rest follows',
    '3Change the count',
  ]);
  expect([said('Printed'), said('InProduction')]).toEqual([[], []]);
  await question.getByRole('button', { name: 'Not finished' }).click();
  await page.getByTestId('answer').getByText('70 good, 5 waste').waitFor();
  expect(said('InProduction')).toEqual([{ counts: { good: 70, waste: 5, ordered: 80, after: 0 } }]);
  // Whoever comes next sees that not all of them are to be printed.
  await page.getByTestId('focus').getByText('70 good, 5 waste. 10 short of 80.').waitFor();

  // The rest, by the keyboard alone: what came out now, which is added to what was counted before.
  const after = floor.hub.jobs.get(id)?.tracks.production?.seq;
  await page.keyboard.press('Alt+n');
  await question.getByLabel('Good').waitFor();
  await page.keyboard.type('15', { delay: 120 });
  expect(await question.getByLabel('Good').inputValue()).toBe('15');
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await question.getByText('5 more than the 80 ordered.').waitFor();
  await page.keyboard.press('1');
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'it is printed');
  expect(said('Printed')).toEqual([{ counts: { good: 85, waste: 5, ordered: 80, after } }]);
  await page.goto(page.url().replace(/#.*$/u, `#/job/${id}`));
  const history = page.getByTestId('history');
  await history.getByText('85 good, 5 waste. 5 more than the 80 ordered.').waitFor();
  await history.getByText('70 good, 5 waste. 10 short of 80.').waitFor();
});

const partly = (good: number, waste: number) => {
  const job = ordered('Menu card');
  floor.hub.record(job.id, { code: 'InProduction', actor: 'station Press 2', data: { counts: { good, waste, ordered: 80 } } });
  return job;
};

it('of the rest asks what came out now: it is preset, added to what was counted before, and asked about with both sums', async () => {
  const { id } = partly(60, 3);
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.getByTestId('focus').getByText('60 of 80 done, 20 left').waitFor();
  await page.locator('.press_bottom [data-action="count"]').click();
  await question.getByText('How many came out now?').waitFor();
  await question.getByText('60 of 80 done, 20 left').waitFor();
  expect(await question.getByLabel('Good').inputValue()).toBe('20');
  await page.locator('[data-digit="9"]').click();
  await question.getByLabel('Waste').click();
  await page.locator('[data-digit="2"]').click();
  await question.getByRole('button', { name: 'Printed' }).click();
  await question.getByText('9 good, 2 waste now. 69 good, 5 waste in all. 11 short of 80.').waitFor();
  await question.getByRole('button', { name: 'Change the count' }).click();
  await question.getByLabel('Good').click();
  for (const digit of ['2', '0']) await page.locator(`[data-digit="${digit}"]`).click();
  await question.getByRole('button', { name: 'Printed' }).click();
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'all are there');
  expect(said('Printed')).toMatchObject([{ counts: { good: 80, waste: 5, ordered: 80 } }]);
  const other = partly(60, 3);
  await page.goto(page.url().replace(/#.*$/u, `#/job/${other.id}`));
  await page.getByText('80 pieces, 60 of 80 done, 20 left').waitFor();
});

it('what another station counts while it is typed is not added to, nor counted twice: it is said, and asked anew', async () => {
  const { id } = partly(60, 3);
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="count"]').click();
  await question.getByLabel('Good').waitFor();
  await floor.heardBy(page, () =>
    floor.hub.record(id, { code: 'InProduction', actor: 'station Press 2', data: { counts: { good: 70, waste: 3, ordered: 80 } } }),
  );
  await question.getByRole('button', { name: 'Printed' }).click();
  await question.getByRole('alert').getByText('Meanwhile somebody has counted').waitFor();
  expect(said('Printed')).toEqual([]);
  expect(await question.getByLabel('Good').inputValue()).toBe('10');
  // The same finger at once again would be no answer to what is new.
  await question.getByLabel('Good').press('Tab');
  await question.getByRole('button', { name: 'Printed' }).click();
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'all are there');
  expect(said('Printed')).toMatchObject([{ counts: { good: 80, waste: 3, ordered: 80 } }]);
});

it('is one touch where the count is as ordered, and never for the job that follows under the finger', async () => {
  const [first, second] = [ordered('Menu card'), ordered('Poster')];
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  await page.locator('.press_bottom [data-action="count"]').click();
  await page.getByTestId('question').getByLabel('Good').waitFor();
  await floor.heardBy(page, () => floor.hub.record(first.id, { code: 'InFinishing', actor: 'station Cutter' }));
  await page.getByTestId('focus').getByText('Poster').waitFor();
  expect(await page.getByTestId('question').count()).toBe(0);
  await page.locator('.press_bottom [data-action="count"]').click();
  await page.getByTestId('question').getByRole('button', { name: 'Printed' }).click();
  await until(() => floor.hub.jobs.get(second.id)?.status === 'Printed', 'the second one');
  expect(said('Printed')).toEqual([{ counts: { good: 80, waste: 0, ordered: 80, after: 0 } }]);
});

it('is kept with what waits for the connection, and not sent without its counts', () => {
  const kept = (counts: unknown) => [{ actionId: 'a', jobId: 1, number: '1-1', call: { kind: 'status', code: 'Printed', counts } }];
  const counts = { good: 7, waste: 1, ordered: null };
  expect(meantOf(kept(counts)[0])?.call).toEqual({ kind: 'status', code: 'Printed', counts });
  expect(meantOf(kept({ good: 'many' })[0])).toBeNull();
  expect(meantOf(kept({ ...counts, after: 12 })[0])?.call).toMatchObject({ counts: { ...counts, after: 12 } });
});

it('as many once more, while the first count waits for the hub, are added to it: one count goes out, and it is the whole', async () => {
  const { id } = ordered('Menu card');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  await page.getByTestId('focus').getByText('Menu card').waitFor();
  floor.hub.goAway();
  await page.getByTestId('lost').first().waitFor();
  const question = page.getByTestId('question');
  for (const left of ['80', '50']) {
    await page.locator('.press_bottom [data-action="count"]').click();
    expect(await question.getByLabel('Good').inputValue()).toBe(left);
    for (const digit of ['3', '0']) await page.locator(`[data-digit="${digit}"]`).click();
    await question.getByRole('button', { name: 'Printed' }).click();
    await question.getByRole('button', { name: 'Not finished' }).click();
    await page.waitForTimeout(800);
  }
  await page.getByTestId('waiting').getByText('60 good').waitFor();
  floor.hub.comeBack();
  await until(() => said('InProduction').length > 0, 'it is counted');
  await page.getByTestId('answer').getByText('60 good').waitFor();
  expect(said('InProduction')).toEqual([{ counts: { good: 60, waste: 0, ordered: 80, after: 0 } }]);
  expect(floor.hub.jobs.get(id)?.tracks.production?.counts).toMatchObject({ good: 60 });
});

it('of any size is read again as it was kept: what could not be read was gone without a word', () => {
  const counts = { good: 1_999_999_998, waste: 0, ordered: 999_999_999, after: 0 };
  const kept = { actionId: 'a', jobId: 1, number: '1-1', call: { kind: 'status', code: 'InProduction', counts } };
  expect(meantOf(kept)?.call).toMatchObject({ counts });
});
