/**
 * The loop of one incoming folder as a state and pure steps: when to look through it, how long to rest, what to tell of it. Never touches a disk;
 * watch-folder.ts does what it says.
 *
 * Promises: a hint is never the only reason to look; a folder that cannot be seen is tried again, ever more slowly up to a bound, and told of once.
 */
import type { WatchState } from '../../parts.ts';
import type { PlaceState } from './step.ts';

/** Moments on the monotonic clock. */
export type FolderState = {
  readonly location: 'local' | 'network';
  /** Something may have changed since the last look began. */
  readonly hinted: boolean;
  /** Why nobody tells of changes, where somebody was asked to. */
  readonly polledBecause: string | null;
  /** Which folder lies at the path: another one is another. Empty until it is seen, and again when it no longer can be. */
  readonly identity: string;
  readonly lookedAtMs: number;
  /** How long to wait when it cannot be seen. */
  readonly pauseMs: number;
};

/** How many places there are of each kind. */
export type Counts = Readonly<Record<PlaceState['kind'], number>>;

/** `now` on the wall clock, as files are stamped. */
export type Times = { readonly now: number; readonly ms: number };

/** The look that is the truth. Local folders also look when the folder's own time changed. */
const lookEveryMs = { local: 2000, network: 3000 } as const;
export const fullLookEveryMs = 30_000;
/** A change so young may be followed by another that leaves the same time. */
export const youngMs = 10_000;
const shortestPauseMs = 500;
const longestPauseMs = 30_000;
/** With so many still to be taken over there is no hurry to find more. */
const backlog = 500;
/** A folder with ten thousand files is not read again at each hint. */
const restFactor = 3;
const shortestRestMs = 4;
const longestRestMs = 1000;

export function beginFolder(location: FolderState['location']): FolderState {
  return { location, hinted: true, polledBecause: null, identity: '', lookedAtMs: Number.NEGATIVE_INFINITY, pauseMs: shortestPauseMs };
}

export function countPlaces(places: Iterable<PlaceState>): Counts {
  const counts = { settling: 0, handed: 0, barred: 0 };
  for (const { kind } of places) counts[kind]++;
  return counts;
}

export function takeHint(state: FolderState): FolderState {
  return { ...state, hinted: true };
}

/** Nobody tells of changes any more: from now on the folder is looked through every time. */
export function loseHints(state: FolderState, why: string): FolderState {
  return { ...state, polledBecause: why };
}

export type Folder = { readonly dev: string; readonly ino: string; readonly mtimeMs: number };

/** The folder itself was seen. `isOther`: not the one that was listened to. `looks`: it is looked through now. */
export function seeFolder(
  state: FolderState,
  folder: Folder,
  counts: Counts,
  { now, ms }: Times,
): { readonly state: FolderState; readonly isOther: boolean; readonly looks: boolean } {
  const identity = `${folder.dev} ${folder.ino}`;
  const isOther = identity !== state.identity;
  const looks =
    isOther ||
    state.hinted ||
    ms - state.lookedAtMs > fullLookEveryMs ||
    state.location === 'network' ||
    counts.settling + counts.barred > 0 ||
    state.polledBecause !== null ||
    folder.mtimeMs > now - youngMs;
  return { state: { ...state, identity, ...(looks && { hinted: false, lookedAtMs: ms }) }, isOther, looks };
}

/** It cannot be seen, or not be looked through. Answers how long to wait. */
export function missFolder(state: FolderState): { readonly state: FolderState; readonly waitMs: number } {
  return { state: { ...state, identity: '', pauseMs: Math.min(state.pauseMs * 2, longestPauseMs) }, waitMs: state.pauseMs };
}

export function endLook(state: FolderState): FolderState {
  return { ...state, pauseMs: shortestPauseMs };
}

/** A rest first, so that the hints of a burst are answered together. `tookMs`: what the last look cost. */
export function restAfter({ handed }: Counts, tookMs: number): number {
  return handed > backlog ? longestRestMs : Math.min(longestRestMs, Math.max(shortestRestMs, tookMs * restFactor));
}

/** How long to wait for the next hint after that rest; 0 when there is a reason to look at once. */
export function waitAfter(state: FolderState, { settling }: Counts, settleMs: number, restMs: number): number {
  if (settling > 0) return Math.max(0, settleMs / 3 - restMs);
  return state.hinted ? 0 : lookEveryMs[state.location];
}

export function shownAs({ location, polledBecause }: FolderState): Pick<WatchState, 'state' | 'reason'> {
  return { state: location === 'network' || polledBecause !== null ? 'polling' : 'watching', reason: polledBecause };
}
