/** Times, sizes and numbers as people say them. `now` and the language come in; only the region is asked of the browser. All times in epoch ms. */
import type { Language } from '../../shared/status.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** The region the person's system is set to, where it speaks the language of the screen: it decides 24 or 12 hours. */
function locale(language: Language): string {
  return navigator.languages.find((name) => name.toLowerCase().startsWith(language)) ?? (language === 'en' ? 'en-GB' : 'de-DE');
}

function unit(value: number, name: 'second' | 'minute' | 'day', language: Language): string {
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: name,
    unitDisplay: name === 'day' ? 'long' : 'short',
    maximumFractionDigits: 0,
  }).format(value);
}

/** A length of time in its largest whole unit: "12 min". */
export function span(ms: number, language: Language): string {
  const long = Math.abs(ms);
  if (long < minute) return unit(Math.round(long / 1000), 'second', language);
  if (long < hour) return unit(Math.floor(long / minute), 'minute', language);
  if (long < day) return `${Math.floor(long / hour)} ${language === 'de' ? 'Std.' : 'h'}`;
  return unit(Math.floor(long / day), 'day', language);
}

const sameDay = (a: number, b: number): boolean => new Date(a).toDateString() === new Date(b).toDateString();

export function clock(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { hour: 'numeric', minute: '2-digit' }).format(at);
}

function date(at: number, now: number, language: Language): string {
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return new Intl.DateTimeFormat(
    locale(language),
    sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
  ).format(at);
}

/** How long something has been so: relative in the first hour, the clock today, the date before. `fresh` is what to say within a minute. */
export function since(at: number, now: number, language: Language, fresh: string): string {
  const age = now - at;
  if (age < minute) return fresh;
  if (age < hour) return span(age, language);
  return sameDay(at, now) ? clock(at, language) : date(at, now, language);
}

export type Due = { readonly kind: 'late' | 'in' | 'today' | 'tomorrow' | 'later'; readonly text: string };

/** When something is due, from where we stand; who shows it chooses the words around `text`. */
export function due(at: number, now: number, language: Language): Due {
  if (at < now) return { kind: 'late', text: span(Math.max(minute, now - at), language) };
  if (at - now < 3 * hour) return { kind: 'in', text: span(Math.max(minute, at - now), language) };
  if (sameDay(at, now)) return { kind: 'today', text: clock(at, language) };
  if (sameDay(at, now + day)) return { kind: 'tomorrow', text: clock(at, language) };
  return { kind: 'later', text: date(at, now, language) };
}

/** Date and time to the second, for hovering. */
export function exact(at: number, language: Language): string {
  return new Intl.DateTimeFormat(locale(language), { dateStyle: 'full', timeStyle: 'medium' }).format(at);
}

export function amount(value: number, language: Language): string {
  return new Intl.NumberFormat(language).format(value);
}

/** Bytes in the largest sensible unit. */
export function size(bytes: number, language: Language): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language, {
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
