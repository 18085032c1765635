/**
 * Dates as people and programs write them, to instants by the clock of the shop: a day without a time ends, or begins, as that day does
 * there; a time without a zone is the shop's. What can be read in two ways is not read. Pure.
 */

import { endOfDay, instantOf, isWallTime, startOfDay, type WallTime } from '../../../../shared/shop-time.ts';
import { type SaidValue, said } from '../../../../shared/words/say.ts';

/** `at` is ISO 8601 in UTC. */
export type Moment = { readonly at: string; readonly dayOnly: boolean };

type Written = {
  readonly wall: WallTime;
  readonly dayOnly: boolean;
  /** Minutes east of Greenwich; null where none is written. */
  readonly offset: number | null;
};

/**
 * @param use what a day without a time means: its end for what is due, its start for what may begin
 * @param zone IANA name
 * @returns null for what is no date, or could be two
 */
export function readMoment(text: string, use: 'end' | 'start', zone: string): Moment | null {
  const written = readWritten(text.trim());
  if (written === null) return null;
  const { wall, dayOnly, offset } = written;
  if (offset !== null) {
    const asUtc = (dayOnly && use === 'end' ? endOfDay(wall, 'UTC') : instantOf(wall, 'UTC')) - offset * 60_000;
    return { at: new Date(asUtc).toISOString(), dayOnly };
  }
  const at = dayOnly ? (use === 'end' ? endOfDay(wall, zone) : startOfDay(wall, zone)) : instantOf(wall, zone);
  return { at: new Date(at).toISOString(), dayOnly };
}

/** Why a text is no date, where that can be said better than by showing the form. */
export function dateHint(text: string): SaidValue {
  if (/^[0-9]{5}(?:[.,][0-9]+)?$/u.test(text)) return said('tickets.hintDayNumber');
  if (/^[0-9]{1,2}\/[0-9]{1,2}\/[0-9]{2,4}/u.test(text)) return said('tickets.hintDayMonth');
  return '';
}

const clockPart = String.raw`(?<hour>[0-9]{1,2})(?:[:.](?<minute>[0-9]{2}))?(?:[:.](?<second>[0-9]{2})(?:[.,](?<part>[0-9]{1,9}))?)?(?: ?(?<half>[AaPp])\.?[Mm]\.?)?`;
const zonePart = '(?<zone>Z|z|[+-][0-9]{2}(?::?[0-9]{2})?)';
const monthPart = String.raw`(?<name>\p{L}{3,10})\.?`;
const dayForms: readonly string[] = [
  '(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})',
  '(?<year>[0-9]{4})/(?<month>[0-9]{1,2})/(?<day>[0-9]{1,2})',
  '(?<year>20[0-9]{2})(?<month>[0-9]{2})(?<day>[0-9]{2})',
  String.raw`(?:\p{L}{2,10}\.?,? )?(?<day>[0-9]{1,2})\. ?(?<month>[0-9]{1,2})\. ?(?<year>(?:20)?[0-9]{2})`,
  String.raw`(?:\p{L}{2,10}\.?,? )?(?<day>[0-9]{1,2})\.?[ -]${monthPart},?[ -](?<year>[0-9]{4})`,
  String.raw`(?:\p{L}{2,10}\.?,? )?${monthPart} (?<day>[0-9]{1,2})(?:st|nd|rd|th)?,? (?<year>[0-9]{4})`,
];
const forms: readonly RegExp[] = dayForms.flatMap((form) => [
  new RegExp(`^${form}(?: ?${zonePart})?$`, 'u'),
  new RegExp(`^${form}(?:[Tt]|,? +(?:um |at )?)${clockPart}(?: ?(?<oclock>Uhr|uhr|h))?(?: ?${zonePart})?$`, 'u'),
]);

/** The beginnings by which months are known in English and German. */
const months: readonly (readonly string[])[] = [
  ['jan', 'jän'],
  ['feb'],
  ['mar', 'mär', 'mrz', 'maerz'],
  ['apr'],
  ['may', 'mai'],
  ['jun'],
  ['jul'],
  ['aug'],
  ['sep'],
  ['oct', 'okt'],
  ['nov'],
  ['dec', 'dez'],
];

const longest = 60;

function readWritten(text: string): Written | null {
  if (text.length > longest) return null;
  const plain = text.replaceAll(/[\s\u00a0\u202f]+/gu, ' ');
  for (const form of forms) {
    const parts = form.exec(plain)?.groups;
    if (parts !== undefined) return writtenOf(parts);
  }
  return null;
}

function writtenOf(parts: Readonly<Record<string, string | undefined>>): Written | null {
  const month = parts['month'] === undefined ? monthOf(parts['name'] ?? '') : Number(parts['month']);
  const year = Number(parts['year']?.padStart(4, '20'));
  const day = { year, month, day: Number(parts['day']) };
  const offset = offsetOf(parts['zone']);
  if (day.year < 1970 || day.year > 2999 || Number.isNaN(offset)) return null;
  const { hour, minute, half, oclock } = parts;
  if (hour === undefined) {
    const wall = { ...day, hour: 0, minute: 0, second: 0, ms: 0 };
    return isWallTime(wall) ? { wall, dayOnly: true, offset } : null;
  }
  // An hour alone is a time only where it says so: "14 Uhr", "2 pm".
  if (minute === undefined && half === undefined && oclock === undefined) return null;
  const at = hourOf(Number(hour), half);
  const wall = { ...day, hour: at, minute: Number(minute ?? 0), second: Number(parts['second'] ?? 0), ms: msOf(parts['part']) };
  // 24:00 is the midnight at which the day ends.
  if (at === 24 && wall.minute === 0 && wall.second === 0 && wall.ms === 0 && isWallTime({ ...wall, hour: 0 })) {
    const next = new Date(Date.UTC(day.year, day.month - 1, day.day + 1));
    return {
      wall: { ...wall, year: next.getUTCFullYear(), month: next.getUTCMonth() + 1, day: next.getUTCDate(), hour: 0 },
      dayOnly: false,
      offset,
    };
  }
  return isWallTime(wall) ? { wall, dayOnly: false, offset } : null;
}

function monthOf(name: string): number {
  const plain = name.normalize('NFC').toLowerCase();
  return months.findIndex((beginnings) => beginnings.some((beginning) => plain.startsWith(beginning))) + 1;
}

/** NaN for an hour that no half of the day has. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function msOf(part: string | undefined): number {
  return part === undefined ? 0 : Number(part.padEnd(3, '0').slice(0, 3));
}

function offsetOf(zone: string | undefined): number | null {
  if (zone === undefined) return null;
  if (zone === 'Z' || zone === 'z') return 0;
  const [, sign, hours, minutes] = /^([+-])([0-9]{2}):?([0-9]{2})?$/u.exec(zone) ?? [];
  const offset = Number(hours) * 60 + Number(minutes ?? 0);
  return offset > 14 * 60 || Number(minutes ?? 0) > 59 ? Number.NaN : sign === '-' ? -offset : offset;
}
