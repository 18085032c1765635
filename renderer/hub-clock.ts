/**
 * The time by the hub's clock. A screen whose own clock is off by hours would show jobs of tomorrow and nothing as late; so it goes by the hub's, and
 * who stands before it is told.
 */

/** A clock within a minute is right for whoever reads it. */
const offFromMs = 60_000;

/** How far the screen's clock is ahead of the hub's, by the last answer. */
let aheadMs = 0;

/** Epoch ms. */
export function hubNow(): number {
  return Date.now() - aheadMs;
}

/** A moment by the clock of this screen, by the hub's; epoch ms. */
export function byHubClock(at: number): number {
  return at - aheadMs;
}

/** The hub said what time it is; `asked` and `answered` by the screen's own clock. What is not a time says nothing. All epoch ms. */
export function hearHubClock(told: number, asked: number, answered: number): void {
  if (!Number.isNaN(told)) aheadMs = aheadOf(told, asked, answered);
}

/** How far the screen's clock is ahead: nobody knows when within its way the question was answered, so only what lies outside counts. Pure. */
export function aheadOf(told: number, asked: number, answered: number): number {
  if (asked > told) return asked - told;
  return Math.min(0, answered - told);
}

/** By how much it is off, in whole minutes and as ms; 0 while it is right. */
export function clockOffMs(): number {
  return Math.abs(aheadMs) < offFromMs ? 0 : Math.round(aheadMs / offFromMs) * offFromMs;
}
