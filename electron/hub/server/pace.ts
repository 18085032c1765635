/**
 * Does a reader come to the end of what is there for him? All that waits at one time must have gone after half a minute and what its bytes take on a very slow
 * line. So one who takes a byte now and then is as slow as one who takes nothing. Pure.
 */

const graceMs = 30_000;
/** Bytes a ms, such as a bad line of 64 kbit/s gives. */
const slowest = 8;

/** Of the bytes that were ever sent, so many are to have left (`upTo`) at this time (`by`, ms). */
export type Pace = { readonly upTo: number; readonly by: number };

/** To be asked again and again. `sent`: all bytes until now, with those that are still waiting; null: nothing is owed. */
export function nextPace(
  pace: Pace | null,
  { sent, waiting }: { readonly sent: number; readonly waiting: number },
  now: number,
): Pace | 'slow' | null {
  if (waiting === 0) return null;
  if (pace === null || sent - waiting >= pace.upTo) return { upTo: sent, by: now + graceMs + waiting / slowest };
  return now > pace.by ? 'slow' : pace;
}
