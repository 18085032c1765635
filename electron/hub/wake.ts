import type { Timers } from './ports/ports.ts';

/** Waiting for whichever comes first: a wake-up or a time. Wake-ups while nobody waits are kept, but only one. */
export type Wake = {
  wake(): void;
  /** Resolves true when woken, false when `ms` passed. */
  wait(ms: number): Promise<boolean>;
};

/** What a timer can count. */
const longestTimerMs = 2 ** 31 - 1;

export function makeWake(timers: Timers): Wake {
  let kept = false;
  let resolveWaiting: ((woken: boolean) => void) | null = null;
  return {
    wake: () => {
      if (resolveWaiting === null) kept = true;
      else resolveWaiting(true);
    },
    wait: (ms) =>
      new Promise((resolve) => {
        if (kept) {
          kept = false;
          resolve(true);
          return;
        }
        const callOff = timers.after(Math.max(0, Math.min(ms, longestTimerMs)), () => finish(false));
        const finish = (woken: boolean): void => {
          callOff();
          resolveWaiting = null;
          resolve(woken);
        };
        resolveWaiting = finish;
      }),
  };
}

/** Runs at most `limit` tasks at once. `full()` tells whether another has to wait; `idle()` resolves when none is left. */
export type Lanes = {
  readonly run: (task: () => Promise<void>) => Promise<void>;
  readonly free: () => number;
  readonly idle: () => Promise<void>;
};

export function makeLanes(limit: number): Lanes {
  const queue: (() => void)[] = [];
  const idlers: (() => void)[] = [];
  let running = 0;
  const release = (): void => {
    running--;
    const next = queue.shift();
    if (next !== undefined) next();
    else if (running === 0) for (const done of idlers.splice(0)) done();
  };
  return {
    run: async (task) => {
      if (running >= limit) await new Promise<void>((resolve) => queue.push(resolve));
      running++;
      try {
        await task();
      } finally {
        release();
      }
    },
    free: () => limit - running - queue.length,
    idle: () => (running === 0 && queue.length === 0 ? Promise.resolve() : new Promise((resolve) => idlers.push(resolve))),
  };
}
