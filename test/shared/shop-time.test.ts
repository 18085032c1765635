import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOfDay, instantOf, isTimeZone, isWallTime, startOfDay, wallTimeAt } from '../../shared/shop-time.ts';

const at = (iso: string) => Date.parse(iso);
const wall = (text: string) => {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = text.split(/[^0-9]/u).map(Number);
  return { year, month, day, hour, minute, second, ms: 0 };
};
const zones = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Cairo',
  'America/Havana',
];

describe('the clock of the shop', () => {
  it.each([
    ['Europe/Berlin', '2026-12-01 14:00', '2026-12-01T13:00:00Z'],
    ['Europe/Berlin', '2026-07-01 14:00', '2026-07-01T12:00:00Z'],
    ['America/New_York', '2026-12-01 14:00', '2026-12-01T19:00:00Z'],
    ['Asia/Kolkata', '2026-12-01 14:00', '2026-12-01T08:30:00Z'],
  ])('in %s shows %s at %s', (zone, text, instant) => {
    expect(new Date(instantOf(wall(text), zone)).toISOString()).toBe(new Date(instant).toISOString());
  });

  it('a time it skips in spring is as much later as it jumps; a time it shows twice in autumn is the first of the two', () => {
    expect(instantOf(wall('2026-03-29 02:30'), 'Europe/Berlin')).toBe(at('2026-03-29T01:30:00Z'));
    expect(wallTimeAt(at('2026-03-29T01:30:00Z'), 'Europe/Berlin')).toMatchObject({ hour: 3, minute: 30 });
    expect(instantOf(wall('2026-10-25 02:30'), 'Europe/Berlin')).toBe(at('2026-10-25T00:30:00Z'));
  });

  it.each([
    ['Europe/Berlin', '2026-12-01', '2026-11-30T23:00:00.000Z', '2026-12-01T22:59:59.999Z'],
    // 23 and 25 hours.
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z', '2026-03-29T21:59:59.999Z'],
    ['Europe/Berlin', '2026-10-25', '2026-10-24T22:00:00.000Z', '2026-10-25T22:59:59.999Z'],
    ['America/New_York', '2026-12-01', '2026-12-01T05:00:00.000Z', '2026-12-02T04:59:59.999Z'],
    // The clock goes from midnight to one, and shows the hour after midnight twice.
    ['Africa/Cairo', '2026-04-24', '2026-04-23T22:00:00.000Z', '2026-04-24T20:59:59.999Z'],
    ['America/Havana', '2026-11-01', '2026-11-01T04:00:00.000Z', '2026-11-02T04:59:59.999Z'],
  ])('a day in %s: %s', (zone, day, start, end) => {
    expect(new Date(startOfDay(wall(day), zone)).toISOString()).toBe(start);
    expect(new Date(endOfDay(wall(day), zone)).toISOString()).toBe(end);
  });

  it('shows every instant, and finds it again or the first that looks the same', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') }),
        (zone, instant) => {
          const shown = wallTimeAt(instant, zone);
          const found = instantOf(shown, zone);
          expect(wallTimeAt(found, zone)).toEqual(shown);
          expect(found).toBeLessThanOrEqual(instant);
          expect(instant - found).toBeLessThanOrEqual(2 * 3_600_000);
        },
      ),
    );
  });

  it('days follow one another without a gap, and hold each of their instants', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2060-01-01T00:00:00Z') }),
        (zone, instant) => {
          const day = wallTimeAt(instant, zone);
          const [start, end] = [startOfDay(day, zone), endOfDay(day, zone)];
          expect(start).toBeLessThanOrEqual(instant);
          expect(end).toBeGreaterThanOrEqual(instant);
          expect(startOfDay(wallTimeAt(end + 1, zone), zone)).toBe(end + 1);
        },
      ),
    );
  });

  it('knows zones by their name, and no bare offsets', () => {
    for (const zone of zones) expect(isTimeZone(zone), zone).toBe(true);
    for (const no of ['', 'Mars/Olympus', '+01:00', 'CEST!', 'Europe/Berlin ', '__proto__']) expect(isTimeZone(no), no).toBe(false);
  });

  it('knows days that are none', () => {
    for (const no of ['2026-02-30 00:00', '2026-13-01 00:00', '2026-11-24 25:00', '2026-11-24 12:60'])
      expect(isWallTime(wall(no)), no).toBe(false);
    expect(isWallTime(wall('2028-02-29 23:59:59'))).toBe(true);
  });
});
