/** The time for screens: one clock for all, so that "12 min" changes everywhere at once and nothing is drawn more often than it must. */
import { useSyncExternalStore } from 'react';

import { hubNow } from './hub-clock.ts';

const everyMs = 10_000;
let now = hubNow();
let timer: ReturnType<typeof setInterval> | null = null;
const listeners = new Set<() => void>();

/** At once, when it is found to be another. */
export function tick(): void {
  now = hubNow();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) now = hubNow();
  timer ??= setInterval(tick, everyMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer !== null) {
      clearInterval(timer);
      timer = null;
    }
  };
}

/** Epoch ms by the hub's clock, ten seconds old at most. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}
