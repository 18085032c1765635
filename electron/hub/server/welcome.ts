/**
 * For how long the token of a station opens the door: until it is revoked, or its time is over. Whoever carries something on under a token listens to its
 * signal, and ends at once. Owns the timers for tokens that end.
 */

export type Welcomes = {
  /** The signal of this station, which aborts when its token does not open any more. `endsAt` in epoch ms; null: it has no end. */
  of(stationId: number, endsAt: number | null): AbortSignal;
  sendAway(stationId: number): void;
  /** How often somebody was sent away: who was read from the record before that may be gone. */
  sentAway(): number;
  stop(): void;
};

/** The longest that a timer can be set for. */
const longestWaitMs = 2 ** 31 - 1;

type Welcome = { readonly end: AbortController; timer: NodeJS.Timeout | null };

/** `now` in epoch ms. */
export function makeWelcomes(now: () => number): Welcomes {
  const welcomes = new Map<number, Welcome>();
  let count = 0;

  const sendAway = (stationId: number): void => {
    count += 1;
    const welcome = welcomes.get(stationId);
    welcomes.delete(stationId);
    if (welcome === undefined) return;
    if (welcome.timer !== null) clearTimeout(welcome.timer);
    welcome.end.abort();
  };
  const wait = (stationId: number, welcome: Welcome, endsAt: number): void => {
    const leftMs = endsAt - now();
    if (leftMs <= 0) sendAway(stationId);
    else welcome.timer = setTimeout(() => wait(stationId, welcome, endsAt), Math.min(leftMs, longestWaitMs)).unref();
  };

  return {
    of: (stationId, endsAt) => {
      const known = welcomes.get(stationId);
      if (known !== undefined) return known.end.signal;
      const welcome: Welcome = { end: new AbortController(), timer: null };
      welcomes.set(stationId, welcome);
      if (endsAt !== null) wait(stationId, welcome, endsAt);
      return welcome.end.signal;
    },
    sendAway,
    sentAway: () => count,
    stop: () => {
      for (const { timer } of welcomes.values()) if (timer !== null) clearTimeout(timer);
      welcomes.clear();
    },
  };
}
