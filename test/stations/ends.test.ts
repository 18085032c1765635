/** Loose ends of the screens: what a hit was hit by, what stays of what was typed, what is told in one line, and the ways out. */
import { expect, it } from 'vitest';
import { fileThatHit } from '../../renderer/floor/filter.ts';
import { until } from '../until.ts';
import { jobWith } from './job-for-tests.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();

it('a job that was found by the name of a file shows which', () => {
  const file = { id: 1, name: 'Seerose-front.pdf', version: 1, current: true, sha256: 'a' };
  const job = jobWith({ title: 'Menu card', files: [file] as never });
  expect(fileThatHit(job, 'seero')).toBe('Seerose-front.pdf');
  expect(fileThatHit(job, 'menu front')).toBe('Seerose-front.pdf');
  expect(fileThatHit(job, 'menu')).toBeNull();
  expect(fileThatHit(job, '')).toBeNull();
});

it('a lost line and what waits for it take one line of the press screen', async () => {
  const job = floor.lying('Menu card');
  const page = await floor.open('#/press/1', { width: 1280, height: 800, language: 'de' });
  await page.locator('[data-action="printed"]').waitFor();
  floor.hub.goAway();
  await page.getByTestId('lost').waitFor();
  await page.locator('[data-action="printed"]').click();
  await page.getByTestId('lost').getByText('1 Eingabe wartet auf das Senden').waitFor();
  const height = async (): Promise<number> => (await page.getByTestId('lost').boundingBox())?.height ?? 0;
  expect(await page.getByTestId('unsent').count()).toBe(0);
  expect(await height()).toBeLessThan(100);
  await page.getByRole('button', { name: 'Einzeln' }).click();
  await page.getByTestId('lost').getByText(job.number.slice(0, 4), { exact: false }).first().waitFor();
  await page.getByTestId('lost').getByRole('button', { name: 'Zurücknehmen' }).click();
  await until(async () => (await page.getByTestId('lost').getByText('wartet auf das Senden').count()) === 0, 'it is taken back');
});

it('whoever stands at a press can sign out there', async () => {
  floor.lying('Menu card');
  const page = await floor.open('#/press/1');
  await page.evaluate(() => Object.assign(window, { before: true }));
  await page.getByRole('button', { name: 'Sign out' }).click();
  // The page begins anew, so that nothing stays of what was seen.
  await page.waitForFunction(() => !('before' in window));
});

it('what is typed for the incoming folders stays while another screen is looked at, until it is let go', async () => {
  const page = await floor.open('#/folders');
  const form = page.getByTestId('incoming');
  const path = form.getByLabel('Folder', { exact: true });
  const before = await path.inputValue();
  await path.fill('/srv/another');
  await page.getByRole('link', { name: 'Overview' }).click();
  await form.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Folders', exact: true }).click();
  expect(await path.inputValue()).toBe('/srv/another');
  await form.getByRole('button', { name: 'Discard' }).click();
  await until(async () => (await path.inputValue()) === before, 'what is saved is shown again');
});

it('a key that has ended looks so, a new one can be copied, and what happened has its date', async () => {
  const page = await floor.open('#/security');
  await page.locator('[data-token="2"][data-over="true"] s').waitFor();
  await page.locator('[data-token="1"][data-over="false"]').waitFor();
  await page.getByTestId('security-record').locator('time').first().waitFor();
  for (const time of await page.getByTestId('security-record').locator('time').allTextContents()) expect(time).toMatch(/\d{4}.*\d\d:\d\d/);
  await page.getByTestId('security-record').getByText('settings.get').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByTestId('token-form').getByRole('textbox').first().fill('Press 9');
  await page.getByTestId('token-form').getByRole('button', { name: 'Make a key' }).click();
  await page.getByTestId('made-token').getByRole('button', { name: 'Copy' }).click();
});

it('whose a file is, said before the line was lost and recorded, is known to be so once the line is back, though nobody asks any more', async () => {
  const [one, other] = [floor.hub.addJob({ title: 'Menu card' }), floor.hub.addJob({ title: 'Poster' })];
  floor.hub.askAbout('label.pdf', [one, other]);
  const first = await floor.open('#/folders');
  await first.getByTestId('whose-file').locator(`[data-whose="${other.id}"]`).click();
  await until(() => floor.hub.arrivals[0]?.answer != null, 'it is answered');
  const meant = JSON.stringify([[floor.hub.arrivals[0]?.id, { whose: other.id, actionId: 'said before' }]]);
  const page = await floor.open('#/', {
    before: (fresh) => fresh.addInitScript((kept) => sessionStorage.setItem('printfloor.whose-file', kept), meant),
  });
  await until(() => page.evaluate(() => sessionStorage.getItem('printfloor.whose-file') === null), 'it is said no more', 20_000);
});

it('whose a file is, said just before the page was loaded again, is said once more by the new page', async () => {
  const [one, other] = [floor.hub.addJob({ title: 'Menu card' }), floor.hub.addJob({ title: 'Poster' })];
  floor.hub.askAbout('label.pdf', [one, other]);
  const meant = JSON.stringify([[floor.hub.arrivals[0]?.id, { whose: other.id, actionId: 'said before' }]]);
  await floor.open('#/', {
    before: (fresh) => fresh.addInitScript((kept) => sessionStorage.setItem('printfloor.whose-file', kept), meant),
  });
  await until(() => floor.hub.arrivals[0]?.answer != null, 'it is said again', 20_000);
  expect(floor.hub.arrivals[0]?.answer).toMatchObject({ what: 'job', jobId: other.id });
});
