/** The work calendar in a real browser: set and tried before it is saved, and what screens say of jobs that are due while the shop is closed. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Settings } from '../../shared/api.ts';
import { instantOf, wallTimeAt } from '../../shared/shop-time.ts';
import { alwaysOpen } from '../../shared/work-calendar.ts';
import { until } from '../until.ts';
import { expectReachable } from './at-double-size.ts';
import { expectWalkable } from './by-keyboard.ts';
import { expectNoFaults } from './wcag.ts';
import { floorForTests } from './with-hub.ts';

const floor = floorForTests();
const { open } = floor;
const calendarOn = (page: Page) => page.locator('[data-setting="calendar"]');
const saveOn = (page: Page) => page.getByRole('button', { name: 'Save', exact: true });
const saved = () => floor.hub.saved.filter((one) => !('tried' in (one as object)));
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const dayMs = 86_400_000;
const dayAt = (ms: number) => {
  const { year, month, day } = wallTimeAt(ms, zone);
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
};

it('hours, a half day and a holiday are typed, tried on a due day before they are saved, and taken back to the default', async () => {
  const page = await open('#/settings');
  const box = calendarOn(page);
  await box.getByText('Default: always open').waitFor();
  const tried = page.getByTestId('try-due');
  await tried.getByLabel('Try a due day').fill('2026-11-29');
  await tried.getByText('The shop is open then').waitFor();

  await box.getByLabel('Monday', { exact: true }).selectOption('hours');
  await box.getByRole('button', { name: 'Tuesday to Friday like Monday' }).click();
  await box.getByLabel('Saturday', { exact: true }).selectOption('closed');
  await box.getByLabel('Sunday', { exact: true }).selectOption('closed');
  await tried.getByText(/27 November 2026.*18:00:00/).waitFor();
  await box.getByLabel('Friday, to').fill('14.30');
  await tried.getByText(/27 November 2026.*14:30:00/).waitFor();

  await box.getByLabel('Friday, to').fill('07:00');
  await box.getByRole('alert').getByText('Friday: it closes at 07:00, which is not after 08:00.', { exact: false }).waitFor();
  await box.locator('[data-day="fri"]').getByText('which is not after 08:00.', { exact: false }).waitFor();
  await tried.getByText('Correct the calendar first.').waitFor();
  expect(await saveOn(page).isDisabled()).toBe(true);
  // Until midnight
  await box.getByLabel('Friday, to').fill('00:00');
  await tried.getByText(/Friday,? 27 November 2026$/).waitFor();

  await box.getByRole('button', { name: 'Add a closed day' }).click();
  await box.getByRole('alert').getByText('A closed day has no date.', { exact: false }).waitFor();
  await box.getByLabel('Closed on').fill('31.2.2026');
  await box.getByRole('alert').getByText('"2026-02-31" is no date such as 2026-12-25.', { exact: false }).waitFor();
  await box.getByLabel('Closed on').fill('25.12.2026');
  await box.getByLabel('Name, such as New Year').fill('Christmas');
  await tried.getByLabel('Try a due day').fill('2026-12-25');
  await tried.getByLabel('Time, if one is said').fill('25:00');
  await tried.getByText('That is no time such as 18:00.').waitFor();
  await tried.getByLabel('Time, if one is said').fill('10');
  await tried.getByText(/24 December 2026.*18:00:00/).waitFor();
  expect(saved()).toEqual([]);
  await saveOn(page).click();
  await page.getByTestId('save-bar').getByText('Saved', { exact: true }).waitFor();
  const workday = { from: '08:00', to: '18:00' };
  const days = { mon: workday, tue: workday, wed: workday, thu: workday, fri: { from: '08:00', to: '24:00' }, sat: null, sun: null };
  const calendar: Settings['calendar'] = { days, closed: [{ day: '2026-12-25', name: 'Christmas' }] };
  expect(saved()).toEqual([{ calendar, seen: { calendar: alwaysOpen } }]);

  await box.getByRole('button', { name: 'Remove 2026-12-25' }).click();
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await box.getByLabel(day, { exact: true }).selectOption('closed');
  await box.getByRole('alert').getByText('The shop is open on no day.', { exact: false }).waitFor();
  await box.getByRole('button', { name: 'Back to the default' }).click();
  await saveOn(page).click();
  await until(() => saved().length === 2, 'the default is saved');
  expect(saved()[1]).toMatchObject({ calendar: alwaysOpen, seen: { calendar } });
});

it('a job that is due on a closed day says by when it must be ready, wherever it is shown, and is late when that is over; another calendar holds at once', async () => {
  const now = Date.now();
  const inThree = wallTimeAt(now + 3 * dayMs, zone);
  const noon = instantOf({ ...inThree, hour: 12, minute: 0, second: 0, ms: 0 }, zone);
  const fields = { dueAt: new Date(noon).toISOString() };
  const job = floor.hub.addJob({ title: 'Menu', events: [{ code: 'InHotFolder', actor: 'system' }], ...fields });
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone });
  const short = new Intl.DateTimeFormat('en-GB', { weekday: 'short', timeZone: zone });
  const hours = { from: '00:00', to: '18:00' };
  const days = { mon: hours, tue: hours, wed: hours, thu: hours, fri: hours, sat: hours, sun: hours };
  const list = await open('#/overview');
  const row = list.getByRole('row').filter({ hasText: 'Menu' });
  await row.getByText(/12:00/).waitFor();

  const closedFrom = (first: number) => ({
    days,
    closed: Array.from({ length: 4 - first }, (_, step) => ({ day: dayAt(now + (first + step) * dayMs) })),
  });
  await floor.heardBy(list, () => floor.hub.changeSettings({ calendar: closedFrom(3) }));
  await row.getByText(new RegExp(`by ${short.format(now + 2 * dayMs)}.*18:00`)).waitFor();

  const page = await open(`#/job/${job.id}`);
  await page.getByText(new RegExp(`${day.format(noon)}.* 12:00, closed: ready by ${day.format(now + 2 * dayMs)}.* 18:00`)).waitFor();

  // Closed since yesterday
  await floor.heardBy(list, () => floor.hub.changeSettings({ calendar: closedFrom(0) }));
  await row.getByText('late').waitFor();
  await page.getByText(/late\. .*closed: ready by/).waitFor();
});

it('is set by keyboard alone, read by a screen reader and usable at 200 % zoom, with hours, closed days and what is wrong with them', async () => {
  const open = { from: '08:00', to: '18:00' };
  const days = { mon: open, tue: open, wed: open, thu: open, fri: open, sat: { from: '09:00', to: '24:00' }, sun: null };
  const closed = [{ day: '2026-12-25', name: 'Christmas and what people here call the second day of it' }, { day: '2026-12-26' }];
  floor.hub.changeSettings({ calendar: { days, closed } });
  const page = await floor.open('#/settings', { language: 'de' });
  const box = calendarOn(page);
  await page.getByTestId('try-due').getByLabel('Einen Termin ausprobieren').fill('2026-12-26');
  await box.getByLabel('Montag, bis').fill('07:00');
  await box.getByRole('alert').waitFor();
  await expectReachable(page);
  await expectNoFaults(page, 'AA');
  await expectWalkable(page);
});
