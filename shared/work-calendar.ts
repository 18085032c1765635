/**
 * When the shop works, and what that makes of a due time. What is due while it is closed must be ready when it was last open before; what is due at a moment when
 * it is open, at that moment. Pure.
 *
 * Promises of `readyBy`: never after the due time; a moment at which the shop is open, and the last such; of two due times the later one is never to be ready
 * sooner. So whoever sorts by the due time sorts by what must be ready first, and what is late is all that is due before one moment (`lateBefore`).
 * A day is open from one time to another of the same day: a night over midnight is two days.
 */
import { z } from 'zod';
import { line } from './line.ts';
import { type Day, endOfDay, instantOf, isWallTime, startOfDay, wallTimeAt } from './shop-time.ts';
import { type Said, said } from './words/say.ts';

/** As ISO 8601 counts them. */
export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof weekdays)[number];

export const mostClosedDays = 300;
/** Where nothing was open for so long, the calendar says nothing of what is due. */
const looksBackDays = 60;

/** What is wrong with a time or a date is told by `calendarFault`, in a sentence. */
const openSchema = z.object({
  from: z.string().max(20).describe('Time on the clock of the shop: `08:00`'),
  to: z.string().max(20).describe('The same, later on that day; `24:00` is its end'),
});
const dayHours = openSchema.nullable().describe('null: closed');

export const workCalendarSchema = z.object({
  days: z
    .object({ mon: dayHours, tue: dayHours, wed: dayHours, thu: dayHours, fri: dayHours, sat: dayHours, sun: dayHours })
    .strict()
    .describe('When the shop is open; all day is `00:00` to `24:00`'),
  closed: z
    .array(z.object({ day: z.string().max(20).describe('`2026-12-25`'), name: line(60).optional() }))
    .max(mostClosedDays)
    .describe('Days on which it is closed all the same'),
});
export type WorkCalendar = z.infer<typeof workCalendarSchema>;
export type OpenHours = z.infer<typeof openSchema>;

export const allDay: OpenHours = { from: '00:00', to: '24:00' };
export const alwaysOpen: WorkCalendar = {
  days: { mon: allDay, tue: allDay, wed: allDay, thu: allDay, fri: allDay, sat: allDay, sun: allDay },
  closed: [],
};

/** What a closed day is called is for who sets it: a holiday of the staff is nobody else's business. */
export function withoutNames({ days, closed }: WorkCalendar): WorkCalendar {
  return { days, closed: closed.map(({ day }) => ({ day })) };
}

export function isAllDay({ from, to }: OpenHours): boolean {
  return from === allDay.from && to === allDay.to;
}

const minutesADay = 1440;
const dayMs = 86_400_000;

/** Minutes since midnight as the clock shows them; null: it is no such time. */
function minutesOf(time: string): number | null {
  const [, hours, minutes] = /^(\d{2}):(\d{2})$/.exec(time) ?? [];
  if (hours === undefined || minutes === undefined || Number(minutes) > 59) return null;
  const all = Number(hours) * 60 + Number(minutes);
  return all > minutesADay ? null : all;
}

/** A date without its time, counted: the clock of no zone has a part in which day follows which. */
function numberOf({ year, month, day }: Day): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime() / dayMs;
}

function dayOf(number: number): Day {
  const date = new Date(number * dayMs);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

function weekdayOf(number: number): Weekday {
  // The first of January 1970 was a Thursday.
  return weekdays[(((number + 3) % 7) + 7) % 7] ?? 'mon';
}

/** Which day `2026-12-25` is; null: none. */
export function readDay(text: string): Day | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const read = { year: Number(year), month: Number(month), day: Number(day) };
  return day !== undefined && isWallTime({ ...read, hour: 0, minute: 0, second: 0, ms: 0 }) ? read : null;
}

/** What is wrong with a calendar; null: nothing. */
export function calendarFault({ days, closed }: WorkCalendar): Said | null {
  if (weekdays.every((weekday) => days[weekday] === null)) return said('calendar.neverOpen');
  for (const weekday of weekdays) {
    const hours = days[weekday];
    if (hours === null) continue;
    const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)];
    const wrong = from === null ? hours.from : to === null ? hours.to : null;
    const day = said(`calendar.${weekday}`);
    if (wrong !== null) return said('calendar.noTime', { day, time: JSON.stringify(wrong) });
    if ((from ?? 0) >= (to ?? 0)) return said('calendar.endsBefore', { day, ...hours });
  }
  const none = closed.find(({ day }) => readDay(day) === null);
  if (none !== undefined) return said('calendar.noDay', { day: JSON.stringify(none.day) });
  const twice = closed.find(({ day }, at) => closed.findIndex((one) => one.day === day) < at);
  return twice === undefined ? null : said('calendar.dayTwice', { day: twice.day });
}

export type ShopHours = {
  /** When what is due then must be ready: the last moment at or before it at which the shop is open; epoch ms. */
  readyBy(dueAt: number): number;
  /** What is due before this moment was to be ready before `now`, and nothing else. */
  lateBefore(now: number): number;
};

const everOpen: ShopHours = { readyBy: (dueAt) => dueAt, lateBefore: (now) => now };

/** From the first to the last moment, both open. */
type Open = { readonly from: number; readonly to: number };

/** The days that were looked at are remembered: asked for each job of a list. */
const mostRemembered = 2000;

export function shopHours(calendar: WorkCalendar, zone: string): ShopHours {
  const closed = new Set(calendar.closed.map(({ day }) => readDay(day)).flatMap((day) => (day === null ? [] : [numberOf(day)])));
  if (closed.size === 0 && weekdays.every((weekday) => calendar.days[weekday] !== null && isAllDay(calendar.days[weekday])))
    return everOpen;
  const known = new Map<number, Open | null>();

  const look = (number: number): Open | null => {
    const hours = closed.has(number) ? null : calendar.days[weekdayOf(number)];
    const [from, to] = hours === null ? [null, null] : [minutesOf(hours.from), minutesOf(hours.to)];
    if (from === null || to === null) return null;
    const day = dayOf(number);
    const at = (minutes: number): number =>
      instantOf({ ...day, hour: Math.floor(minutes / 60), minute: minutes % 60, second: 0, ms: 0 }, zone);
    const [first, last] = [startOfDay(day, zone), endOfDay(day, zone)];
    // A clock that jumps leaves less of a day, or nothing of it.
    const open = { from: from === 0 ? first : Math.max(first, at(from)), to: to === minutesADay ? last : Math.min(last, at(to)) };
    return open.from > open.to ? null : open;
  };
  const openOn = (number: number): Open | null => {
    const found = known.get(number);
    if (found !== undefined) return found;
    if (known.size >= mostRemembered) known.clear();
    const open = look(number);
    known.set(number, open);
    return open;
  };
  /** The last day on which it was open at this moment or before. */
  const lastOpen = (at: number): { readonly number: number; readonly open: Open } | null => {
    const today = numberOf(wallTimeAt(at, zone));
    for (let number = today; number >= today - looksBackDays; number--) {
      const open = openOn(number);
      if (open !== null && open.from <= at) return { number, open };
    }
    return null;
  };

  return {
    readyBy(dueAt) {
      if (Number.isNaN(dueAt)) return dueAt;
      const last = lastOpen(dueAt);
      return last === null ? dueAt : Math.min(dueAt, last.open.to);
    },
    lateBefore(now) {
      const last = lastOpen(now);
      if (last === null || last.open.to >= now) return now;
      for (let number = last.number; number <= last.number + looksBackDays; number++) {
        const open = openOn(number);
        if (open !== null && open.from > now) return open.from;
      }
      // From that day on the calendar says nothing of what is due.
      return startOfDay(dayOf(last.number + looksBackDays + 1), zone);
    },
  };
}
