/** What was said off the line is kept: its place in the bar says so, and does not lead to saying it again. */
import { expect, it } from 'vitest';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const size = { width: 1280, height: 800 } as const;

it('what is kept until the line is back is said in its place, and is no expected step any more', async () => {
  const { id } = floor.lying('Menu card');
  const page = await floor.open('#/press/1', size);
  const printed = page.locator('.press_bottom [data-action="printed"]');
  await page.locator('.press_bottom .button_main[data-action="printed"]').waitFor();
  const before = await page.locator('.press_bottom').boundingBox();
  floor.hub.goAway();
  await page.getByText('No connection').first().waitFor();
  await printed.click();
  await printed.getByText('Kept').waitFor();
  expect(await page.locator('.press_bottom .button_main').count()).toBe(0);
  expect((await page.locator('.press_bottom').boundingBox())?.height).toBe(before?.height);
  floor.hub.comeBack();
  await until(() => floor.hub.jobs.get(id)?.status === 'Printed', 'it is sent', 20_000);
  expect(floor.hub.recorded.filter(({ code }) => code === 'Printed')).toHaveLength(1);
});
