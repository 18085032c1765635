/** Pieces are printed again, in a real browser: asked for at the press by glove and by keyboard, and told on both jobs' pages and in the overview. */
import { expect, it } from 'vitest';
import { readKeptWish } from '../../renderer/wishes/read-kept.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const atPress = (title: string) =>
  floor.hub.addJob({
    title,
    order: '7001',
    job: '2',
    quantity: 80,
    hotFolderId: 1,
    events: [
      { code: 'Ordered', actor: 'system' },
      { code: 'InHotFolder', actor: 'system' },
      { code: 'InProduction', actor: 'printer press-1' },
    ],
  });
const asked = () => floor.hub.recorded.flatMap(({ data }) => (data['reprint'] === undefined ? [] : [data['quantity']]));

it('asks how many and why, says what was made, and shows the link both ways', async () => {
  const first = atPress('Menu card');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="reprint"]').click();
  await question.getByText('Reprint: how many, and why?').waitFor();
  expect(await question.getByRole('button', { name: 'Next: why' }).isDisabled()).toBe(true);
  for (const digit of ['2', '6', 'erase', '5']) await page.locator(`[data-digit="${digit}"]`).click();
  const small = await question
    .locator('.count_numberPad button')
    .evaluateAll((keys) => keys.filter((one) => one.getBoundingClientRect().width < 64 || one.getBoundingClientRect().height < 64));
  expect(small).toEqual([]);
  await question.getByRole('button', { name: 'Next: why' }).click();
  expect(asked()).toEqual([]);
  await question.getByRole('button', { name: 'Spoilt pieces' }).click();
  await page.getByTestId('answer').getByText('25 pieces are sent to be printed again as 7001-2R1').waitFor();
  expect(asked()).toEqual([25]);
  expect(floor.hub.jobs.get(first.id)?.status).toBe('InProduction');

  await page.goto(page.url().replace(/#.*$/u, `#/job/${first.id}`));
  const links = page.getByTestId('reprints');
  await links.getByRole('link', { name: 'Printed again as 7001-2R1' }).click();
  await links.getByRole('link', { name: 'Reprint of 7001-2' }).waitFor();
  await page.goto(page.url().replace(/#.*$/u, '#/overview'));
  await page.getByRole('row').filter({ hasText: 'Reprint of 7001-2' }).waitFor();
});

it('says that they are more than were ordered before it asks for them', async () => {
  atPress('Menu card');
  const page = await floor.open('#/press/1', { width: 1280, height: 800 });
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="reprint"]').waitFor();
  await page.keyboard.press('Alt+d');
  await question.getByLabel('Pieces').waitFor();
  await page.keyboard.type('90', { delay: 120 });
  await page.waitForTimeout(600);
  await page.keyboard.press('Enter');
  await question.getByText('10 more than the 80 ordered.').waitFor();
  await page.keyboard.press('1');
  await question.getByRole('button', { name: 'Too few good ones' }).click();
  await until(() => asked().length === 1, 'it is asked for');
  expect(asked()).toEqual([90]);
});

it('is offered only where a press has begun', async () => {
  const { id } = floor.lying('Poster');
  const page = await floor.open(`#/job/${id}`);
  await page.getByTestId('actions').getByRole('button', { name: 'Send again' }).waitFor();
  expect(await page.locator('[data-action="reprint"]').count()).toBe(0);
});

it('an older page leaves a kept reprint to a newer one, and what it kept itself is still read', () => {
  const whole = {
    actionId: 'a',
    order: 1,
    jobId: 1,
    number: '1-1',
    whose: { key: 'k', name: '' },
    record: { hub: null, seq: 0 },
    at: 1,
    hubAt: null,
  };
  const waits = { kind: 'waits', tried: null, again: false };
  const reprint = { kind: 'reprint', quantity: 25, reason: 'Spoilt' };
  expect(readKeptWish({ ...whole, version: 2, call: reprint, state: waits })).toMatchObject({
    kind: 'wish',
    wish: { version: 2, call: reprint },
  });
  const undo = { kind: 'undo', seq: 3 };
  expect(readKeptWish({ ...whole, version: 1, call: undo, state: waits })).toMatchObject({
    kind: 'wish',
    wish: { version: 1, call: undo },
  });
  expect(readKeptWish({ ...whole, version: 2, call: { ...reprint, quantity: 0 }, state: waits })).toEqual({ kind: 'nothing' });
  expect(readKeptWish({ ...whole, version: 3, call: reprint, state: waits })).toEqual({ kind: 'later' });
});
