/** What happens because time passes, and is no task: what is old enough is forgotten. */
import type { Log } from './log.ts';
import type { Clock, Timers } from './ports/ports.ts';
import type { Store } from './store/store.ts';

const everyMs = 60 * 60_000;
/** A wish sent again after that long is a new one. */
const answersKeptMs = 90 * 24 * 60 * 60_000;

/** What touched security, and which tokens ended, is known for a year. */
const securityKeptMs = 365 * 24 * 60 * 60_000;

/** Answers how to stop it. */
export function startClock(store: Store, { clock, timers }: { clock: Clock; timers: Timers }, log: Log): () => void {
  const forget = (): void =>
    void store
      .write(async (tx) => {
        await tx.forgetActions(clock.now() - answersKeptMs);
        await tx.forgetEndedTokens(clock.now() - securityKeptMs);
        await tx.forgetSecurity(clock.now() - securityKeptMs);
      })
      .catch((error: unknown) => log`What is old is kept: ${error}`);
  forget();
  return timers.every(everyMs, forget);
}
