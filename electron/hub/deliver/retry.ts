/** How often and when a failed delivery is tried again, and when a person is asked. Pure. */
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
/** Nothing that failed waits longer: a due time further away was written before the clock was set back, and has come. */
export const longestWaitMs = 1.1 * longestPauseMs;
/** Well for longer than any pause between two tries: what comes then is new trouble. */
export const wellForMs = 180_000;
const mostTries = 10;
/** What nobody knows the cause of will not mend itself: 1 + 2 + 4 + 8 s, then a person is asked. */
const mostBlindTries = 5;
/** A name is free when whoever has it lets go: asked for within half a minute, tried on meanwhile and after that. */
const nameTries = 4;
const nameTriedEveryMs = 10_000;

/** Pause before the next try: 1 s, 2 s, 4 s ... up to a minute, spread by a fifth so that many do not come at once. `chance` in [0, 1). */
export function pauseBefore(tries: number, chance: number): number {
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1));
  return Math.round(pause * (0.9 + 0.2 * chance));
}

export type AfterFault =
  | { readonly kind: 'folderTrouble' }
  /** `asks`: a person is told meanwhile. */
  | { readonly kind: 'tryAgain'; readonly pauseMs: number; readonly asks: boolean }
  | { readonly kind: 'fail' };

/** `tries` counts the one that just failed. */
export function decideAfterFault(reason: ReasonCode, tries: number, chance: number): AfterFault {
  const { of, remedy } = reasonEntry(reason);
  if (of === 'folder') return { kind: 'folderTrouble' };
  const pauseMs = pauseBefore(tries, chance);
  if (reason === 'NameTaken') return { kind: 'tryAgain', pauseMs: Math.min(pauseMs, nameTriedEveryMs), asks: tries >= nameTries };
  const most = reason === 'UnknownError' ? mostBlindTries : mostTries;
  return remedy === 'retry' && tries < most ? { kind: 'tryAgain', pauseMs, asks: false } : { kind: 'fail' };
}
