/**
 * Times, sizes and numbers as people say them, by the clock of the shop. `now` and the language come in; the region is asked of the browser, and the
 * shop's zone is told once. All times in epoch ms.
 */
import { isTimeZone, startOfDay, wallTimeAt } from '../../shared/shop-time.ts';
import { numberFormat, timeFormat } from '../../shared/words/formats.ts';
import type { Language } from '../../shared/words/say.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The region the person's system is set to, where it speaks the language of the screen: it decides 24 or 12 hours. */
function locale(language: Language): string {
  return navigator.languages.find((name) => name.toLowerCase().startsWith(language)) ?? (language === 'en' ? 'en-GB' : language);
}

function unit(value: number, name: 'second' | 'minute' | 'day', language: Language): string {
  const unitDisplay = name === 'day' ? 'long' : 'short';
  return numberFormat(language, { style: 'unit', unit: name, unitDisplay, maximumFractionDigits: 0 }).format(value);
}

/** For what is no time, such as one a newer hub writes otherwise: nothing on the screen may break by it. */
const noTime = '–';

/** A length of time in its largest whole unit: "12 min". */
export function span(ms: number, language: Language): string {
  const long = Math.abs(ms);
  if (long < minute) return unit(Math.round(long / 1000), 'second', language);
  if (long < hour) return unit(Math.floor(long / minute), 'minute', language);
  if (long < day) return `${Math.floor(long / hour)} ${language === 'de' ? 'Std.' : 'h'}`;
  return unit(Math.floor(long / day), 'day', language);
}

/** Before the hub has said where the shop is, the place of the screen is the best there is. */
let zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Whose clock all screens show, whatever the computer is set to. A zone this browser does not know changes nothing. */
export function showTimesOf(timeZone: string): void {
  if (isTimeZone(timeZone)) zone = timeZone;
}

/** The start of the day, by which days are told apart. */
const dayOf = (at: number): number => startOfDay(wallTimeAt(at, zone), zone);
const sameDay = (a: number, b: number): boolean => dayOf(a) === dayOf(b);
/** Any time of the day after; no day has more than 25 hours. */
const nextDay = (at: number): number => dayOf(at) + 30 * hour;

export function clock(at: number, language: Language): string {
  return clockIn(zone, at, language);
}

/** What the clock shows in a zone this browser knows. */
export function clockIn(timeZone: string, at: number, language: Language): string {
  if (!isTimeZone(timeZone) || Number.isNaN(at)) return noTime;
  return timeFormat(locale(language), { hour: 'numeric', minute: '2-digit', timeZone }).format(at);
}

function date(at: number, now: number, language: Language, withClock = false): string {
  const sameYear = wallTimeAt(at, zone).year === wallTimeAt(now, zone).year;
  return timeFormat(locale(language), {
    day: 'numeric',
    month: 'short',
    ...(!sameYear && { year: 'numeric' }),
    ...(withClock && { hour: 'numeric', minute: '2-digit' }),
    timeZone: zone,
  }).format(at);
}

/** How long something has been so: relative in the first hour, the clock today, the date before. `fresh` is what to say within a minute. */
export function since(at: number, now: number, language: Language, fresh: string): string {
  if (Number.isNaN(at)) return noTime;
  const age = now - at;
  // What is still to come is no news; a clock that is a little ahead makes nothing come.
  if (age > -minute && age < minute) return fresh;
  if (age >= minute && age < hour) return span(age, language);
  return sameDay(at, now) ? clock(at, language) : date(at, now, language);
}

export type Due = {
  readonly kind: 'late' | 'in' | 'today' | 'tomorrow' | 'anyTimeToday' | 'anyTimeTomorrow' | 'later';
  readonly text: string;
};

/**
 * The middle of a day that was written without a time, from its first moment or its last second. It is that day on the clock of the shop also where the clock was
 * another when it was read: another zone moves it by less than half a day.
 */
function middleOf(at: number): number {
  return at % minute === 0 ? at + 12 * hour : at - 12 * hour;
}

type DueHow = {
  /** No time was said, only the day. */
  readonly dayOnly?: boolean;
  /** Nothing is late any more. */
  readonly finished?: boolean;
};

function dueOnDay(at: number, now: number, language: Language, finished: boolean): Due {
  const middle = middleOf(at);
  if (sameDay(middle, now)) return { kind: 'anyTimeToday', text: '' };
  if (sameDay(middle, nextDay(now))) return { kind: 'anyTimeTomorrow', text: '' };
  if (middle < now && !finished) return { kind: 'late', text: span(Math.max(minute, now - at), language) };
  return { kind: 'later', text: date(middle, now, language) };
}

/**
 * When something is due, from where we stand; who shows it chooses the words around `text`. Within the hour that is so many minutes, else the time on the clock: hours
 * that are counted would be rounded, and somebody late by it.
 */
export function due(at: number, now: number, language: Language, { dayOnly = false, finished = false }: DueHow = {}): Due {
  if (Number.isNaN(at)) return { kind: 'later', text: noTime };
  if (dayOnly) return dueOnDay(at, now, language, finished);
  if (at < now && !finished) return { kind: 'late', text: span(Math.max(minute, now - at), language) };
  if (at >= now && at - now < hour) return { kind: 'in', text: span(Math.max(minute, at - now), language) };
  if (sameDay(at, now)) return { kind: 'today', text: clock(at, language) };
  if (sameDay(at, nextDay(now))) return { kind: 'tomorrow', text: clock(at, language) };
  return { kind: 'later', text: date(at, now, language, true) };
}

/** The last millisecond of a day is that day, and no time on the clock. */
const isEndOfDay = (at: number): boolean => at % minute === minute - 1;

/** Is this the day that was written without a time? */
export function isSameDayWritten(dueAt: number, at: number): boolean {
  return !Number.isNaN(dueAt) && sameDay(middleOf(dueAt), at);
}

/** One day beside another: "Fri 27 Nov, 18:00"; the day alone where only that was said, or all of it. */
export function dayAndClock(at: number, language: Language, dayOnly = false): string {
  if (Number.isNaN(at)) return noTime;
  const whole = dayOnly || isEndOfDay(at);
  return timeFormat(locale(language), {
    ...{ weekday: 'short', day: 'numeric', month: 'short', timeZone: zone },
    ...(!whole && { hour: 'numeric', minute: '2-digit' }),
  }).format(dayOnly ? middleOf(at) : at);
}

/** The same where room is short, and never in two lines: the clock today, the day of the week within one. */
export function soonOrDay(at: number, now: number, language: Language): string {
  if (Number.isNaN(at)) return noTime;
  const whole = isEndOfDay(at);
  if (sameDay(at, now) && !whole) return clock(at, language);
  const weekday = timeFormat(locale(language), {
    ...{ weekday: 'short', timeZone: zone },
    ...(!whole && { hour: 'numeric', minute: '2-digit' }),
  });
  const text = Math.abs(at - now) < 6 * day ? weekday.format(at) : date(at, now, language, !whole);
  return text.replaceAll(' ', '\u00a0');
}

/** Date and time to the second, for hovering; the date alone where only that was said. `timeZone`: another clock than that of the shop. */
export function exact(at: number, language: Language, dayOnly = false, timeZone = zone): string {
  if (Number.isNaN(at) || !isTimeZone(timeZone)) return noTime;
  const style = dayOnly ? ({ dateStyle: 'full' } as const) : ({ dateStyle: 'full', timeStyle: 'medium' } as const);
  return timeFormat(locale(language), { ...style, timeZone }).format(dayOnly ? middleOf(at) : at);
}

export function amount(value: number, language: Language): string {
  return numberFormat(language, {}).format(value);
}

/** Bytes in the largest sensible unit. */
export function size(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return numberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && power > 0 ? 1 : 0,
  }).format(value);
}

/** A job number in groups that can be read aloud: "PF000123-1" gives "PF", "000", "123", "-", "1". */
export function numberGroups(number: string): readonly string[] {
  return number
    .split(/([^\p{L}\p{N}]+|\d{5,})/u)
    .flatMap((part) => (/^\d{5,}$/.test(part) ? [...groupsOfThree(part)] : [part]))
    .filter((part) => part !== '');
}

function* groupsOfThree(digits: string): Generator<string> {
  const first = digits.length % 3;
  if (first > 0) yield digits.slice(0, first);
  for (let at = first; at < digits.length; at += 3) yield digits.slice(at, at + 3);
}
