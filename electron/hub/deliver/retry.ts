/** How often and when a failed delivery is tried again. Pure. */
import { type ReasonCode, reasonEntry } from '../../../shared/reason.ts';

const firstPauseMs = 1000;
const longestPauseMs = 60_000;
const mostTries = 10;

/** Pause before the next try: 1 s, 2 s, 4 s ... up to a minute, spread by a fifth so that many do not come at once. `chance` in [0, 1). */
export function pauseBefore(tries: number, chance: number): number {
  const pause = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.max(0, tries - 1));
  return Math.round(pause * (0.9 + 0.2 * chance));
}

export type AfterFault =
  | { readonly kind: 'folderTrouble' }
  | { readonly kind: 'tryAgain'; readonly pauseMs: number }
  | { readonly kind: 'fail' };

/** `tries` counts the one that just failed. */
export function decideAfterFault(reason: ReasonCode, tries: number, chance: number): AfterFault {
  const { of, remedy } = reasonEntry(reason);
  if (of === 'folder') return { kind: 'folderTrouble' };
  if (remedy === 'retry' && tries < mostTries) return { kind: 'tryAgain', pauseMs: pauseBefore(tries, chance) };
  return { kind: 'fail' };
}
