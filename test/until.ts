/** Waiting in tests: for a fact, with a deadline, never for a length of time. */
import { setTimeout as pause } from 'node:timers/promises';

const longestPauseMs = 50;

/**
 * Asks `check` again and again until it answers something truthy, and gives that back.
 * Throws an Error naming `what` (and the last error of `check`, if it threw) when `ms` have passed.
 */
export async function until<Value>(check: () => Value | Promise<Value>, what: string, ms = 30_000): Promise<NonNullable<Value>> {
  const deadline = Date.now() + ms;
  let lastError: unknown;
  for (let pauseMs = 1; ; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
    try {
      const value = await check();
      if (value) return value;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (Date.now() >= deadline) throw new Error(`Not within ${ms} ms: ${what}`, { cause: lastError });
    await pause(pauseMs);
  }
}
