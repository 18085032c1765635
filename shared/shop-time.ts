/**
 * The clock on the wall of the shop: from what it shows to instants and back, by the rules of its time zone. Pure; zones are IANA names.
 *
 * Twice a year the clock jumps. A time it skips (02:30 when it goes from 2 to 3) is as much later as it jumps: 03:30. A time it shows
 * twice is the first of the two. A day begins with its first instant, even where that is not midnight, and ends just before the next.
 */

/** As a clock and a calendar show it; month 1 to 12. */
export type WallTime = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
};
export type Day = Pick<WallTime, 'year' | 'month' | 'day'>;

const dayMs = 86_400_000;

/** A name such as `Europe/Berlin` or `UTC`. A bare offset is no zone: it knows no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{0,59}$/u.test(name)) return false;
  try {
    return clockOf(name) !== undefined;
  } catch {
    return false;
  }
}

/** What the clock shows at an instant (epoch ms). */
export function wallTimeAt(at: number, zone: string): WallTime {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const ms = ((at % 1000) + 1000) % 1000;
  return {
    year: part('year'),
    month: part('month'),
    day: part('day'),
    hour: part('hour'),
    minute: part('minute'),
    second: part('second'),
    ms,
  };
}

/** The instant (epoch ms) at which the clock shows this. */
export function instantOf(wall: WallTime, zone: string): number {
  const asUtc = utcOf(wall);
  // No clock jumps twice within two days: the zone has the offset of the day before, or of the day after.
  const before = offsetAt(asUtc - dayMs, zone);
  const after = offsetAt(asUtc + dayMs, zone);
  const shown = [asUtc - before, asUtc - after].filter((at) => utcOf(wallTimeAt(at, zone)) === asUtc);
  return shown.length > 0 ? Math.min(...shown) : asUtc - before;
}

/** The first instant of a day. */
export function startOfDay(day: Day, zone: string): number {
  const midnight = utcOf({ ...day, hour: 0, minute: 0, second: 0, ms: 0 });
  const at = instantOf(wallOf(midnight), zone);
  if (utcOf(wallTimeAt(at, zone)) === midnight) return at;
  // Midnight is skipped: the day begins where the clock has jumped to.
  let earlier = at - dayMs;
  let later = at;
  while (later - earlier > 1) {
    const middle = Math.floor((earlier + later) / 2);
    if (utcOf(wallTimeAt(middle, zone)) < midnight) earlier = middle;
    else later = middle;
  }
  return later;
}

/** The last millisecond of a day. */
export function endOfDay(day: Day, zone: string): number {
  return startOfDay(wallOf(utcOf({ ...day, hour: 0, minute: 0, second: 0, ms: 0 }) + dayMs), zone) - 1;
}

/** Is there such a day and such a time? */
export function isWallTime(wall: WallTime): boolean {
  const { year, month, day, hour, minute, second } = wallOf(utcOf(wall));
  return (
    year === wall.year && month === wall.month && day === wall.day && hour === wall.hour && minute === wall.minute && second === wall.second
  );
}

function utcOf({ year, month, day, hour, minute, second, ms }: WallTime): number {
  const date = new Date(0);
  // Date.UTC takes the years below 100 for those of the last century.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, ms);
  return date.getTime();
}

function wallOf(utc: number): WallTime {
  const date = new Date(utc);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    ms: date.getUTCMilliseconds(),
  };
}

function offsetAt(at: number, zone: string): number {
  return utcOf(wallTimeAt(at, zone)) - at;
}

/** Making one costs far more than using it. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
    timeZone: zone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  });
  clocks.set(zone, clock);
  return clock;
}
