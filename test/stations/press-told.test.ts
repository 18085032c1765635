/** In which order the press tells what is wrong: what somebody must stop at the machine is never behind anything else, and what is counted can be read. */
import { expect, it } from 'vitest';
import { inTellingOrder } from '../../renderer/parts/told.ts';
import { reasons } from '../../shared/reason.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const gone = { state: 'trouble', reasonCode: 'FolderMissing', raw: 'ENOENT', troubleSince: new Date().toISOString() } as const;

/** A printer took its file after somebody blocked it: it must not be printed. And a second question stands on it. */
function blockedThere() {
  const job = floor.lying('Menu card');
  floor.hub.record(job.id, { code: 'ActionRun', actor: 'system', data: { problem: 'NewVersionHeld' } });
  floor.hub.record(job.id, { code: 'Blocked', actor: 'station Office', reason: 'Wrong paper' });
  floor.hub.record(job.id, { code: 'InProduction', actor: 'printer press-1', data: { problem: 'GoneThoughStopped' } });
  return job;
}

it.each([
  ['en', 'The job must not be printed', 'Stop it at the printer', '3 more problems', 'Less', 'The hot folder cannot be found'],
  ['de', 'Der Auftrag darf nicht gedruckt werden', 'Am Drucker anhalten', '3 weitere Probleme', 'Weniger', 'Der Hotfolder'],
] as const)(
  'a folder that is gone hides nowhere that a job must be stopped at the printer (%s)',
  async (language, what, todo, more, less, folder) => {
    const job = blockedThere();
    floor.hub.changeFolder(1, gone);
    const page = await floor.open('#/press/1', { language });
    const cards = page.locator('.focus_focus').getByTestId('trouble');
    // With the folder gone as without it, for whoever chose it or had it in focus.
    await page.getByTestId('queue').or(page.getByTestId('focus')).first().waitFor();
    await page.getByTestId('focus').getByText('Menu card').waitFor();
    expect(await cards.count()).toBe(1);
    expect(await cards.textContent()).toContain(what);
    expect(await cards.textContent()).toContain(todo);
    // What is counted says what comes first of it, and opens in place: by a key, and as a button for whoever hears the screen.
    const button = page.locator('.focus_focus').getByRole('button', { name: more });
    expect(await button.textContent()).toContain(folder);
    expect(await button.getAttribute('aria-expanded')).toBe('false');
    expect((await button.boundingBox())?.height ?? 0).toBeGreaterThanOrEqual(64);
    await button.focus();
    await page.keyboard.press('Enter');
    await cards.nth(3).waitFor();
    expect(await cards.first().textContent()).toContain(what);
    expect(await cards.nth(1).textContent()).toContain(folder);
    expect(await page.locator('.focus_focus .button_main').count()).toBeLessThanOrEqual(1);
    const open = page.locator('.focus_focus').getByRole('button', { name: less });
    expect(await open.getAttribute('aria-expanded')).toBe('true');
    await open.click();
    await cards.nth(1).waitFor({ state: 'detached' });
    expect(floor.hub.jobs.get(job.id)?.attention).toHaveLength(3);
  },
);

it('says above a pause of the press that a job must be stopped at the printer', async () => {
  blockedThere();
  floor.hub.changeFolder(1, { state: 'paused', paused: true });
  const page = await floor.open('#/press/1');
  await page.getByTestId('paused').waitFor();
  const [stop, paused] = await Promise.all([page.getByTestId('trouble').first().boundingBox(), page.getByTestId('paused').boundingBox()]);
  expect(stop?.y ?? 9999).toBeLessThan(paused?.y ?? 0);
});

it('says in a question of which job it is: what is told above pushes its number off the screen', async () => {
  const job = blockedThere();
  floor.hub.changeFolder(1, gone);
  const page = await floor.open('#/press/1', { width: 1280, height: 800, language: 'de' });
  await page.getByRole('button', { name: '3 weitere Probleme' }).click();
  await page
    .locator('.press_bottom [data-action="printed"], .press_bottom [data-action="release"], .press_bottom [data-action="block"]')
    .last()
    .click();
  const heading = page.getByTestId('question').getByRole('heading', { name: job.number });
  await heading.waitFor();
  const box = await heading.boundingBox();
  expect((box?.y ?? 900) + (box?.height ?? 0)).toBeLessThanOrEqual(800);
});

it('is the main part of the screen for whoever hears it', async () => {
  floor.lying('Menu card');
  const page = await floor.open('#/press/1');
  await page.getByRole('main').getByRole('heading', { level: 2 }).waitFor();
  expect(await page.getByRole('main').count()).toBe(1);
});

it('opens every question that is only counted', async () => {
  const job = floor.lying('Menu card');
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) floor.hub.askAbout(name, [job]);
  const page = await floor.open('#/press/1');
  await page.getByRole('button', { name: '2 more questions of this kind' }).click();
  for (const name of ['a.pdf', 'b.pdf', 'c.pdf']) await page.locator('.focus_focus').getByText(name).first().waitFor();
});

it('tells first what must be stopped, then the folder, then all else', () => {
  const problems = Object.keys(reasons).map((code, seq) => ({ code, who: '', since: '', seq, reason: null, reasonCode: code, raw: null }));
  const told = inTellingOrder(problems, { folderFault: true, isAsked: true });
  const at = told.findIndex(({ kind }) => kind === 'folder');
  const before = told.slice(0, at).map((one) => (one.kind === 'problem' ? one.problem.code : one.kind));
  expect(before).toEqual(expect.arrayContaining(['LiesThoughStopped', 'GoneThoughStopped', 'WentOutAnyway', 'OtherContent']));
  expect(before).not.toContain('NewVersionHeld');
  expect(told).toHaveLength(problems.length + 1);
  expect(told.filter(({ kind }) => kind === 'asked')).toHaveLength(1);
});
