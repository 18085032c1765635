/**
 * When is a file in a watched folder complete? Pure. Size alone proves nothing: copies over a network reserve the full size at once, and
 * writers pause. So: the stamp stays the same over several looks and some time, then the content has its say.
 */
import { type Stamp, sameStamp } from '../../disk/stamp.ts';

/** A file being watched until it settles. `sinceMs` and `now` on the monotonic clock. */
export type Sight = { readonly stamp: Stamp; readonly sinceMs: number; readonly looks: number };

/** Looks that must agree, the first included. */
const enoughLooks = 3;
/** With no settle time asked for, two looks at once. */
const enoughLooksAtOnce = 2;
/** A type without a recognisable end must lie still this many times longer; one that ends in nothing but zeros, longer still. */
const factors = { now: 1, later: 5, late: 60 } as const;

/** What the content says of a file that lies still: ready, ready after a longer wait, or not before it changes. */
export type Readiness = 'now' | 'later' | 'late' | 'notYet';

export function seeAgain(before: Sight | undefined, stamp: Stamp, now: number): Sight {
  if (before === undefined || !sameStamp(before.stamp, stamp)) return { stamp, sinceMs: now, looks: 1 };
  return { ...before, looks: before.looks + 1 };
}

/** Has it lain still long enough to ask its content? */
export function liesStill(sight: Sight, now: number, settleMs: number): boolean {
  return now - sight.sinceMs >= settleMs && sight.looks >= (settleMs === 0 ? enoughLooksAtOnce : enoughLooks);
}

/** Milliseconds a still file has to wait on, 0 when it is time. `notYet` waits until it counts as cut off. */
export function waitFor(
  readiness: Readiness,
  sight: Sight,
  now: number,
  times: { readonly settleMs: number; readonly incompleteAfterMs: number },
): number {
  const needed = readiness === 'notYet' ? times.incompleteAfterMs : times.settleMs * factors[readiness];
  return Math.max(0, needed - (now - sight.sinceMs));
}
