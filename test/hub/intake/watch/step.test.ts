/** A place in a watched folder: handed over once for each content, asked again where it could not be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hearPlace,
  leftPlace,
  mayStillBeNamed,
  type PlaceState,
  type Said,
  seePlace,
  waitsForTicket,
  wasHanded,
} from '../../../../electron/hub/intake/watch/step.ts';

const times = { settleMs: 100, incompleteAfterMs: 1000 };
const stamp = (size: number) => ({ size, mtimeMs: size, ino: '1' });

/** Looks every 50 ms; `said` answers when it is asked. */
function play(
  sizes: readonly number[],
  said: (at: number) => Said,
  before?: PlaceState,
): { handed: number[]; place: PlaceState | undefined } {
  let place = before;
  const handed: number[] = [];
  sizes.forEach((size, look) => {
    const now = look * 50;
    const seen = seePlace(place, stamp(size), true, now, times);
    const next = seen.doing === 'ask' ? hearPlace(seen.place, said(now), now, times) : seen;
    if (next.doing === 'handOver') handed.push(now);
    place = next.place;
  });
  return { handed, place };
}
const ready = (): Said => ({ kind: 'judged', readiness: 'now' });

describe('a place', () => {
  it('is handed over once for each content that lies still', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(1, 2), { minLength: 1, maxLength: 60 }), (sizes) => {
        const { handed } = play(sizes, ready);
        const changes = sizes.filter((size, at) => size !== sizes[at - 1]).length;
        expect(handed.length).toBeLessThanOrEqual(changes);
      }),
    );
    expect(play(Array(40).fill(1), ready).handed).toEqual([100]);
  });
  it('nobody lets us read is told once, and handed over within seconds when it can be read', () => {
    const { handed, place } = play(Array(400).fill(1), (now) => (now < 8000 ? { kind: 'unreadable' } : ready()));
    expect(handed).toHaveLength(2);
    expect(handed[0]).toBeGreaterThanOrEqual(1000);
    expect((handed[1] ?? 0) - 8000).toBeLessThanOrEqual(5000);
    expect(place?.kind).toBe('handed');
  });
  it('left before the start is not handed over again, unless it waits to be read', () => {
    expect(play(Array(40).fill(1), ready, leftPlace(stamp(1), false, 0)).handed).toEqual([]);
    expect(play(Array(40).fill(1), ready, leftPlace(stamp(1), true, 0)).handed).toEqual([0]);
  });
  it('that changes after it was left is handed over as one that was there before', () => {
    const seen = seePlace(leftPlace(stamp(1), false, 0), stamp(2), true, 0, times);
    expect(wasHanded(seen.place)).toBe(true);
  });
  it('waits for a ticket as long as any writer may take, for one that nobody has seen three settle times, and not at all where it is told already', () => {
    const { place } = seePlace(undefined, stamp(1), true, 0, times);
    expect([299, 300].map((now) => mayStillBeNamed(place, now, times))).toEqual([true, false]);
    expect([999, 1000].map((now) => waitsForTicket(place, [300], now, times))).toEqual([true, false]);
    expect([[], [301], [301, -5000]].map((came) => waitsForTicket(place, came, 500, times))).toEqual([false, false, true]);
    expect(mayStillBeNamed(place, 0, { ...times, settleMs: 0 })).toBe(false);
    const barred = leftPlace(stamp(1), true, 0);
    expect([mayStillBeNamed(barred, 0, times), waitsForTicket(barred, [0], 0, times)]).toEqual([false, false]);
  });
});
