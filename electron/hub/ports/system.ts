/** Time, timers and randomness as the system gives them, for the hub and for its disk processes. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock, Random, Timers } from './ports.ts';

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };

export const systemTimers: Timers = {
  after: (ms, call) => {
    const timer = setTimeout(call, ms);
    return () => clearTimeout(timer);
  },
  every: (ms, call) => {
    const timer = setInterval(call, ms);
    return () => clearInterval(timer);
  },
  pause: (ms) => pause(ms),
  turn: () => new Promise((resolve) => setImmediate(resolve)),
};

/** The same, but nobody who ends waits for them. */
export const quietTimers: Pick<Timers, 'after' | 'turn'> = {
  turn: systemTimers.turn,
  after: (ms, call) => {
    const timer = setTimeout(call, ms).unref();
    return () => clearTimeout(timer);
  },
};

export const systemRandom: Random = { chance: () => Math.random(), uuid: () => randomUUID() };
