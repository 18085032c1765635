import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../../shared/words/all.ts';
import { boardKey, boardPlaces } from '../../shared/job/board.ts';
import { wallTimeAt } from '../../shared/shop-time.ts';
import { sentence } from '../../shared/words/say.ts';
import { allDay, alwaysOpen, calendarFault, type OpenHours, shopHours, type WorkCalendar, weekdays } from '../../shared/work-calendar.ts';

const at = (iso: string) => Date.parse(iso);
const utc = (ms: number) => new Date(ms).toISOString();
const hours = (from: string, to: string): OpenHours => ({ from, to });
const week = (open: OpenHours, closed: readonly string[] = []): WorkCalendar => ({
  days: { mon: open, tue: open, wed: open, thu: open, fri: open, sat: null, sun: null },
  closed: closed.map((day) => ({ day })),
});
const office = week(hours('08:00', '18:00'), ['2026-12-25']);
const berlin = 'Europe/Berlin';

describe('ready by', () => {
  it.each([
    ['on a working day while it is open', '2026-11-27T10:00:00Z', '2026-11-27T10:00:00.000Z'],
    ['on Sunday', '2026-11-29T10:00:00Z', '2026-11-27T17:00:00.000Z'],
    ['at the end of a day that was written without a time', '2026-11-27T22:59:59.999Z', '2026-11-27T17:00:00.000Z'],
    ['before it opens in the morning', '2026-11-30T06:59:00Z', '2026-11-27T17:00:00.000Z'],
    ['at the moment it opens', '2026-11-30T07:00:00Z', '2026-11-30T07:00:00.000Z'],
    ['at the moment it closes', '2026-11-27T17:00:00Z', '2026-11-27T17:00:00.000Z'],
    ['on a holiday', '2026-12-25T10:00:00Z', '2026-12-24T17:00:00.000Z'],
    ['on the Monday after the clock went back', '2026-10-26T06:00:00Z', '2026-10-23T16:00:00.000Z'],
  ])('of what is due %s', (_, due, ready) => {
    expect(utc(shopHours(office, berlin).readyBy(at(due)))).toBe(ready);
  });

  it('is the due time where nobody ever said when the shop works', () => {
    const { readyBy, lateBefore } = shopHours(alwaysOpen, berlin);
    fc.assert(
      fc.property(fc.integer({ min: -1e12, max: 4e12 }), (due) => {
        expect(readyBy(due)).toBe(due);
        expect(lateBefore(due)).toBe(due);
      }),
    );
  });

  it('is the end of the day before, where that is open all day, and the end of a half day', () => {
    const { readyBy } = shopHours({ days: { ...alwaysOpen.days, sat: hours('08:00', '12:30'), sun: null }, closed: [] }, 'UTC');
    expect(utc(readyBy(at('2026-11-29T10:00:00Z')))).toBe('2026-11-28T12:30:00.000Z');
    const closedSaturday = shopHours({ days: { ...alwaysOpen.days, sat: null }, closed: [] }, 'UTC');
    expect(utc(closedSaturday.readyBy(at('2026-11-28T10:00:00Z')))).toBe('2026-11-27T23:59:59.999Z');
  });

  it('is the due time itself where nothing was open for two months, and a year of closed days is answered at once', () => {
    const days = Array.from({ length: 300 }, (_, day) => utc(at('2027-01-01T00:00:00Z') + day * 86_400_000).slice(0, 10));
    const { readyBy, lateBefore } = shopHours(week(hours('08:00', '18:00'), days), berlin);
    const due = at('2027-06-15T10:00:00Z');
    expect(readyBy(due)).toBe(due);
    expect(lateBefore(due)).toBe(due);
    expect(utc(readyBy(at('2027-02-15T10:00:00Z')))).toBe('2026-12-31T17:00:00.000Z');
    const began = performance.now();
    for (let job = 0; job < 10_000; job++) readyBy(due + job * 60_000);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('is nothing worse than the due time where that is no time', () => {
    expect(shopHours(office, berlin).readyBy(Number.NaN)).toBeNaN();
  });
});

const zones = ['UTC', berlin, 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'Africa/Cairo', 'America/Havana'];
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const someHours = fc.oneof(
  fc.constant(null),
  fc.constant(allDay),
  fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 })).map(([one, other]): OpenHours | null => {
    return one === other ? allDay : hours(clock(Math.min(one, other)), clock(Math.max(one, other)));
  }),
);
/** A year with all that clocks do, and the day Samoa left out. */
const from = at('2011-06-01T00:00:00Z');
const someMoment = fc.integer({ min: 0, max: 500 * 1440 }).map((minutes) => from + minutes * 60_000);
const someCalendar = fc.record({
  days: fc.record(
    Object.fromEntries(weekdays.map((weekday) => [weekday, someHours])) as Record<keyof WorkCalendar['days'], typeof someHours>,
  ),
  closed: fc.array(
    fc.integer({ min: 0, max: 500 }).map((day) => ({ day: utc(from + day * 86_400_000).slice(0, 10) })),
    { maxLength: 90 },
  ),
});
const someShop = fc.tuple(someCalendar, fc.constantFrom(...zones));

/** By what the clock shows at that minute, and nothing else. */
function isOpen({ days, closed }: WorkCalendar, zone: string, moment: number): boolean {
  const { year, month, day, hour, minute, second, ms } = wallTimeAt(moment, zone);
  const date = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  const open = days[weekdays[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon'];
  const time = `${clock(hour * 60 + minute)}:${String(second).padStart(2, '0')}.${String(ms).padStart(3, '0')}`;
  return open !== null && !closed.some((one) => one.day === date) && `${open.from}:00.000` <= time && time <= `${open.to}:00.000`;
}

/** Where a clock goes back it shows an hour, or half of one, twice; the shop keeps the first. */
function isShownTwice(zone: string, moment: number): boolean {
  const shown = (minutes: number) => {
    const { hour, minute } = wallTimeAt(moment + minutes * 60_000, zone);
    return `${hour}:${minute}`;
  };
  return [-60, -30, 30, 60].some((minutes) => shown(minutes) === shown(0));
}

describe('whatever calendar, zone and time', () => {
  it('it is never after the due time, the shop is open then, and it was not open later', () => {
    fc.assert(
      fc.property(someShop, someMoment, ([calendar, zone], due) => {
        const ready = shopHours(calendar, zone).readyBy(due);
        expect(ready).toBeLessThanOrEqual(due);
        const isSurely = (moment: number) => !isShownTwice(zone, moment);
        const isOpenThen = (moment: number) => isOpen(calendar, zone, moment);
        const hoursBefore = Array.from({ length: 30 * 24 }, (_, step) => due - step * 3_600_000).filter(isSurely);
        if (ready < due && isSurely(ready)) expect(isOpenThen(ready)).toBe(true);
        expect(hoursBefore.filter((moment) => moment > ready && isOpenThen(moment))).toEqual([]);
        if (ready === due && isSurely(due) && !isOpenThen(due)) expect(hoursBefore.filter(isOpenThen)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('of two due times the later one is never to be ready sooner: the board sorts by both at once', () => {
    fc.assert(
      fc.property(someShop, someMoment, someMoment, ([calendar, zone], one, other) => {
        const { readyBy } = shopHours(calendar, zone);
        const [sooner, later] = [Math.min(one, other), Math.max(one, other)];
        expect(readyBy(sooner)).toBeLessThanOrEqual(readyBy(later));
        expect(boardKey(boardPlaces.inWork, sooner)).toBeLessThanOrEqual(boardKey(boardPlaces.inWork, later));
      }),
      { numRuns: 1000 },
    );
  });

  it('late is just what is due before one moment', () => {
    fc.assert(
      fc.property(someShop, someMoment, fc.integer({ min: -90 * 1440, max: 90 * 1440 }), ([calendar, zone], now, minutes) => {
        const { readyBy, lateBefore } = shopHours(calendar, zone);
        const before = lateBefore(now);
        for (const due of [now + minutes * 60_000, before - 1, before, now]) expect(due < before).toBe(readyBy(due) < now);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('what is wrong with a calendar is said', () => {
  it.each([
    [
      { ...week(hours('18:00', '08:00')) },
      'Monday: it closes at 08:00, which is not after 18:00. A night over midnight is two days: one until 24:00, and one from 00:00.',
    ],
    [
      week(hours('08:00', '08:00')),
      'Monday: it closes at 08:00, which is not after 08:00. A night over midnight is two days: one until 24:00, and one from 00:00.',
    ],
    [week(hours('8', '18:00')), 'Monday: "8" is no time such as 08:00.'],
    [week(hours('08:00', '24:01')), 'Monday: "24:01" is no time such as 08:00.'],
    [
      { ...alwaysOpen, days: { mon: null, tue: null, wed: null, thu: null, fri: null, sat: null, sun: null } },
      'The shop is open on no day. Say of one day at least when it is.',
    ],
    [week(allDay, ['2026-02-30']), '"2026-02-30" is no date such as 2026-12-25.'],
    [week(allDay, ['']), '"" is no date such as 2026-12-25.'],
    [week(allDay, ['2026-12-25', '2026-12-25']), '2026-12-25 stands there twice. Leave one of them out.'],
  ])('%j', (calendar, words) => {
    const fault = calendarFault(calendar);
    expect(fault === null ? null : sentence('en', fault)).toBe(words);
  });

  it('and nothing of one that is right', () => {
    expect(calendarFault(alwaysOpen)).toBeNull();
    expect(calendarFault(office)).toBeNull();
    expect(calendarFault(week(hours('00:00', '24:00'), ['2028-02-29']))).toBeNull();
  });
});
