/** How long to wait before a hub that died is started again. Pure. */

const firstPauseMs = 500;
const longestPauseMs = 30_000;
/** A hub that ran so long was healthy: its death is a new one, not the next of a row. */
const healthyAfterMs = 60_000;

/** Deaths in a row, with this one; `livedMs` is how long the hub ran before it. */
export function countDeaths(before: number, livedMs: number): number {
  return livedMs >= healthyAfterMs ? 1 : before + 1;
}

/** Doubles with each death in a row, from half a second to half a minute. */
export function restartPauseMs(deathsInARow: number): number {
  return Math.min(firstPauseMs * 2 ** (deathsInARow - 1), longestPauseMs);
}
