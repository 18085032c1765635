/** Long work in many pieces, such as what a list of thousands of tickets sets going: between two of them everybody else has a turn. */
import type { Ports } from './ports/ports.ts';

const longestMs = 10;

/** To be awaited between two pieces; costs nothing where the last turn was a moment ago. */
export function makeBreath({ clock, timers }: Pick<Ports, 'clock' | 'timers'>): () => Promise<void> {
  let turnedAt = clock.monotonic();
  return async () => {
    if (clock.monotonic() - turnedAt < longestMs) return;
    await timers.turn();
    turnedAt = clock.monotonic();
  };
}
