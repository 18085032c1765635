/** Waiting in tests: for a thing to become true, never for time to pass. */

/**
 * Asks `check` again and again until it answers something true, and gives that back.
 * Throws after `ms`, naming what was waited for and the last error seen.
 */
export async function until<Answer>(check: () => Answer | Promise<Answer>, what: string, ms = 5000): Promise<Exclude<Awaited<Answer>, false | null | undefined | 0 | ''>> {
  const deadline = performance.now() + ms;
  let last: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (answer) return answer as Exclude<Awaited<Answer>, false | null | undefined | 0 | ''>;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) throw new Error(`Waited ${ms} ms in vain: ${what}`, last === undefined ? undefined : { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
