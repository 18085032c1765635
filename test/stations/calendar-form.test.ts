/** What people type for hours and days of the work calendar. Without a browser. */
import { describe, expect, it } from 'vitest';
import {
  alike,
  calendarFormOf,
  calendarOf,
  mondayToFriday,
  tidyDay,
  tidyTime,
  withKind,
} from '../../renderer/stations/setup/calendar-form.ts';
import { calendarFieldWords, calendarValueWords } from '../../renderer/stations/setup/record-calendar.ts';
import { alwaysOpen, calendarFault, type WorkCalendar } from '../../shared/work-calendar.ts';

const workday = { from: '08:00', to: '18:00' };
const office: WorkCalendar = {
  days: { mon: workday, tue: workday, wed: workday, thu: workday, fri: { from: '08:00', to: '24:00' }, sat: null, sun: null },
  closed: [{ day: '2026-12-25', name: 'Christmas' }, { day: '2027-01-01' }],
};

describe('the work calendar as it is typed', () => {
  it.each([
    ['8', '08:00'],
    ['8:30', '08:30'],
    ['0830', '08:30'],
    ['18.30', '18:30'],
    ['18h30', '18:30'],
    ['18 h', '18:00'],
    [' 07:05 ', '07:05'],
    ['24:00', '24:00'],
    ['soon', 'soon'],
    ['', ''],
    ['8:5', '8:5'],
  ])('reads %j as %j', (text, time) => expect(tidyTime(text)).toBe(time));

  it.each([
    ['25.12.2026', '2026-12-25'],
    ['1. 1. 2027', '2027-01-01'],
    ['2026-12-25', '2026-12-25'],
    ['12/25/2026', '12/25/2026'],
    ['', ''],
  ])('reads the day %j as %j', (text, day) => expect(tidyDay(text)).toBe(day));

  it('becomes a calendar and back, in the order of its days', () => {
    for (const calendar of [office, alwaysOpen]) expect(calendarOf(calendarFormOf(calendar))).toEqual(calendar);
    const form = calendarFormOf(office);
    expect(calendarOf({ ...form, closed: form.closed.toReversed() })).toEqual(office);
    const until = { ...form.days, fri: { kind: 'hours', from: '8', to: '0' } } as const;
    expect(calendarOf({ ...form, days: until }).days.fri).toEqual({ from: '08:00', to: '24:00' });
  });

  it('takes the hours of another day for the next, and those of Monday for the week', () => {
    const monday = withKind(calendarFormOf(alwaysOpen), 'mon', 'hours');
    const early = { ...monday, days: { ...monday.days, mon: { kind: 'hours', from: '06:00', to: '14:00' } } } as const;
    expect(withKind(early, 'sat', 'hours').days.sat).toEqual(early.days.mon);
    expect(mondayToFriday(early).days.fri).toEqual(early.days.mon);
    expect(alike(mondayToFriday(early)).map(({ first, last }) => `${first}-${last}`)).toEqual(['mon-fri', 'sat-sun']);
    expect(calendarFault(calendarOf(early))).toBeNull();
  });

  it('is told in the record of security by its days and hours', () => {
    const t = ((key: string) => key) as never;
    expect(calendarFieldWords('sat', t, 'en')).toBe('Saturday');
    expect(calendarFieldWords('mon.from', t, 'en')).toBe('Monday, settings.open.from');
    expect(calendarValueWords('{"from":"08:00","to":"18:00"}')).toBe('08:00–18:00');
    expect(calendarValueWords('{"day":"2026-12-25","name":"Christmas"}')).toBe('2026-12-25 Christmas');
    expect(calendarValueWords('{"from":"08:0…')).toBe('{"from":"08:0…');
    expect(calendarValueWords('08:00')).toBe('08:00');
  });
});
