/** The status guide in a real browser. */
import { expect, it } from 'vitest';
import { statusCodes } from '../../shared/status.ts';
import { until } from '../until.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;

it('is opened by the badge of a job, says what is true and who must act, counts along, and leads back', async () => {
  const job = floor.lying('Flyer');
  const page = await open(`#/job/${job.id}`, { language: 'de' });
  const badge = page.locator('.job_head a.job-words_toGuide');
  await badge.focus();
  await page.keyboard.press('Enter');
  const meaning = page.getByTestId('meaning');
  await meaning.getByText('liegt vollständig und geprüft im Ordner des Druckers', { exact: false }).waitFor();
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Im Hotfolder');
  expect(await page.locator('[data-code]').count()).toBe(statusCodes.length);
  await meaning.getByRole('link', { name: '1 Auftrag zeigen' }).waitFor();
  floor.lying('Poster');
  await meaning.getByRole('link', { name: '2 Aufträge zeigen' }).waitFor();
  // What is never "the status" is counted, and leads to no list that would be empty.
  floor.hub.record(job.id, { code: 'EmailBounced', actor: 'system' });
  await page.locator('[data-code="EmailBounced"] b').getByText('1').waitFor();
  await page.locator('[data-code="EmailBounced"]').click();
  await meaning.getByText('Empfang').waitFor();
  expect(await meaning.getByTestId('jobs-there').textContent()).toBe('1');
  await page.keyboard.press('Escape');
  await meaning.getByRole('link', { name: '2 Aufträge zeigen' }).click();
  await page.locator('[data-job]').nth(1).waitFor();
  await page.getByRole('button', { name: 'Im Hotfolder' }).click();
  await until(() => page.url().endsWith('#/overview'), 'the filter is off');
  for (let steps = 0; steps < 10 && !page.url().endsWith(`#/job/${job.id}`); steps++) await page.goBack();
  await page.locator('.job_head').waitFor();
});

it('is opened by a key, by looking for a status, and from the press', async () => {
  floor.lying('Flyer');
  const page = await open('#/press/1');
  await page.locator('[data-distance="station"] a.job-words_toGuide').click();
  await page.getByTestId('meaning').waitFor();
  await page.keyboard.press('Escape');
  await page.getByTestId('focus').waitFor();
  await page.keyboard.press('Alt+3');
  await page.getByText('Choose a status', { exact: false }).waitFor();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').waitFor();
  await page.keyboard.type('awaiting parts');
  await page.keyboard.press('Enter');
  await page.locator('[data-status="AwaitingParts"]').getByText('planner').waitFor();
  await page.getByRole('searchbox', { name: 'Find a status' }).fill('xyz');
  await page.getByText('No status is called that.').waitFor();
});
