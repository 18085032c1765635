/** What Undo takes back is said before it is done: the count where the job stays where it is, the step that is not the last thing done; and nothing where nothing would change. */
import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const size = { width: 1280, height: 800 } as const;
const undo = '.press_bottom [data-action="undoShort"]';

it('Undo that leads to the same status says the count it takes back, or is not offered', async () => {
  const { id } = floor.lying('Menu card');
  floor.hub.record(id, { code: 'InProduction', actor: 'station Press 2' });
  const page = await floor.open('#/press/1', size);
  await page.locator(undo).getByText('Back to: In the hot folder').waitFor();
  // The printer has taken the file by itself meanwhile: it is on the press, whatever the hand said.
  await floor.heardBy(page, () => floor.hub.record(id, { code: 'ActionRun', actor: 'printer Press 1', data: { sight: 'taken' } }));
  await page.locator(undo).waitFor({ state: 'detached' });
  await page.keyboard.press('Alt+z');
  await floor.heardBy(page, () =>
    floor.hub.record(id, { code: 'InProduction', actor: 'admin', data: { counts: { good: 480, waste: 7, ordered: 500 } } }),
  );
  expect(floor.hub.recorded.some((event) => event.undoes !== null)).toBe(false);
  await page.locator(undo).getByText('480 good, 7 waste').waitFor();
  expect(await page.locator(undo).textContent()).not.toContain('Back to');
});

it('after a reprint Undo says which step it takes back, and asks: the reprint goes on', async () => {
  const { id } = floor.lying('Menu card');
  const page = await floor.open('#/press/1', size);
  const question = page.getByTestId('question');
  await page.locator('.press_bottom [data-action="onPress"]').click();
  await page.locator(undo).getByText('Back to: In the hot folder').waitFor();
  await page.locator('.press_bottom [data-action="reprint"]').click();
  await page.locator('[data-digit="5"]').click();
  await question.getByRole('button', { name: 'Next: why' }).click();
  await question.getByRole('button', { name: 'Spoilt pieces' }).click();
  await page.getByTestId('answer').getByText('5 pieces are sent to be printed again as').waitFor();
  await page.locator(undo).getByText('On the press').waitFor();
  await page.locator(undo).click();
  await question.getByText('Something was sent or reprinted since').waitFor();
  await question.getByText(/On the press, by admin/).waitFor();
  expect(floor.hub.jobs.get(id)?.status).toBe('InProduction');
  await question.getByRole('button', { name: 'Take it back' }).click();
  await until(() => floor.hub.jobs.get(id)?.status === 'InHotFolder', 'it is taken back');
});
