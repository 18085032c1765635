/** One after the other: work on one thing waits for the work on it that began before. What has nothing in common runs at once. */
export type Turns = <Result>(key: number, work: () => Promise<Result>) => Promise<Result>;

export function makeTurns(): Turns {
  const last = new Map<number, Promise<unknown>>();
  return async (key, work) => {
    const before = last.get(key);
    const mine = (async () => {
      // Its failure was told to whoever asked for it.
      await before?.catch(() => undefined);
      return await work();
    })();
    last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (last.get(key) === mine) last.delete(key);
    }
  };
}
