/**
 * What the watch knows of one place in a folder, and what it does next. A state and pure steps: seeing what lies there, and what its content said.
 * Promises: a file is handed over once for each content; what nobody lets us read is told once, and looked at again within seconds.
 */
import { type Stamp, sameStamp } from '../../disk/stamp.ts';
import { liesStill, type Readiness, type Sight, seeAgain, waitFor } from './settle.ts';

export type Times = { readonly settleMs: number; readonly incompleteAfterMs: number };

/** `again`: something was handed over from here before, and has lain here since. Moments on the monotonic clock. */
export type PlaceState =
  | { readonly kind: 'settling'; readonly sight: Sight; readonly askAt: number; readonly again: boolean }
  /** Handed over: nothing to do until it changes. */
  | { readonly kind: 'handed'; readonly stamp: Stamp; readonly told: boolean }
  /** Told as unreadable or too large; asked again from time to time. */
  | { readonly kind: 'barred'; readonly sight: Sight; readonly askAt: number; readonly pauseMs: number };

export type Doing = 'nothing' | 'ask' | 'handOver';
export type Step = { readonly place: PlaceState; readonly doing: Doing };

/** What the content of a file that lies still said. `empty`: a folder too deep that has nothing in it. */
export type Said =
  | { readonly kind: 'changed' }
  | { readonly kind: 'unreadable' }
  /** Waiting makes it no smaller: told at once. */
  | { readonly kind: 'tooLarge' }
  | { readonly kind: 'judged'; readonly readiness: Readiness }
  | { readonly kind: 'empty' };

const firstPauseMs = 1000;
const longestPauseMs = 5000;
/** Between two tries to read what its writer still holds. */
const shortestTryMs = 100;

/** Left there before this watch began. */
export function leftPlace(stamp: Stamp, waits: boolean, now: number): PlaceState {
  const sight = { stamp, sinceMs: Number.NEGATIVE_INFINITY, looks: 1 };
  return waits ? { kind: 'barred', sight, askAt: now, pauseMs: firstPauseMs } : { kind: 'handed', stamp, told: true };
}

function stampOfPlace(place: PlaceState): Stamp {
  return place.kind === 'handed' ? place.stamp : place.sight.stamp;
}

/** Something lies at a place. `plain`: its content can be asked. */
export function seePlace(before: PlaceState | undefined, stamp: Stamp, plain: boolean, now: number, { settleMs }: Times): Step {
  if (before !== undefined && before.kind !== 'settling' && sameStamp(stampOfPlace(before), stamp))
    return { place: before, doing: before.kind === 'barred' && now >= before.askAt ? 'ask' : 'nothing' };
  const settling = before?.kind === 'settling' ? before : null;
  const sight = seeAgain(settling?.sight, stamp, now);
  const again = settling?.again ?? before !== undefined;
  const place: PlaceState = { kind: 'settling', sight, askAt: sight.looks === 1 ? now : (settling?.askAt ?? now), again };
  if (!liesStill(sight, now, settleMs) || now < place.askAt) return { place, doing: 'nothing' };
  return plain ? { place, doing: 'ask' } : { place: handed(sight.stamp), doing: 'handOver' };
}

/** Times the settle time: whoever writes a file and its ticket has written both by then. */
const breath = 3;

/** Its name says nothing, and its ticket may be a moment behind it. */
export function mayStillBeNamed(place: PlaceState, now: number, { settleMs }: Times): boolean {
  return place.kind === 'settling' && now - place.sight.sinceMs < breath * settleMs;
}

/**
 * A ticket that came before the file, or within a breath of it, is on its way, and may say what the file is for. It is waited for as long as any writer, and
 * no longer; what comes later holds nothing up, however many come. `ticketsCame`: when those were first seen that are not taken yet.
 */
export function waitsForTicket(
  place: PlaceState,
  ticketsCame: readonly number[],
  now: number,
  { settleMs, incompleteAfterMs }: Times,
): boolean {
  if (place.kind !== 'settling' || now - place.sight.sinceMs >= incompleteAfterMs) return false;
  return ticketsCame.some((came) => came <= place.sight.sinceMs + breath * settleMs);
}

function handed(stamp: Stamp, told = true): PlaceState {
  return { kind: 'handed', stamp, told };
}

function notReadable(place: Exclude<PlaceState, { readonly kind: 'handed' }>, now: number, times: Times, atOnce: boolean): Step {
  if (place.kind === 'barred') {
    const pauseMs = Math.min(place.pauseMs * 2, longestPauseMs);
    return { place: { ...place, askAt: now + pauseMs, pauseMs }, doing: 'nothing' };
  }
  // Held by its writer, changed or gone: look again, but not for ever.
  const wait = atOnce ? 0 : waitFor('notYet', place.sight, now, times);
  if (wait > 0) return { place: { ...place, askAt: now + Math.min(wait, Math.max(times.settleMs, shortestTryMs)) }, doing: 'nothing' };
  return { place: { kind: 'barred', sight: place.sight, askAt: now + firstPauseMs, pauseMs: firstPauseMs }, doing: 'handOver' };
}

/** The content was asked. */
export function hearPlace(place: PlaceState, said: Said, now: number, times: Times): Step {
  if (place.kind === 'handed') return { place, doing: 'nothing' };
  switch (said.kind) {
    case 'changed':
      return { place: { ...place, askAt: now + times.settleMs }, doing: 'nothing' };
    case 'empty':
      return { place: handed(place.sight.stamp, false), doing: 'nothing' };
    case 'unreadable':
    case 'tooLarge':
      return notReadable(place, now, times, said.kind === 'tooLarge');
    case 'judged': {
      const wait = waitFor(said.readiness, place.sight, now, times);
      if (wait > 0) return { place: { ...place, askAt: now + wait }, doing: 'nothing' };
      return { place: handed(place.sight.stamp), doing: 'handOver' };
    }
    default:
      return said satisfies never;
  }
}

/** Was something handed over from here before? */
export function wasHanded(place: PlaceState): boolean {
  return place.kind === 'settling' ? place.again : place.kind === 'barred';
}
